import type { SeenFrame, Sketch } from '../../media/decode/stream-frames.ts';

/**
 * Decodes frames [from, to] of one stream at one width, handing each over as it comes; a promise that `take` returns holds it up.
 * `isUrgent` where somebody waits for them; `sketch` where a smaller picture of the first is wanted before it.
 */
export type DecodeStretch = (
  from: number,
  to: number,
  take: (index: number, frame: SeenFrame) => void | Promise<void>,
  signal: AbortSignal,
  how: { readonly isUrgent: boolean; readonly sketch?: Sketch },
) => Promise<void>;

interface Waiting {
  readonly index: number;
  readonly resolve: (frame: SeenFrame | undefined) => void;
  readonly reject: (error: unknown) => void;
  /** For who waits for a smaller picture of the frame. */
  readonly sketch?: Sketch;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly abort: AbortController;
  /** True for one that nothing follows: it fetches what nobody has asked for yet, or a frame alone. */
  readonly idle: boolean;
  reached: number;
  /** The last frame that it fetches before it is held up. */
  wanted: number;
  /** Lets it go on; undefined while it does. */
  resume?: (() => void) | undefined;
}

/**
 * Frames that a run of the decoder is ahead of the one asked for last, and that it fetches up to one when a person steps back; fewer of
 * frames that take more bytes, for converting and handing over takes longer than decoding then.
 */
const reach = [
  { upToBytes: 1024 * 1024, ahead: 28, back: 12 },
  { upToBytes: 3 * 1024 * 1024, ahead: 16, back: 8 },
  { upToBytes: Infinity, ahead: 9, back: 5 },
];
/** A run goes on from where it was held up while a person steps or plays; as far as this at the most. */
const longestRun = 2000;
/** How long a run that is held up is kept, in ms: it takes no processor, but memory. */
const usualHeldMs = 20_000;
/** How long a person stays at a place before the frames before it are fetched, in ms: one who jumps about goes on before. */
const usualRestMs = 700;
/** Places that are decoded at a time: two viewers may look at two. */
const mostRuns = 2;
/** Frames that a run which is held up may still have to fetch before the wanted one. */
const fewFrames = 8;
/** Frames within which two places are one: what is fetched there is soon asked for. */
const nearFrames = 48;

function isComing(run: Run, index: number): boolean {
  return index >= run.reached && index <= run.wanted;
}

/**
 * Frames of one stream at one width, kept within a budget of bytes, least recently seen first out. A missing frame starts
 * a run of the decoder that begins with it, for every frame before it would keep the person waiting; the few before are
 * fetched once nobody waits. Some frames ahead it is held up, and goes on as the person does: stepping and playing start no decoder
 * anew. A run that nobody waits for any more is ended, so that scrubbing stays quick.
 */
export class FrameStore {
  readonly #frames = new Map<number, SeenFrame>();
  readonly #budgetBytes: number;
  readonly #count: number;
  readonly #decode: DecodeStretch;
  readonly #onJump: (index: number) => void;
  readonly #heldMs: number;
  readonly #restMs: number;
  readonly #waiting = new Set<Waiting>();
  #bytes = 0;
  /** Size of the stream's frames, once one is known. */
  #frameBytes = 0;
  /** Oldest first. */
  readonly #runs: Run[] = [];
  /** The last place in the film, here or at another size, that somebody jumped to. */
  #place: number | undefined;
  #resting: NodeJS.Timeout | undefined;

  /** `onJump` is told the frame for which a run is about to be started while somebody waits for it. */
  constructor(options: {
    count: number;
    budgetBytes: number;
    decode: DecodeStretch;
    onJump?: (index: number) => void;
    heldMs?: number;
    restMs?: number;
  }) {
    this.#count = options.count;
    this.#budgetBytes = options.budgetBytes;
    this.#decode = options.decode;
    this.#onJump = options.onJump ?? (() => undefined);
    this.#heldMs = options.heldMs ?? usualHeldMs;
    this.#restMs = options.restMs ?? usualRestMs;
  }

  /**
   * The frame with this number; undefined where the decoder gave none, or once `signal` says that nobody waits any more. With
   * `alone` nothing beside it is decoded. Rejects with what the decode throws.
   */
  get(index: number, alone = false, signal?: AbortSignal): Promise<SeenFrame | undefined> {
    if (!alone) this.#goOn(index);
    const known = this.#frames.get(index);
    if (known !== undefined) {
      this.#frames.delete(index);
      this.#frames.set(index, known);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      this.#wait({ index, resolve, reject }, signal);
      this.#ensureRun(index, () => {
        if (alone) this.#run(index, index, true);
        else this.#startFor({ index });
      });
    });
  }

  has(index: number): boolean {
    return this.#frames.has(index);
  }

  /**
   * A smaller picture of a frame that nothing is known of yet, made on the way to the frame itself, which is then kept: nothing more is
   * decoded until somebody asks for it. Undefined where it is not made so: the frame is there or coming already, the decoder gave none, or
   * `signal` says that nobody waits any more. Rejects with what the decode throws.
   */
  sketch(index: number, width: number, signal?: AbortSignal): Promise<SeenFrame | undefined> {
    if (this.#frames.has(index) || this.#runs.some((run) => isComing(run, index))) return Promise.resolve(undefined);
    return new Promise((resolve, reject) => {
      const take = (sketch: SeenFrame): void => {
        this.#waiting.delete(waiting);
        resolve(sketch);
      };
      const waiting: Waiting = { index, resolve: () => resolve(undefined), reject, sketch: { width, take } };
      this.#wait(waiting, signal);
      this.#ensureRun(index, () => this.#startFor(waiting));
    });
  }

  /** Somebody waits for a frame of the same film elsewhere: what nobody waits for, far from there, is ended. */
  giveWay(index: number): void {
    this.#place = index;
    for (const run of [...this.#runs]) {
      const isNear = index >= run.from - nearFrames && index <= run.wanted + nearFrames;
      if (!isNear && ![...this.#waiting].some((one) => isComing(run, one.index))) this.#abort(run);
    }
  }

  /** Ends what runs; whoever waits gets nothing. */
  close(): void {
    clearTimeout(this.#resting);
    for (const run of [...this.#runs]) this.#abort(run);
    for (const waiting of this.#waiting) waiting.resolve(undefined);
    this.#waiting.clear();
    this.#frames.clear();
    this.#bytes = 0;
  }

  #wait(waiting: Waiting, signal: AbortSignal | undefined): void {
    this.#waiting.add(waiting);
    signal?.addEventListener('abort', () => {
      if (!this.#waiting.delete(waiting)) return;
      waiting.resolve(undefined);
      // That nobody waits any more is often told only after the jump that is the reason.
      if (this.#place !== undefined) this.giveWay(this.#place);
    });
  }

  #ensureRun(index: number, start: () => void): void {
    if (this.#runs.some((run) => isComing(run, index))) return;
    // Somebody jumped elsewhere: what was being fetched for the old place is ended where nobody waits for it.
    for (const run of [...this.#runs])
      if (![...this.#waiting].some((one) => one.index !== index && isComing(run, one.index))) this.#abort(run);
    // Where it is waited for, the one who asked last still does not stand behind it: the oldest run gives way.
    const [oldest] = this.#runs;
    if (oldest !== undefined && this.#runs.length >= mostRuns) this.#abort(oldest);
    this.#place = index;
    this.#onJump(index);
    start();
  }

  /** Lets the run that leads past a frame go on as far ahead of it as it should be. */
  #goOn(index: number): void {
    for (const run of this.#runs) {
      // Further on, a run of its own is there sooner.
      if (run.idle || index < run.from || index > run.reached + fewFrames) continue;
      run.wanted = Math.min(run.to, Math.max(run.wanted, index + this.#reach().ahead));
      if (run.reached <= run.wanted) run.resume?.();
    }
  }

  /** Ends a run. It counts no more from here on: a decoder that is slow to end holds up nobody. */
  #abort(run: Run): void {
    this.#forget(run);
    run.abort.abort();
    run.resume?.();
  }

  #forget(run: Run): void {
    const place = this.#runs.indexOf(run);
    if (place >= 0) this.#runs.splice(place, 1);
  }

  #startFor({ index, sketch }: Pick<Waiting, 'index' | 'sketch'>): void {
    const last = Math.min(this.#count - 1, index + longestRun);
    if (sketch !== undefined) this.#run(index, last, false, index, sketch);
    // Stepping back: ffmpeg decodes what lies before in any case.
    else if (this.#frames.has(index + 1)) this.#run(Math.max(0, index - this.#reach().back), index, false);
    else this.#run(index, last, false, index + this.#reach().ahead);
  }

  #reach(): { readonly ahead: number; readonly back: number } {
    return reach.find(({ upToBytes }) => this.#frameBytes <= upToBytes) ?? { ahead: 0, back: 0 };
  }

  #run(from: number, to: number, idle: boolean, wanted = to, sketch?: Sketch): void {
    const abort = new AbortController();
    const run: Run = { from, to, abort, idle, reached: from, wanted: Math.min(wanted, to) };
    this.#runs.push(run);
    const isFirst = this.#frameBytes === 0;
    const take = (at: number, frame: SeenFrame): void | Promise<void> => {
      // What still stood in the pipes of a run that was ended.
      if (abort.signal.aborted) return;
      run.reached = at + 1;
      this.#keep(at, frame);
      this.#passOver(run, at);
      // How large they are is known with the first one.
      if (isFirst && at === from && to > run.wanted) {
        const awaited = [...this.#waiting].map((one) => one.index).filter((index) => isComing(run, index));
        run.wanted = Math.max(from, Math.min(run.wanted, from + this.#reach().ahead), ...awaited);
      }
      if (run.reached > run.wanted && at < to) return this.#holdUp(run);
    };
    const isUrgent = [...this.#waiting].some((one) => isComing(run, one.index));
    this.#decode(from, to, take, run.abort.signal, { isUrgent, ...(sketch && { sketch }) }).then(
      () => this.#ended(run, undefined),
      (error: unknown) => this.#ended(run, run.abort.signal.aborted ? undefined : { error }),
    );
  }

  /** Frames come in order: one that a run has gone past is not put out by the decoder. */
  #passOver(run: Run, at: number): void {
    for (const waiting of [...this.#waiting]) {
      if (waiting.index < run.from || waiting.index >= at) continue;
      if (this.#runs.some((other) => isComing(other, waiting.index))) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(undefined);
    }
  }

  /** Settles when the run may go on; ends it when nobody wants it to for some time. */
  #holdUp(run: Run): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(() => this.#abort(run), this.#heldMs);
      timer.unref();
      run.resume = () => {
        clearTimeout(timer);
        run.resume = undefined;
        resolve();
      };
      this.#fetchBeforeSoon(run.from);
    });
  }

  #ended(run: Run, failure: { error: unknown } | undefined): void {
    this.#forget(run);
    for (const waiting of [...this.#waiting]) {
      if (run.abort.signal.aborted || waiting.index < run.from || waiting.index > run.wanted) continue;
      if (this.#runs.some((other) => isComing(other, waiting.index))) continue;
      this.#waiting.delete(waiting);
      if (failure !== undefined) waiting.reject(failure.error);
      else waiting.resolve(undefined);
    }
    const next = [...this.#waiting].findLast(({ index }) => !this.#runs.some((other) => isComing(other, index)));
    if (next !== undefined && this.#runs.length < mostRuns) this.#startFor(next);
    else if (failure === undefined && !run.idle && !run.abort.signal.aborted) this.#fetchBeforeSoon(run.from);
  }

  #fetchBeforeSoon(index: number): void {
    clearTimeout(this.#resting);
    if (this.#restMs === 0) this.#fetchBefore(index);
    else this.#resting = setTimeout(() => this.#fetchBefore(index), this.#restMs).unref();
  }

  /** Fetches the few frames before a place while nobody waits for anything: a person who jumped there steps back next. */
  #fetchBefore(index: number): void {
    if (this.#place !== undefined && Math.abs(this.#place - index) > nearFrames) return;
    const isBusy = this.#runs.some(({ resume }) => resume === undefined);
    if (index === 0 || isBusy || this.#frames.has(index - 1) || !this.#frames.has(index)) return;
    this.#run(Math.max(0, index - this.#reach().back), index - 1, true);
  }

  #keep(index: number, frame: SeenFrame): void {
    const old = this.#frames.get(index);
    if (old !== undefined) this.#bytes -= old.rgb.length;
    this.#frames.delete(index);
    this.#frames.set(index, frame);
    this.#bytes += frame.rgb.length;
    this.#frameBytes = frame.rgb.length;
    for (const waiting of [...this.#waiting]) {
      if (waiting.index !== index) continue;
      this.#waiting.delete(waiting);
      waiting.resolve(frame);
    }
    for (const [oldest, { rgb }] of this.#frames) {
      if (this.#bytes <= this.#budgetBytes || oldest === index) break;
      this.#frames.delete(oldest);
      this.#bytes -= rgb.length;
    }
  }
}
