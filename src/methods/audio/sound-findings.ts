import type { FindingInput } from '../../base/finding.ts';
import { measureBandwidth } from './bandwidth.ts';
import { channelFindings } from './channel-findings.ts';
import type { ExaminedSound } from './examine-sound.ts';
import { decibels, round } from './measure-values.ts';
import type { AudioParams } from './parameters.ts';
import type { RunSummary } from './sample-runs.ts';
import type { SoundEvent } from './silence-and-clipping.ts';
import type { SoundArtefacts } from './sound-artefacts.ts';

type Measures = NonNullable<FindingInput['measures']>;

/** Places that a finding names itself; the event artefact has all. */
const maxPlaces = 20;
/** Two packets' worth: decoders differ by one at the ends of many codecs. */
const toleratedSamples = 4096;

/** Everything that can be said of one examined stream, in the order of a report. All of it is plain fact. */
export function soundFindings(
  sound: ExaminedSound,
  events: readonly SoundEvent[],
  artefacts: SoundArtefacts,
  params: AudioParams,
): FindingInput[] {
  return [
    decodedSound(sound),
    ...countFindings(sound),
    loudness(sound, artefacts),
    levels(sound, artefacts),
    clipping(sound, events, artefacts, params),
    ...silences(sound, events, artefacts, params),
    ...channelFindings(sound, artefacts),
    bandwidth(sound, artefacts, params),
  ];
}

function decodedSound(sound: ExaminedSound): FindingInput {
  const { stream, pcm, sampleRateHz, channels, clock, waveform, spectrogram } = sound;
  const overview = spectrogram.artefacts.filter((name) => name === `spectrogram-${stream.index}`);
  return {
    code: clock.startMs === null ? 'decoded-sound-untimed' : 'decoded-sound',
    outcome: 'information',
    measures: {
      duration: { value: round((pcm.frames / sampleRateHz) * 1000, 3), unit: 'ms' },
      samples: { value: pcm.frames, unit: '1' },
      sampleRate: { value: sampleRateHz, unit: 'Hz' },
      channels: { value: channels, unit: '1' },
      start: { value: round(clock.startMs ?? 0, 3), unit: 'ms' },
      skippedSamples: { value: clock.skippedSamples, unit: '1' },
      pcmSha256: { value: pcm.sha256, unit: 'text' },
    },
    details: { stream: stream.index, codec: stream.codec, encoding: pcm.encoding, timeJumps: clock.anchors.length - 1 },
    places: [{ stream: stream.index }],
    artefacts: [...overview, ...waveform.slice(0, channels), ...(pcm.artefact === undefined ? [] : [pcm.artefact])],
    limits: ['decoder-dependent'],
  };
}

function countFindings(sound: ExaminedSound): FindingInput[] {
  const { stream, pcm, clock, statistics } = sound;
  const findings: FindingInput[] = [];
  const expected = clock.expectedSamples;
  if (expected !== null && clock.source !== 'unknown' && Math.abs(expected - pcm.frames) > toleratedSamples)
    findings.push({
      code: 'sample-count-differs',
      outcome: 'information',
      measures: {
        decodedSamples: { value: pcm.frames, unit: '1' },
        announcedSamples: { value: expected, unit: '1' },
        difference: { value: round(((pcm.frames - expected) / sound.sampleRateHz) * 1000, 3), unit: 'ms' },
      },
      details: { stream: stream.index },
      places: [{ stream: stream.index }],
      limits: ['times-approximate'],
    });
  if (statistics.notNumbers > 0)
    findings.push({
      code: 'samples-not-numbers',
      outcome: 'information',
      measures: { samples: { value: statistics.notNumbers, unit: '1' } },
      details: { stream: stream.index },
      places: [{ stream: stream.index }],
    });
  return findings;
}

function loudness(sound: ExaminedSound, artefacts: SoundArtefacts): FindingInput {
  const { integrated, range, maxMomentary, maxMomentaryAtMs, maxShortTerm, maxShortTermAtMs, truePeak } =
    sound.loudness;
  const stream = sound.stream.index;
  const common = {
    details: { stream },
    artefacts: artefacts.loudness === undefined ? [] : [artefacts.loudness],
    limits: ['loudness-not-content'],
  };
  if (integrated === null)
    return {
      ...common,
      code: 'loudness-below-gate',
      outcome: 'abstained',
      reason: sound.loudness.readings > 0 ? 'below-gate' : 'no-loudness-readings',
      places: [{ stream }],
    };
  const measures: Measures = {
    integratedLoudness: { value: round(integrated, 1), unit: 'LUFS' },
    maxMomentary: { value: round(maxMomentary ?? integrated, 1), unit: 'LUFS' },
  };
  if (truePeak !== null) measures['truePeak'] = { value: round(truePeak, 1), unit: 'dBTP' };
  const places = maxMomentaryAtMs === null ? [{ stream }] : [{ stream, startMs: round(maxMomentaryAtMs, 3) }];
  if (maxShortTerm === null || truePeak === null || range === null)
    return { ...common, code: 'loudness-partly', outcome: 'information', measures, places };
  measures['loudnessRange'] = { value: round(range, 1), unit: 'LU' };
  measures['maxShortTerm'] = { value: round(maxShortTerm, 1), unit: 'LUFS' };
  if (maxShortTermAtMs !== null) places.push({ stream, startMs: round(maxShortTermAtMs, 3) });
  return { ...common, code: 'loudness', outcome: 'information', measures, places };
}

function levels(sound: ExaminedSound, artefacts: SoundArtefacts): FindingInput {
  const { channels, beyondFullScale } = sound.statistics;
  const stream = sound.stream.index;
  const peak = decibels(Math.max(...channels.map((channel) => channel.peak)));
  const power = channels.reduce((sum, channel) => sum + channel.rootMeanSquare ** 2, 0) / channels.length;
  const offsets = channels.map((channel) => channel.mean);
  const offset = offsets.reduce((largest, value) => (Math.abs(value) > Math.abs(largest) ? value : largest), 0);
  const common = { places: [{ stream }], artefacts: [artefacts.channels] };
  if (peak === null) return { ...common, code: 'all-digital-silence', outcome: 'information', details: { stream } };
  return {
    ...common,
    code: 'levels',
    outcome: 'information',
    measures: {
      samplePeak: { value: peak, unit: 'dB' },
      meanLevel: { value: decibels(Math.sqrt(power)) ?? peak, unit: 'dB' },
      dcOffset: { value: round(offset * 100, 4), unit: 'percent' },
      beyondFullScale: { value: beyondFullScale, unit: '1' },
    },
    details: { stream },
  };
}

function clipping(
  sound: ExaminedSound,
  events: readonly SoundEvent[],
  artefacts: SoundArtefacts,
  params: AudioParams,
): FindingInput {
  const { runs, samples, longest, more } = sound.runs.clipping;
  const stream = sound.stream.index;
  return {
    code: runs > 0 ? 'clipping' : 'no-clipping',
    outcome: 'information',
    measures: {
      count: { value: runs, unit: '1' },
      samples: { value: samples, unit: '1' },
      longestRun: { value: round((longest / sound.sampleRateHz) * 1000, 3), unit: 'ms' },
      clipLevel: { value: params.clipPercent, unit: 'percent' },
      minimumSamples: { value: params.clipMinimumSamples, unit: '1' },
    },
    details: { stream, eventsCutShort: more },
    places: placesOf('clipping', stream, events),
    artefacts: runs > 0 ? [artefacts.events] : [],
    limits: ['clipping-many-causes'],
  };
}

function silences(
  sound: ExaminedSound,
  events: readonly SoundEvent[],
  artefacts: SoundArtefacts,
  params: AudioParams,
): FindingInput[] {
  const stream = sound.stream.index;
  const rate = sound.sampleRateHz;
  const ms = (samples: number) => ({ value: round((samples / rate) * 1000, 3), unit: 'ms' }) as const;
  const of = (label: 'digital-silence' | 'silence', summary: RunSummary, measures: Measures): FindingInput => ({
    code: summary.runs > 0 ? label : `no-${label}`,
    outcome: 'information',
    measures: {
      count: { value: summary.runs, unit: '1' },
      inside: { value: summary.inside, unit: '1' },
      total: ms(summary.samples),
      longestRun: ms(summary.longest),
      ...measures,
    },
    details: { stream, eventsCutShort: summary.more },
    places: placesOf(label, stream, events),
    artefacts: summary.runs > 0 ? [artefacts.events] : [],
    limits: ['silence-many-causes'],
  });
  return [
    of('digital-silence', sound.runs.digitalSilence, {
      minimum: { value: params.digitalSilenceMinimumMs, unit: 'ms' },
    }),
    of('silence', sound.runs.silence, {
      minimum: { value: params.silenceMinimumMs, unit: 'ms' },
      threshold: { value: params.silenceDb, unit: 'dB' },
    }),
  ];
}

function placesOf(label: SoundEvent['label'], stream: number, events: readonly SoundEvent[]) {
  const own = events.filter((event) => event.label === label).slice(0, maxPlaces);
  return own.length === 0 ? [{ stream }] : own.map(({ startMs, endMs }) => ({ stream, startMs, endMs }));
}

function bandwidth(sound: ExaminedSound, artefacts: SoundArtefacts, params: AudioParams): FindingInput {
  const stream = sound.stream.index;
  const common = {
    details: { stream, codec: sound.stream.codec },
    places: [{ stream }],
    artefacts: artefacts.averageSpectrum === undefined ? [] : [artefacts.averageSpectrum],
    limits: ['history-not-forgery'],
  };
  if (sound.spectrogram.soundingColumns === 0)
    return { ...common, code: 'bandwidth-unknown', outcome: 'abstained', reason: 'nothing-sounds' };
  const nyquist = sound.sampleRateHz / 2;
  const found = measureBandwidth(sound.spectrogram.averagePower, nyquist, params.cutoffMinimumDropDb);
  const measures: Measures = {
    nyquist: { value: nyquist, unit: 'Hz' },
    rolloff: { value: round(found.rolloffHz, 0), unit: 'Hz' },
    drop: { value: round(found.dropDb, 1), unit: 'dB' },
    minimumDrop: { value: params.cutoffMinimumDropDb, unit: 'dB' },
  };
  if (found.cutoffHz === null) return { ...common, code: 'bandwidth-open', outcome: 'information', measures };
  return {
    ...common,
    code: 'bandwidth-edge',
    outcome: 'information',
    measures: {
      ...measures,
      bandwidth: {
        value: round(found.cutoffHz, 0),
        unit: 'Hz',
        uncertainty: Math.max(1, round(found.cutoffUncertaintyHz, 0)),
      },
      shareOfNyquist: { value: round((found.cutoffHz / nyquist) * 100, 1), unit: 'percent' },
    },
  };
}
