import type { z } from 'zod';
import type { listExaminations } from '../../src/contract/window-operations.ts';

/** An examination as the workspace knows it; what of it runs over time becomes a lane by `axis/lane-registry.ts`. */
export type KeptExamination = z.infer<typeof listExaminations.output>['examinations'][number];
