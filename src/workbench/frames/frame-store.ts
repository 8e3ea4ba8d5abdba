import type { SeenFrame } from '../../media/decode/stream-frames.ts';

/** Decodes frames [from, to] of one stream at one width, handing each over as it comes. `isUrgent` where somebody waits for them. */
export type DecodeStretch = (
  from: number,
  to: number,
  take: (index: number, frame: SeenFrame) => void,
  signal: AbortSignal,
  isUrgent: boolean,
) => Promise<void>;

interface Waiting {
  readonly index: number;
  readonly resolve: (frame: SeenFrame | undefined) => void;
  readonly reject: (error: unknown) => void;
}

interface Run {
  readonly from: number;
  readonly to: number;
  readonly abort: AbortController;
  /** True for one that nothing follows: it fetches what nobody has asked for yet, or a frame alone. */
  readonly idle: boolean;
  reached: number;
}

/**
 * Frames that one run of the decoder fetches from the asked one on, and up to it when a person steps back; fewer of frames that take
 * more bytes, for converting and handing over takes longer than decoding then.
 */
const reach = [
  { upToBytes: 1024 * 1024, ahead: 28, back: 12 },
  { upToBytes: 3 * 1024 * 1024, ahead: 16, back: 8 },
  { upToBytes: Infinity, ahead: 9, back: 5 },
];
/** Places that are decoded at a time: two viewers may look at two. */
const mostRuns = 2;
/** Frames within which two places are one: what is fetched there is soon asked for. */
const nearFrames = 48;

function isComing(run: Run, index: number): boolean {
  return index >= run.reached && index <= run.to;
}

/**
 * Frames of one stream at one width, kept within a budget of bytes, least recently seen first out. A missing frame starts
 * a run of the decoder that begins with it, for every frame before it would keep the person waiting; the few before are
 * fetched once nobody waits. A run that nobody waits for any more is ended, so that scrubbing stays quick.
 */
export class FrameStore {
  readonly #frames = new Map<number, SeenFrame>();
  readonly #budgetBytes: number;
  readonly #count: number;
  readonly #decode: DecodeStretch;
  readonly #onJump: (index: number) => void;
  readonly #waiting = new Set<Waiting>();
  #bytes = 0;
  /** Size of the stream's frames, once one is known. */
  #frameBytes = 0;
  /** Oldest first. */
  readonly #runs: Run[] = [];

  /** `onJump` is told the frame for which a run is about to be started while somebody waits for it. */
  constructor(options: {
    count: number;
    budgetBytes: number;
    decode: DecodeStretch;
    onJump?: (index: number) => void;
  }) {
    this.#count = options.count;
    this.#budgetBytes = options.budgetBytes;
    this.#decode = options.decode;
    this.#onJump = options.onJump ?? (() => undefined);
  }

  /**
   * The frame with this number; undefined where the decoder gave none, or once `signal` says that nobody waits any more. With
   * `alone` nothing beside it is decoded. Rejects with what the decode throws.
   */
  get(index: number, alone = false, signal?: AbortSignal): Promise<SeenFrame | undefined> {
    const known = this.#frames.get(index);
    if (known !== undefined) {
      this.#frames.delete(index);
      this.#frames.set(index, known);
      return Promise.resolve(known);
    }
    return new Promise((resolve, reject) => {
      const waiting = { index, resolve, reject };
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', () => {
        if (this.#waiting.delete(waiting)) resolve(undefined);
      });
      this.#ensureRun(index, alone);
    });
  }

  /** Somebody waits for a frame of the same film elsewhere: what nobody waits for, far from there, is ended. */
  giveWay(index: number): void {
    for (const run of [...this.#runs]) {
      const isNear = index >= run.from - nearFrames && index <= run.to + nearFrames;
      if (!isNear && ![...this.#waiting].some((one) => isComing(run, one.index))) this.#abort(run);
    }
  }

  /** Ends what runs; whoever waits gets nothing. */
  close(): void {
    for (const run of [...this.#runs]) this.#abort(run);
    for (const waiting of this.#waiting) waiting.resolve(undefined);
    this.#waiting.clear();
    this.#frames.clear();
    this.#bytes = 0;
  }

  #ensureRun(index: number, alone: boolean): void {
    if (this.#runs.some((run) => isComing(run, index))) return;
    // Somebody jumped elsewhere: what was being fetched for the old place is ended where nobody waits for it.
    for (const run of [...this.#runs])
      if (![...this.#waiting].some((one) => one.index !== index && isComing(run, one.index))) this.#abort(run);
    // Where it is waited for, the one who asked last still does not stand behind it: the oldest run gives way.
    const [oldest] = this.#runs;
    if (oldest !== undefined && this.#runs.length >= mostRuns) this.#abort(oldest);
    this.#onJump(index);
    if (alone) this.#run(index, index, true);
    else this.#start(index);
  }

  /** Ends a run. It counts no more from here on: a decoder that is slow to end holds up nobody. */
  #abort(run: Run): void {
    this.#forget(run);
    run.abort.abort();
  }

  #forget(run: Run): void {
    const place = this.#runs.indexOf(run);
    if (place >= 0) this.#runs.splice(place, 1);
  }

  #start(index: number): void {
    // Stepping back: ffmpeg decodes what lies before in any case.
    if (this.#frames.has(index + 1)) this.#run(Math.max(0, index - this.#reach().back), index, false);
    else this.#run(index, Math.min(this.#count - 1, index + this.#reach().ahead), false);
  }

  #reach(): { readonly ahead: number; readonly back: number } {
    return reach.find(({ upToBytes }) => this.#frameBytes <= upToBytes) ?? { ahead: 0, back: 0 };
  }

  #run(from: number, to: number, idle: boolean): void {
    const run: Run = { from, to, abort: new AbortController(), idle, reached: from };
    this.#runs.push(run);
    const take = (at: number, frame: SeenFrame): void => {
      run.reached = at + 1;
      this.#keep(at, frame);
    };
    const isUrgent = [...this.#waiting].some((one) => isComing(run, one.index));
    this.#decode(from, to, take, run.abort.signal, isUrgent).then(
      () => this.#ended(run, undefined),
      (error: unknown) => this.#ended(run, run.abort.signal.aborted ? undefined : { error }),
    );
  }

  #ended(run: Run, failure: { error: unknown } | undefined): void {
    this.#forget(run);
    for (const waiting of [...this.#waiting]) {
      if (run.abort.signal.aborted || waiting.index < run.from || waiting.index > run.to) continue;
      if (this.#runs.some((other) => isComing(other, waiting.index))) continue;
      this.#waiting.delete(waiting);
      if (failure !== undefined) waiting.reject(failure.error);
      else waiting.resolve(undefined);
    }
    const next = [...this.#waiting].findLast(({ index }) => !this.#runs.some((other) => isComing(other, index)));
    if (next !== undefined && this.#runs.length < mostRuns) this.#start(next.index);
    else if (failure === undefined && !run.idle && !run.abort.signal.aborted) this.#fetchBefore(run.from);
  }

  /** Fetches the few frames before a place while nobody waits for anything: a person who jumped there steps back next. */
  #fetchBefore(index: number): void {
    if (index === 0 || this.#runs.length > 0 || this.#frames.has(index - 1) || !this.#frames.has(index)) return;
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
