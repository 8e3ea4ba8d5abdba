import { create } from 'zustand';

/** What was dropped: paths where the window can learn them; none where a page in a browser cannot. */
export type Dropped = { readonly paths: readonly string[] } | { readonly paths: null };

interface DropState {
  /** Files hang over the window. */
  readonly over: boolean;
  /** What the shown view does with what is dropped, and the sentence that says so: a key of the locales. */
  readonly target: { readonly words: string; readonly take: (dropped: Dropped) => void } | null;
  /** Puts a view's target in place; returns what takes it away again. */
  aim(words: string, take: (dropped: Dropped) => void): () => void;
}

/** What happens with files that are dropped on the window: the shown view's business. */
export const useDrop = create<DropState>()((set) => ({
  over: false,
  target: null,
  aim: (words, take) => {
    const target = { words, take };
    set({ target });
    return () => set((state) => (state.target === target ? { target: null } : {}));
  },
}));
