import type { z } from 'zod';
import type { listExaminations } from '../../src/contract/window-operations.ts';
import type { Span } from '../state/time.ts';

export type KeptExamination = z.infer<typeof listExaminations.output>['examinations'][number];

/** What a lane draws on: a canvas context in CSS pixels, with time running over the width. */
export interface LaneCanvas {
  readonly context: CanvasRenderingContext2D;
  readonly width: number;
  readonly height: number;
  readonly visible: Span;
  /** Colours from the tokens, read once per theme. */
  readonly colour: (token: string) => string;
}

/** Where a lane gets what it draws; answers are kept, so that scrubbing asks only for what is new. */
export interface LaneSource {
  readonly folder: string;
  readonly exhibit: string;
  readonly examinations: readonly KeptExamination[];
}
