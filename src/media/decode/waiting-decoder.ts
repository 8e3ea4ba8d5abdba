import { isAssayError } from '../../base/errors.ts';
import { ffmpegRun } from '../../tools/ffmpeg-run.ts';
import { scriptInputArguments } from '../../tools/media-input.ts';
import type { OutputReader } from '../../tools/run-tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { commonArguments, videoInputArguments } from './command.ts';
import { defaultDecodeLimits } from './decode-limits.ts';
import { lookPipes } from './gathered-frames.ts';
import { lookOutputs } from './look-graph.ts';

/** What a waiting decoder is told: it does one piece of work and ends. */
export interface DecodeWork {
  /** The exhibit, and from where on; see `seekScript`. */
  readonly script: string;
  /** Filters from a stream to what `lookOutputs` takes. */
  readonly graph: string;
  readonly outputs: Readonly<Record<number, OutputReader>>;
  readonly timeMs: number;
  readonly signal?: AbortSignal;
}

const graphPipe = 6;

/** Time base of what goes to the pipes; the times that count are printed before it. */
export const waitingTimeBase = '1/1000';

/**
 * Arguments of an ffmpeg that waits for its work: it is linked and started, and reads its filters and the name of the exhibit from
 * pipes. The same decoder as in every other run; with one thread, the same pictures.
 */
const waitingArguments = (threads: number): readonly string[] => [
  ...commonArguments,
  // FORENSIC: where a stream is damaged, several give other pictures; what they give is held against what one gave (`workStretch`).
  ...['-threads', String(threads)],
  ...videoInputArguments(defaultDecodeLimits.maxPixels),
  // The script's reader has looked into the streams by itself already.
  '-nofind_stream_info',
  ...scriptInputArguments(0),
  ...['-filter_complex_script', `pipe:${graphPipe}`],
  ...lookOutputs(waitingTimeBase.replace('/', ':')),
];

/** One ffmpeg that stands ready in its sandbox, in an exhibit's folder. It does one piece of work. */
export class WaitingDecoder {
  readonly threads: number;
  readonly #abort = new AbortController();
  readonly #given: Promise<DecodeWork | undefined>;
  #give: (work: DecodeWork | undefined) => void = () => undefined;
  readonly #run: Promise<unknown>;
  #isFree = true;

  /** Starts it, with so many threads for decoding; that it does not start shows when it is given work. */
  constructor(toolbox: Toolbox, folder: string, threads: number) {
    this.threads = threads;
    this.#given = new Promise((resolve) => (this.#give = resolve));
    const reader =
      (fd: number): OutputReader =>
      async (stream) => {
        const work = await this.#given;
        await work?.outputs[fd]?.(stream);
      };
    this.#run = ffmpegRun(toolbox, waitingArguments(threads), {
      folder,
      outputs: Object.fromEntries(Object.values(lookPipes).map((fd) => [fd, reader(fd)])),
      stdin: async (pipe) => void pipe.end((await this.#given)?.script),
      inputs: { [graphPipe]: async (pipe) => void pipe.end((await this.#given)?.graph) },
      work: new Promise((resolve) => void this.#given.then((work) => work && resolve(work.timeMs))),
      limits: { timeMs: 0, memoryBytes: defaultDecodeLimits.memoryBytes },
      signal: this.#abort.signal,
    });
    this.#run.catch(() => {
      this.#isFree = false;
    });
  }

  /** False once it has work, was ended, or did not start. */
  get isFree(): boolean {
    return this.#isFree;
  }

  /** Gives it its work. Settles when it has ended, however that was: what it handed over counts. Throws what an output's reader throws. */
  async work(work: DecodeWork): Promise<void> {
    if (!this.#isFree) return;
    this.#isFree = false;
    work.signal?.addEventListener('abort', () => this.end(), { once: true });
    this.#give(work);
    if (work.signal?.aborted === true) this.end();
    try {
      await this.#run;
    } catch (error) {
      if (!isAssayError(error, 'cancelled')) throw error;
    }
  }

  /** Ends it, whatever it does. */
  end(): void {
    this.#isFree = false;
    this.#give(undefined);
    this.#abort.abort();
  }
}
