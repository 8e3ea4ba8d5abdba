import { useTime, type TimeState } from '../../state/time.ts';
import { CanvasColours } from './canvas-colours.ts';

/** What takes part in the drawing of the axis. */
export interface AxisDrawing {
  /** Draws what does not move with the cursor: after a zoom, a pan, new data, another size or theme. */
  draw(time: TimeState): void;
  /** Moves or writes what depends on the cursor; must be cheap. */
  follow?(time: TimeState): void;
}

/**
 * The one frame loop of the axis. It draws only what changed, at most once a frame: when the cursor alone moves, no lane is
 * drawn again, so that scrubbing stays at the screen's rate however many lanes there are.
 */
export class AxisLoop {
  readonly colours = new CanvasColours(() => this.redraw());
  readonly #drawings = new Map<string, AxisDrawing>();
  readonly #stale = new Set<string>();
  #isAsked = false;
  #frame: number | undefined;
  #unsubscribe: (() => void) | undefined;

  /** Begins to follow the time and the theme. */
  open(): void {
    this.#isAsked = false;
    this.colours.open();
    this.#unsubscribe = useTime.subscribe((now, before) => {
      if (now.visible !== before.visible || now.whole !== before.whole || now.soundShiftMs !== before.soundShiftMs)
        this.redraw();
      else this.#ask();
    });
    this.redraw();
  }

  /** Adds a drawing; returns what takes it away. */
  add(id: string, drawing: AxisDrawing): () => void {
    this.#drawings.set(id, drawing);
    this.redraw(id);
    return () => {
      if (this.#drawings.get(id) === drawing) this.#drawings.delete(id);
    };
  }

  /** Draws one again in the next frame, or all. */
  redraw(id?: string): void {
    if (id === undefined) for (const one of this.#drawings.keys()) this.#stale.add(one);
    else this.#stale.add(id);
    this.#ask();
  }

  close(): void {
    this.#unsubscribe?.();
    this.colours.close();
    if (this.#frame !== undefined) cancelAnimationFrame(this.#frame);
    this.#isAsked = true;
  }

  #ask(): void {
    if (this.#isAsked) return;
    this.#isAsked = true;
    this.#frame = requestAnimationFrame(() => {
      this.#isAsked = false;
      const time = useTime.getState();
      const stale = [...this.#stale];
      this.#stale.clear();
      for (const id of stale) this.#drawings.get(id)?.draw(time);
      for (const drawing of this.#drawings.values()) drawing.follow?.(time);
    });
  }
}
