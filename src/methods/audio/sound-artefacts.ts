import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { encodeNpyColumns } from '../../base/npy.ts';
import type { MethodContext } from '../method.ts';
import type { ExaminedSound } from './examine-sound.ts';
import { decibels, round } from './measure-values.ts';
import type { SoundEvent } from './silence-and-clipping.ts';

const text = new TextEncoder();

/** Names of the artefacts of one stream that findings point at. */
export interface SoundArtefacts {
  readonly loudness?: string;
  readonly averageSpectrum?: string;
  readonly channels: string;
  readonly pairs?: string;
  readonly events: string;
}

/** Keeps what was measured besides sound, waveform and spectrogram: curves, tables and events of one stream. */
export async function keepSoundArtefacts(
  context: MethodContext,
  sound: ExaminedSound,
  events: readonly SoundEvent[],
): Promise<SoundArtefacts> {
  const stream = sound.stream.index;
  const kept = {
    loudness: `loudness-${stream}`,
    averageSpectrum: `average-spectrum-${stream}`,
    channels: `channels-${stream}`,
    pairs: `channel-pairs-${stream}`,
    events: `sound-events-${stream}`,
  };
  const { loudnessCurve, spectrogram, statistics } = sound;
  const readings = loudnessCurve[0]?.length ?? 0;
  if (readings > 0)
    await context.keep(
      {
        kind: 'series',
        name: kept.loudness,
        title: 'loudness',
        mediaType: 'application/x-npy',
        columns: [
          { id: 'time', unit: 'ms' },
          { id: 'momentary', unit: 'LUFS' },
          { id: 'shortTerm', unit: 'LUFS' },
        ],
        length: readings,
        draw: 'line',
        stream,
      },
      encodeNpyColumns(loudnessCurve),
      { stream },
    );

  const sounds = spectrogram.soundingColumns > 0;
  if (sounds) {
    const bins = spectrogram.averagePower.length;
    const binHz = sound.sampleRateHz / 2 / bins;
    await context.keep(
      {
        kind: 'series',
        name: kept.averageSpectrum,
        title: 'average-spectrum',
        mediaType: 'application/x-npy',
        columns: [
          { id: 'frequency', unit: 'Hz' },
          { id: 'level', unit: 'dB' },
        ],
        length: bins,
        draw: 'line',
        stream,
      },
      encodeNpyColumns([
        Float64Array.from({ length: bins }, (_, bin) => bin * binHz),
        spectrogram.averagePower.map((power) => round(Math.max(-160, 10 * Math.log10(power)), 3)),
      ]),
      { stream },
    );
  }

  await context.keep(
    {
      kind: 'table',
      name: kept.channels,
      title: 'channels',
      mediaType: 'application/json',
      columns: [
        { id: 'channel', unit: '1' },
        { id: 'peak', unit: 'dB' },
        { id: 'rms', unit: 'dB' },
        { id: 'offset', unit: 'percent' },
      ],
      rows: statistics.channels.length,
    },
    json({
      columns: ['channel', 'peak', 'rms', 'offset'],
      rows: statistics.channels.map((channel, index) => [
        index + 1,
        decibels(channel.peak),
        decibels(channel.rootMeanSquare),
        round(channel.mean * 100, 4),
      ]),
    }),
    { stream },
  );

  const { pairs } = statistics;
  if (pairs.length > 0)
    await context.keep(
      {
        kind: 'table',
        name: kept.pairs,
        title: 'channel-pairs',
        mediaType: 'application/json',
        columns: [
          { id: 'first', unit: '1' },
          { id: 'second', unit: '1' },
          { id: 'correlation', unit: '1' },
          { id: 'identical', unit: 'text' },
          { id: 'inverted', unit: 'text' },
        ],
        rows: pairs.length,
      },
      json({
        columns: ['first', 'second', 'correlation', 'identical', 'inverted'],
        rows: pairs.map(({ first, second, correlation, identical, inverted }) => [
          first + 1,
          second + 1,
          correlation === null ? null : round(correlation, 6),
          identical,
          inverted,
        ]),
      }),
      { stream },
    );

  await context.keep(
    {
      kind: 'event',
      name: kept.events,
      title: 'sound-events',
      mediaType: 'application/json',
      count: events.length,
    },
    json({ events }),
    { stream },
  );
  return {
    channels: kept.channels,
    events: kept.events,
    ...(readings > 0 ? { loudness: kept.loudness } : {}),
    ...(sounds ? { averageSpectrum: kept.averageSpectrum } : {}),
    ...(pairs.length > 0 ? { pairs: kept.pairs } : {}),
  };
}

function json(value: unknown): Uint8Array {
  return text.encode(canonicalJsonFile(value));
}
