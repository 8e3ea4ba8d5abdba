import { create } from 'zustand';
import { fitted, type Look } from './picture-geometry.ts';

/** Where the pointer is: in which viewer, and at which share of the stored picture's width and height. */
export interface PointerPlace {
  readonly viewer: number;
  readonly x: number;
  readonly y: number;
}

interface LookState {
  /** Whether zoom, pan, pointer and time go through all viewers. */
  readonly linked: boolean;
  readonly shared: Look;
  readonly own: readonly Look[];
  /** Taken apart: the time at which each viewer stays while another is worked in. */
  readonly heldMs: readonly number[];
  readonly pointer: PointerPlace | null;
  readonly loupe: boolean;
  readonly goingToFrame: boolean;
  look(viewer: number, look: Look): void;
  setLinked(linked: boolean, from: number): void;
  point(pointer: PointerPlace | null): void;
  setLoupe(loupe: boolean): void;
  goToFrame(open: boolean): void;
  hold(heldMs: readonly number[]): void;
  /** A viewer was closed: those behind it move up. */
  close(viewer: number): void;
}

/** What the viewers share: zoom and pan, the pointer, the loupe. */
export const useLook = create<LookState>()((set) => ({
  linked: true,
  shared: fitted,
  own: [],
  heldMs: [],
  pointer: null,
  loupe: false,
  goingToFrame: false,
  look: (viewer, look) =>
    set(({ linked, own }) => (linked ? { shared: look } : { own: Object.assign([...own], { [viewer]: look }) })),
  setLinked: (linked, from) =>
    set(({ shared, own }) =>
      linked ? { linked, shared: own[from] ?? shared } : { linked, own: [shared, shared, shared, shared] },
    ),
  point: (pointer) => set({ pointer }),
  setLoupe: (loupe) => set({ loupe }),
  goToFrame: (goingToFrame) => set({ goingToFrame }),
  hold: (heldMs) => set({ heldMs }),
  close: (viewer) => set(({ own, heldMs }) => ({ own: own.toSpliced(viewer, 1), heldMs: heldMs.toSpliced(viewer, 1) })),
}));

/** What one viewer shows of its picture. */
export function lookOf({ linked, shared, own }: Pick<LookState, 'linked' | 'shared' | 'own'>, viewer: number): Look {
  return linked ? shared : (own[viewer] ?? shared);
}
