import { readWavHead, wavChannel, wavHeadBytes, type WavHead } from '../../../src/base/wav-head.ts';

/** Where sound that is being played stands. */
export interface PlayingSound {
  /** ms on the presentation axis of what is heard now; undefined until the first sound is out. */
  position(): number | undefined;
  stop(): void;
}

/** How sound is to be played: from where, how fast (pitch follows), and by how much too early. */
export interface SoundPlay {
  readonly fromMs: number;
  readonly rate: number;
  readonly shiftMs: number;
}

const piecesKept = 40;
/** Sound is put into the schedule this long before it is heard, in seconds of real time. */
const scheduleAheadS = 1.5;
const scheduleEveryMs = 150;
const leadInS = 0.03;

/** Range of samples of one piece: a second of sound each. */
export function pieceRange(head: WavHead, piece: number): { start: number; end: number } {
  const start = head.dataOffset + piece * head.sampleRateHz * head.frameBytes;
  const end = Math.min(start + head.sampleRateHz * head.frameBytes, head.dataOffset + head.dataBytes);
  return { start, end: Math.max(start, end) };
}

/**
 * Decoded sound of one stream, fetched by the second from the kept WAVE file and scheduled sample-exact. The browser's own
 * codecs have no part in it. `startMs` is the presentation time of the first sample.
 */
export class SoundTrack {
  readonly #address: string;
  readonly #startMs: number;
  readonly #pieces = new Map<number, Promise<AudioBuffer>>();
  #opening: Promise<{ head: WavHead; context: AudioContext }> | undefined;

  constructor(address: string, startMs: number) {
    this.#address = address;
    this.#startMs = startMs;
  }

  /** Starts to play; rejects where the file cannot be read. */
  async play({ fromMs, rate, shiftMs }: SoundPlay): Promise<PlayingSound> {
    const { head, context } = await this.#open();
    await context.resume();
    const pieces = Math.ceil(head.dataBytes / head.frameBytes / head.sampleRateHz);
    // With the sound early by `shiftMs`, what is heard at the cursor lies that much later in the sound.
    const soundFromMs = fromMs + shiftMs - this.#startMs;
    let next = Math.max(0, Math.floor(soundFromMs / 1000));
    if (next < pieces) await this.#piece(head, context, next);
    const startsAt = context.currentTime + leadInS;
    const sources = new Set<AudioBufferSourceNode>();
    const stopping = new AbortController();
    const { signal } = stopping;
    let isScheduling = false;

    const schedule = async (): Promise<void> => {
      while (!signal.aborted && next < pieces) {
        const when = startsAt + (next * 1000 - soundFromMs) / 1000 / rate;
        if (when > context.currentTime + scheduleAheadS) return;
        const buffer = await this.#piece(head, context, next);
        if (isOver(signal)) return;
        const late = Math.max(0, Math.max(startsAt, context.currentTime) - when);
        if (late * rate < buffer.duration)
          sources.add(this.#start(context, buffer, { when: when + late, offset: late * rate, rate }, sources));
        next += 1;
        if (next < pieces) void this.#piece(head, context, next).catch(() => undefined);
      }
    };
    const scheduleOnce = (): void => {
      if (isScheduling) return;
      isScheduling = true;
      // A piece that could not be read is asked for again at the next turn.
      void schedule()
        .catch(() => undefined)
        .finally(() => (isScheduling = false));
    };
    await schedule();
    const timer = setInterval(scheduleOnce, scheduleEveryMs);
    return {
      position() {
        const heard = context.currentTime - (context.outputLatency || 0) - startsAt;
        return heard < 0 ? undefined : fromMs + heard * 1000 * rate;
      },
      stop() {
        stopping.abort();
        clearInterval(timer);
        for (const source of sources) source.stop();
      },
    };
  }

  close(): void {
    void this.#opening?.then(({ context }) => context.close()).catch(() => undefined);
    this.#pieces.clear();
  }

  #start(
    context: AudioContext,
    buffer: AudioBuffer,
    at: { when: number; offset: number; rate: number },
    sources: Set<AudioBufferSourceNode>,
  ): AudioBufferSourceNode {
    const source = context.createBufferSource();
    source.buffer = buffer;
    source.playbackRate.value = at.rate;
    source.connect(context.destination);
    source.onended = () => sources.delete(source);
    source.start(at.when, at.offset);
    return source;
  }

  #open(): Promise<{ head: WavHead; context: AudioContext }> {
    this.#opening ??= this.#readHead();
    this.#opening.catch(() => (this.#opening = undefined));
    return this.#opening;
  }

  async #readHead(): Promise<{ head: WavHead; context: AudioContext }> {
    const head = readWavHead(await this.#bytes(0, wavHeadBytes));
    if (head === undefined) throw new Error('the kept sound has no head that can be read');
    return { head, context: openContext(head.sampleRateHz) };
  }

  #piece(head: WavHead, context: AudioContext, piece: number): Promise<AudioBuffer> {
    const known = this.#pieces.get(piece) ?? this.#fetchPiece(head, context, piece);
    this.#pieces.delete(piece);
    this.#pieces.set(piece, known);
    known.catch(() => this.#pieces.delete(piece));
    const [oldest] = this.#pieces.keys();
    if (this.#pieces.size > piecesKept && oldest !== undefined) this.#pieces.delete(oldest);
    return known;
  }

  async #fetchPiece(head: WavHead, context: AudioContext, piece: number): Promise<AudioBuffer> {
    const { start, end } = pieceRange(head, piece);
    const bytes = await this.#bytes(start, end);
    const frames = Math.floor(bytes.length / head.frameBytes);
    const buffer = context.createBuffer(head.channels, Math.max(1, frames), head.sampleRateHz);
    for (let channel = 0; channel < head.channels; channel++)
      buffer.copyToChannel(wavChannel(bytes, head, channel), channel);
    return buffer;
  }

  async #bytes(start: number, end: number): Promise<Uint8Array> {
    const response = await fetch(this.#address, { headers: { range: `bytes=${start}-${end - 1}` } });
    if (!response.ok) throw new Error(`the kept sound could not be read (${response.status})`);
    const bytes = new Uint8Array(await response.arrayBuffer());
    return response.status === 206 ? bytes : bytes.subarray(start, end);
  }
}

/** Asked anew after each wait: whoever stops may come in between. */
function isOver(signal: AbortSignal): boolean {
  return signal.aborted;
}

/** At the sound's own rate, so that pieces meet without a seam; at the device's where that rate is not possible. */
function openContext(sampleRateHz: number): AudioContext {
  try {
    return new AudioContext({ sampleRate: sampleRateHz, latencyHint: 'interactive' });
  } catch {
    return new AudioContext();
  }
}
