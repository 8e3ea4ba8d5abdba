import type { SoundClock } from '../../media/sound-clock.ts';
import { timeOfSample } from '../../media/sound-clock.ts';
import type { AudioParams } from './parameters.ts';
import { ClippingRuns, RunCollector, SilenceRuns, type RunSummary } from './sample-runs.ts';

export interface RunsOfStream {
  readonly clipping: RunSummary;
  readonly digitalSilence: RunSummary;
  readonly silence: RunSummary;
}

/** Runs of each kind that are kept as events; all are counted. */
const maxKept = 2000;
/** Clipped tops of one loud moment are shown as one event. */
const joinClippingMs = 10;

/** The three kinds of runs that are looked for in a stream, with their limits in samples. */
export class StreamRuns {
  readonly #clipping: ClippingRuns;
  readonly #digital: SilenceRuns;
  readonly #quiet: SilenceRuns;

  constructor(channels: number, sampleRateHz: number, bitsPerSample: number, params: AudioParams) {
    const samples = (ms: number): number => Math.max(1, Math.round((ms * sampleRateHz) / 1000));
    // Whole numbers of b bits end at 1 − 2^(1−b): 127/128 for 8 bits, which is below the usual limit.
    const top = bitsPerSample > 1 && bitsPerSample < 32 ? 1 - 2 ** (1 - bitsPerSample) : 1;
    this.#clipping = new ClippingRuns(
      channels,
      Math.min(params.clipPercent / 100, top),
      new RunCollector({ minimum: params.clipMinimumSamples, joinWithin: samples(joinClippingMs), maxKept }),
    );
    const collector = (ms: number) => new RunCollector({ minimum: samples(ms), joinWithin: 0, maxKept });
    this.#digital = new SilenceRuns(channels, 0, collector(params.digitalSilenceMinimumMs));
    this.#quiet = new SilenceRuns(channels, 10 ** (params.silenceDb / 20), collector(params.silenceMinimumMs));
  }

  push(samples: Float32Array): void {
    this.#clipping.push(samples);
    this.#digital.push(samples);
    this.#quiet.push(samples);
  }

  finish(): RunsOfStream {
    return { clipping: this.#clipping.finish(), digitalSilence: this.#digital.finish(), silence: this.#quiet.finish() };
  }
}

export interface SoundEvent {
  readonly startMs: number;
  readonly endMs: number;
  readonly label: 'clipping' | 'digital-silence' | 'silence';
  readonly runs: number;
  readonly samples: number;
  readonly channel?: number;
}

/** The kept runs as events on the exhibit's time axis, ordered by start; channels count from 1. */
export function soundEvents(runs: RunsOfStream, clock: SoundClock): SoundEvent[] {
  const rounded = (sample: number): number => Math.round(timeOfSample(clock, sample) * 1000) / 1000;
  const events = (label: SoundEvent['label'], summary: RunSummary): SoundEvent[] =>
    summary.kept.map((run) => ({
      startMs: rounded(run.firstSample),
      // The end of the last sample, not the time of the next: a gap in time may lie between.
      endMs: Math.max(
        rounded(run.firstSample),
        Math.round((timeOfSample(clock, run.firstSample + run.samples - 1) + 1000 / clock.sampleRateHz) * 1000) / 1000,
      ),
      label,
      runs: run.runs,
      samples: run.samples,
      ...(run.channel === undefined ? {} : { channel: run.channel + 1 }),
    }));
  return [
    ...events('clipping', runs.clipping),
    ...events('digital-silence', runs.digitalSilence),
    ...events('silence', runs.silence),
  ].sort((a, b) => a.startMs - b.startMs || (a.label < b.label ? -1 : a.label > b.label ? 1 : 0));
}
