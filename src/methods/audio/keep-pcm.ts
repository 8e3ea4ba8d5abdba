import { createHash } from 'node:crypto';
import { openGiveBack } from '../../base/give-back.ts';
import type { ProbedStream } from '../../media/exhibit-media.ts';
import type { MethodContext } from '../method.ts';
import { bytesPerSample, encodePcm, encodingFor, type PcmEncoding } from './pcm-encoding.ts';
import { wavHeader, type WavFormat } from './wav-header.ts';

export interface KeptPcm {
  /** SHA-256 of the samples as the decoder put them out: interleaved 32-bit little-endian floating point. */
  readonly sha256: string;
  readonly frames: number;
  readonly encoding: PcmEncoding;
  /** Name of the WAVE artefact, where it was kept. */
  readonly artefact?: string;
}

const writeAtOnce = 1 << 20;

/** Hashes decoded sound and, where wanted, keeps it as a WAVE file. Chunks are written in pieces of a megabyte. */
export class PcmKeeper {
  readonly #context: MethodContext;
  readonly #stream: ProbedStream;
  readonly #format: WavFormat;
  readonly #hash = createHash('sha256');
  readonly #wanted: boolean;
  readonly #giveBack = openGiveBack();
  #file: Awaited<ReturnType<MethodContext['keepStream']>> | undefined;
  #pending: Uint8Array[] = [];
  #pendingBytes = 0;
  #dataBytes = 0;
  #frames = 0;

  constructor(context: MethodContext, stream: ProbedStream, channels: number, sampleRateHz: number, wanted: boolean) {
    this.#context = context;
    this.#stream = stream;
    this.#wanted = wanted;
    this.#format = {
      encoding: encodingFor({
        codec: stream.codec,
        sampleFormat: String(stream.printed['sample_fmt'] ?? ''),
        bitsPerSample: bitsOf(stream),
      }),
      channels,
      sampleRateHz,
      ...(stream.channelLayout === undefined ? {} : { channelLayout: stream.channelLayout }),
    };
  }

  async push(samples: Float32Array): Promise<void> {
    this.#hash.update(new Uint8Array(samples.buffer, samples.byteOffset, samples.byteLength));
    this.#frames += samples.length / this.#format.channels;
    if (!this.#wanted) return;
    const bytes = encodePcm(samples, this.#format.encoding);
    this.#pending.push(bytes);
    this.#pendingBytes += bytes.length;
    if (this.#pendingBytes >= writeAtOnce) await this.#write();
  }

  async finish(startMs: number): Promise<KeptPcm> {
    const kept: KeptPcm = { sha256: this.#hash.digest('hex'), frames: this.#frames, encoding: this.#format.encoding };
    if (!this.#wanted || this.#frames === 0) return kept;
    await this.#write();
    if (this.#dataBytes % 2 === 1) await this.#file!.write(new Uint8Array(1));
    const name = `sound-${this.#stream.index}`;
    await this.#file!.finish(
      {
        kind: 'series',
        name,
        title: 'sound',
        mediaType: 'audio/wav',
        columns: [
          { id: 'time', unit: 's' },
          { id: 'amplitude', unit: '1' },
        ],
        length: this.#frames,
        draw: 'line',
        stream: this.#stream.index,
      },
      {
        head: wavHeader(this.#format, this.#dataBytes),
        details: { stream: this.#stream.index, startMs, bits: bytesPerSample[this.#format.encoding] * 8 },
      },
    );
    return { ...kept, artefact: name };
  }

  async #write(): Promise<void> {
    if (this.#file === undefined) {
      this.#file = await this.#context.keepStream('wav', { headLater: true });
      await this.#file.write(wavHeader(this.#format, 0));
    }
    const bytes = Buffer.concat(this.#pending);
    this.#pending.forEach(this.#giveBack);
    this.#pending = [];
    this.#pendingBytes = 0;
    this.#dataBytes += bytes.length;
    await this.#file.write(bytes);
    this.#giveBack(bytes);
  }
}

/** Bits that a sample of the source carries: what the codec says is raw, else what its samples take. */
export function bitsOf(stream: ProbedStream): number {
  const raw = Number(stream.printed['bits_per_raw_sample'] ?? 0);
  const coded = Number(stream.printed['bits_per_sample'] ?? 0);
  return raw > 0 ? raw : coded > 0 ? coded : 0;
}
