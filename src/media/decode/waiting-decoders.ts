import type { Toolbox } from '../../tools/toolbox.ts';
import { WaitingDecoder } from './waiting-decoder.ts';

/** Exhibits for which decoders stand ready at a time. */
const mostExhibits = 3;
/** Decoders for each, some 15 MB: after a jump a small picture is wanted, and soon after it the large one. */
const mostEach = 2;
/** Threads of a decoder whose pictures are held against an examination's: more did not pay with two processors. */
const checkedThreads = 2;
/** Decoders that nobody has needed for so long, in ms, are ended. */
const usualPatienceMs = 5 * 60_000;
/** What a person has just asked for is drawn first. */
const restMs = 40;
/** And one is started after the other. */
const betweenMs = 200;
/** The place of one that was taken is filled after this time where nothing came of its work, in ms. */
const refillMs = 500;

interface Standing {
  /** The one that was started first at the beginning. */
  readonly decoders: readonly WaitingDecoder[];
  readonly timer: NodeJS.Timeout;
}

/** Decoders that stand ready for the exhibits, told apart by their folders, that were looked at last. */
export class WaitingDecoders {
  readonly #toolbox: Toolbox;
  readonly #patienceMs: number;
  /** By folder, the one looked at last at the end. */
  readonly #standing = new Map<string, Standing>();
  /** Folders of exhibits that several threads decode otherwise than one. */
  readonly #oneThread = new Set<string>();

  constructor(toolbox: Toolbox, patienceMs = usualPatienceMs) {
    this.#toolbox = toolbox;
    this.#patienceMs = patienceMs;
  }

  /**
   * Sees to it that some stand ready for the exhibit in this folder, once what is being looked at is drawn. `isExamined` where
   * there are hashes of an examination, against which their pictures will be held.
   */
  prepareSoon(folder: string, isExamined = false): void {
    this.#stand(folder, this.#free(folder), () => this.prepare(folder, isExamined), restMs);
  }

  /** Sees to it that one stands ready for the exhibit in this folder, and more soon. */
  prepare(folder: string, isExamined = false): void {
    const threads = isExamined && !this.#oneThread.has(folder) ? checkedThreads : 1;
    for (const decoder of this.#free(folder)) if (decoder.threads !== threads) decoder.end();
    const free = this.#free(folder);
    const decoders = free.length < mostEach ? [...free, new WaitingDecoder(this.#toolbox, folder, threads)] : free;
    if (decoders.length < mostEach) this.#stand(folder, decoders, () => this.prepare(folder, isExamined), betweenMs);
    else this.#stand(folder, decoders, () => this.end(folder), this.#patienceMs);
  }

  /** One that stands ready, for its one piece of work; undefined where there is none. One with several threads only where its pictures can be checked. */
  take(folder: string, isExamined = false): WaitingDecoder | undefined {
    const free = this.#free(folder);
    const taken = free.find(({ threads }) => threads === 1 || isExamined);
    const rest = free.filter((decoder) => decoder !== taken);
    if (taken !== undefined) this.#stand(folder, rest, () => this.prepare(folder, isExamined), refillMs);
    return taken;
  }

  /** From now on, decoders for the exhibit in this folder have one thread. */
  keepToOneThread(folder: string): void {
    this.#oneThread.add(folder);
    for (const decoder of this.#free(folder)) if (decoder.threads > 1) decoder.end();
  }

  /** Ends those in this folder. */
  end(folder: string): void {
    const known = this.#standing.get(folder);
    clearTimeout(known?.timer);
    this.#standing.delete(folder);
    for (const decoder of known?.decoders ?? []) decoder.end();
  }

  #free(folder: string): WaitingDecoder[] {
    return (this.#standing.get(folder)?.decoders ?? []).filter((decoder) => decoder.isFree);
  }

  #stand(folder: string, decoders: readonly WaitingDecoder[], next: () => void, afterMs: number): void {
    clearTimeout(this.#standing.get(folder)?.timer);
    this.#standing.delete(folder);
    // A process that has nothing else to do does not stay for them.
    this.#standing.set(folder, { decoders, timer: setTimeout(next, afterMs).unref() });
    for (const oldest of this.#standing.keys()) {
      if (this.#standing.size <= mostExhibits) break;
      this.end(oldest);
    }
  }
}
