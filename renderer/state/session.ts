import { create } from 'zustand';
import type { z } from 'zod';
import type { listExhibits, openCase } from '../../src/contract/window-operations.ts';

export type OpenedCase = z.infer<typeof openCase.output>['case'];
export type ListedExhibit = z.infer<typeof listExhibits.output>['exhibits'][number];

/** Which of the window's views fills it. */
export type View = 'start' | 'workspace' | 'report' | 'verify';

export interface SessionState {
  readonly view: View;
  readonly openedCase: OpenedCase | null;
  readonly readOnly: boolean;
  /** Exhibit that the rail has chosen; viewers may each show another. */
  readonly exhibit: string | null;
  show(view: View): void;
  open(openedCase: OpenedCase, readOnly: boolean): void;
  close(): void;
  choose(exhibit: string | null): void;
}

/** What the window is doing: the open case and the view. */
export const useSession = create<SessionState>()((set) => ({
  view: 'start',
  openedCase: null,
  readOnly: false,
  exhibit: null,
  show: (view) => set({ view }),
  open: (openedCase, readOnly) => set({ openedCase, readOnly, view: 'workspace', exhibit: null }),
  close: () => set({ openedCase: null, exhibit: null, view: 'start' }),
  choose: (exhibit) => set({ exhibit }),
}));
