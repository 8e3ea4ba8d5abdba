import type { ProbedStream } from '../../media/exhibit-media.ts';
import { type SoundClock, timeOfSample } from '../../media/sound-clock.ts';
import type { LoudnessReading, PcmChunk } from '../../media/taps.ts';
import type { MethodContext } from '../method.ts';
import { type ChannelStatistics, ChannelSums } from './channel-statistics.ts';
import { bitsOf, type KeptPcm, PcmKeeper } from './keep-pcm.ts';
import { type KeptSpectrogram, SpectrogramKeeper } from './keep-spectrogram.ts';
import { WaveformKeeper } from './keep-waveform.ts';
import { LoudnessFollower, type LoudnessSummary } from './loudness-summary.ts';
import type { AudioParams } from './parameters.ts';
import { type RunsOfStream, StreamRuns } from './silence-and-clipping.ts';

/** Everything that was measured on one sound stream. */
export interface ExaminedSound {
  readonly stream: ProbedStream;
  readonly clock: SoundClock;
  readonly channels: number;
  readonly sampleRateHz: number;
  readonly pcm: KeptPcm;
  readonly statistics: ChannelStatistics;
  readonly runs: RunsOfStream;
  readonly spectrogram: KeptSpectrogram;
  readonly waveform: readonly string[];
  readonly loudness: LoudnessSummary;
  /** Time in ms, momentary and short-term loudness of every reading. */
  readonly loudnessCurve: readonly (readonly number[])[];
}

/** Takes the decoded sound of one stream bit by bit and measures all of it in one pass; memory does not grow with length. */
export class SoundExamination {
  readonly #stream: ProbedStream;
  readonly #clock: SoundClock;
  readonly #context: MethodContext;
  readonly #params: AudioParams;
  readonly #loudness = new LoudnessFollower();
  #passes: Passes | undefined;

  constructor(stream: ProbedStream, clock: SoundClock, context: MethodContext, params: AudioParams) {
    this.#stream = stream;
    this.#clock = clock;
    this.#context = context;
    this.#params = params;
  }

  async takeSound(chunk: PcmChunk): Promise<void> {
    // The decoder's word on rate and channels counts, not the header's: HE-AAC and damaged headers differ.
    const passes = (this.#passes ??= this.#begin(chunk.channels, chunk.sampleRateHz));
    await passes.pcm.push(chunk.samples);
    const samples = passes.sums.push(chunk.samples);
    passes.runs.push(samples);
    await passes.waveform.push(samples);
    await passes.spectrogram.push(samples);
  }

  takeLoudness(reading: LoudnessReading): void {
    this.#loudness.push(reading);
  }

  /** What was measured; undefined when the decoder gave no sound. */
  async finish(): Promise<ExaminedSound | undefined> {
    const passes = this.#passes;
    if (passes === undefined) return undefined;
    return {
      stream: this.#stream,
      clock: passes.clock,
      channels: passes.channels,
      sampleRateHz: passes.clock.sampleRateHz,
      pcm: await passes.pcm.finish(Math.round(timeOfSample(passes.clock, 0) * 1000) / 1000),
      statistics: passes.sums.finish(),
      runs: passes.runs.finish(),
      waveform: await passes.waveform.finish(),
      spectrogram: await passes.spectrogram.finish(),
      loudness: this.#loudness.finish(),
      loudnessCurve: this.#loudness.curve,
    };
  }

  #begin(channels: number, sampleRateHz: number): Passes {
    const clock = clockAtRate(this.#clock, sampleRateHz);
    const timeOf = (sample: number): number => timeOfSample(clock, sample);
    const { keepPcm, waveformBin, fftSize, spectrogramFloorDb } = this.#params;
    const { index } = this.#stream;
    return {
      clock,
      channels,
      pcm: new PcmKeeper(this.#context, this.#stream, channels, sampleRateHz, keepPcm),
      sums: new ChannelSums(channels),
      runs: new StreamRuns(channels, sampleRateHz, bitsOf(this.#stream), this.#params),
      waveform: new WaveformKeeper(this.#context, index, channels, waveformBin, timeOf),
      spectrogram: new SpectrogramKeeper(this.#context, {
        ...{ stream: index, channels, sampleRateHz, fftSize, timeOf },
        floorDb: spectrogramFloorDb,
      }),
    };
  }
}

interface Passes {
  readonly clock: SoundClock;
  readonly channels: number;
  readonly pcm: PcmKeeper;
  readonly sums: ChannelSums;
  readonly runs: StreamRuns;
  readonly waveform: WaveformKeeper;
  readonly spectrogram: SpectrogramKeeper;
}

/** A clock whose samples are counted at the rate that the decoder really gives. */
function clockAtRate(clock: SoundClock, sampleRateHz: number): SoundClock {
  if (clock.sampleRateHz === sampleRateHz || clock.sampleRateHz === 0) return { ...clock, sampleRateHz };
  const factor = sampleRateHz / clock.sampleRateHz;
  return {
    ...clock,
    sampleRateHz,
    expectedSamples: clock.expectedSamples === null ? null : Math.round(clock.expectedSamples * factor),
    anchors: clock.anchors.map(({ sample, ms }) => ({ sample: Math.round(sample * factor), ms })),
  };
}
