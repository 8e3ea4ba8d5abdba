import { create } from 'zustand';
import { mostViewers, presets, type Layout, type LensChoice, type ViewerChoice } from './layout.ts';

interface LayoutState {
  readonly layout: Layout;
  /** Preset or own layout that was chosen last; changes after it are the person's own. */
  readonly name: string;
  /** Grows with each layout that is applied as a whole, so that the splits follow. */
  readonly applied: number;
  /** Viewer that keys and the lens menu act on. */
  readonly active: number;
  /** Exhibit (with its case) that the time axis covers: coming back to the workspace keeps the cursor. */
  readonly covered: string | null;
  apply(name: string, layout: Layout): void;
  change(change: Partial<Layout>): void;
  changeViewer(at: number, change: Partial<ViewerChoice>): void;
  look(at: number, lens: LensChoice): void;
  addViewer(): void;
  removeViewer(at: number): void;
  activate(at: number): void;
}

/** The layout of the workspace as it is now. */
export const useLayout = create<LayoutState>()((set, get) => ({
  layout: presets.triage,
  name: 'triage',
  applied: 0,
  active: 0,
  covered: null,
  apply: (name, layout) => set(({ applied }) => ({ name, layout, applied: applied + 1, active: 0 })),
  change: (change) => set(({ layout }) => ({ layout: { ...layout, ...change } })),
  changeViewer: (at, change) =>
    set(({ layout }) => ({
      layout: { ...layout, viewers: layout.viewers.map((one, i) => (i === at ? { ...one, ...change } : one)) },
    })),
  look: (at, lens) => get().changeViewer(at, { lens }),
  addViewer: () => {
    const { layout, active } = get();
    const copied = layout.viewers[active] ?? layout.viewers[0];
    if (copied === undefined || layout.viewers.length >= mostViewers) return;
    set({ layout: { ...layout, viewers: [...layout.viewers, copied] }, active: layout.viewers.length });
  },
  removeViewer: (at) => {
    const { layout, active } = get();
    if (layout.viewers.length <= 1) return;
    const viewers = layout.viewers.filter((_, i) => i !== at);
    set({ layout: { ...layout, viewers }, active: Math.min(active, viewers.length - 1) });
  },
  activate: (active) => set({ active }),
}));
