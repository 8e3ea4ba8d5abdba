import { create } from 'zustand';

/** A stretch of the presentation time axis, in ms. */
export interface Span {
  readonly startMs: number;
  readonly endMs: number;
}

export interface TimeState {
  /** The linked cursor, in ms on the presentation axis of the chosen exhibit. */
  readonly cursorMs: number;
  /** Where steps have led that are not drawn yet; null where the cursor is where it should be. */
  readonly headingMs: number | null;
  /** What the axis shows. */
  readonly visible: Span;
  /** The whole exhibit. */
  readonly whole: Span;
  /** The selected span, where there is one; playing loops in it. */
  readonly selected: Span | null;
  readonly playing: boolean;
  /** 1 is real time; negative plays backwards (without sound). */
  readonly rate: number;
  readonly looping: boolean;
  /** ms by which the sound is played early (positive: sound ahead), for judging sync by hand. */
  readonly soundShiftMs: number;
  cover(whole: Span): void;
  moveTo(ms: number): void;
  /**
   * Moves the cursor with the next picture of the screen. A held key gives more steps than a screen can show; drawn one by one
   * they would keep everything else waiting.
   */
  stepTo(ms: number): void;
  look(visible: Span): void;
  select(span: Span | null): void;
  play(rate: number): void;
  pause(): void;
  setLooping(looping: boolean): void;
  shiftSound(ms: number): void;
}

const shortestVisibleMs = 20;

/** A visible span kept inside the whole and no shorter than can be drawn. */
export function clampSpan(span: Span, whole: Span): Span {
  const length = Math.min(Math.max(span.endMs - span.startMs, shortestVisibleMs), whole.endMs - whole.startMs);
  const startMs = Math.min(Math.max(span.startMs, whole.startMs), whole.endMs - length);
  return { startMs, endMs: startMs + length };
}

function within(ms: number, { startMs, endMs }: Span): number {
  return Math.min(Math.max(ms, startMs), endMs);
}

/** The time cursor and the axis that all viewers and lanes share. */
export const useTime = create<TimeState>()((set, get) => ({
  cursorMs: 0,
  headingMs: null,
  visible: { startMs: 0, endMs: 1000 },
  whole: { startMs: 0, endMs: 1000 },
  selected: null,
  playing: false,
  rate: 1,
  looping: false,
  soundShiftMs: 0,
  cover: (whole) =>
    set({
      ...{ whole, visible: whole, cursorMs: whole.startMs, headingMs: null },
      ...{ selected: null, playing: false, soundShiftMs: 0 },
    }),
  moveTo: (ms) => set(({ whole }) => ({ cursorMs: within(ms, whole), headingMs: null })),
  stepTo: (ms) => {
    const isUnderWay = get().headingMs !== null;
    set(({ whole }) => ({ headingMs: within(ms, whole) }));
    if (isUnderWay) return;
    requestAnimationFrame(() => {
      const { headingMs } = get();
      if (headingMs !== null) set({ cursorMs: headingMs, headingMs: null });
    });
  },
  look: (visible) => set(({ whole }) => ({ visible: clampSpan(visible, whole) })),
  select: (selected) => set({ selected }),
  play: (rate) => set({ playing: true, rate }),
  pause: () => set({ playing: false }),
  setLooping: (looping) => set({ looping }),
  shiftSound: (soundShiftMs) => set({ soundShiftMs }),
}));
