import type { Toolbox } from '../../tools/toolbox.ts';
import { WaitingDecoder } from './waiting-decoder.ts';

/** Exhibits for which a decoder stands ready at a time; each takes some 15 MB. */
const mostWaiting = 4;
/** A decoder that nobody has needed for so long, in ms, is ended. */
const usualPatienceMs = 5 * 60_000;

/** What a person has just asked for is drawn first. */
const restMs = 40;

interface Standing {
  /** Undefined while it is only about to be started. */
  readonly decoder?: WaitingDecoder;
  readonly timer: NodeJS.Timeout;
}

/** Decoders that stand ready: one for each of the exhibits' folders that were looked at last. */
export class WaitingDecoders {
  readonly #toolbox: Toolbox;
  readonly #patienceMs: number;
  /** By folder, the one looked at last at the end. */
  readonly #standing = new Map<string, Standing>();

  constructor(toolbox: Toolbox, patienceMs = usualPatienceMs) {
    this.#toolbox = toolbox;
    this.#patienceMs = patienceMs;
  }

  /** Sees to it that one stands ready for the exhibit in this folder, once what is being looked at is drawn. */
  prepareSoon(folder: string): void {
    if (this.#standing.get(folder)?.decoder?.isFree === true) this.prepare(folder);
    else this.#stand(folder, { timer: setTimeout(() => this.prepare(folder), restMs).unref() });
  }

  /** Sees to it that one stands ready for the exhibit in this folder. */
  prepare(folder: string): void {
    const known = this.#forget(folder)?.decoder;
    const decoder = known?.isFree === true ? known : new WaitingDecoder(this.#toolbox, folder);
    // A process that has nothing else to do does not stay for it.
    this.#stand(folder, { decoder, timer: setTimeout(() => this.end(folder), this.#patienceMs).unref() });
  }

  /** The one that stands ready, for its one piece of work; undefined where there is none. */
  take(folder: string): WaitingDecoder | undefined {
    const decoder = this.#forget(folder)?.decoder;
    return decoder?.isFree === true ? decoder : undefined;
  }

  /** Ends the one in this folder. */
  end(folder: string): void {
    this.#forget(folder)?.decoder?.end();
  }

  #stand(folder: string, standing: Standing): void {
    this.#forget(folder);
    this.#standing.set(folder, standing);
    for (const oldest of this.#standing.keys()) {
      if (this.#standing.size <= mostWaiting) break;
      this.end(oldest);
    }
  }

  #forget(folder: string): Standing | undefined {
    const known = this.#standing.get(folder);
    clearTimeout(known?.timer);
    this.#standing.delete(folder);
    return known;
  }
}
