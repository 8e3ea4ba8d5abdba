import type { FindingInput } from '../../base/finding.ts';
import type { ExaminedSound } from './examine-sound.ts';
import { decibels, round } from './measure-values.ts';
import type { SoundArtefacts } from './sound-artefacts.ts';

/** A channel this far below the loudest carries nothing that was meant to be heard. */
const deadBelowLoudestDb = 60;
/** And only where the loudest one does sound. */
const soundingDb = -60;

/** How the channels of a stream compare; nothing for one channel. Channels count from 1. */
export function channelFindings(sound: ExaminedSound, artefacts: SoundArtefacts): FindingInput[] {
  const { channels, pairs } = sound.statistics;
  if (channels.length < 2) return [];
  const stream = sound.stream.index;
  const common = {
    outcome: 'information' as const,
    places: [{ stream }],
    artefacts: [artefacts.channels, ...(artefacts.pairs === undefined ? [] : [artefacts.pairs])],
  };
  const findings: FindingInput[] = [];

  const level = channels.map((channel) => decibels(channel.rootMeanSquare) ?? -Infinity);
  const loudest = Math.max(...level);
  level.forEach((own, index) => {
    if (loudest < soundingDb || own > loudest - deadBelowLoudestDb) return;
    findings.push({
      ...common,
      code: Number.isFinite(own) ? 'channel-nearly-silent' : 'channel-silent',
      measures: {
        ...(Number.isFinite(own) ? { level: { value: own, unit: 'dB' as const } } : {}),
        loudestLevel: { value: loudest, unit: 'dB' },
      },
      details: { stream, channel: index + 1 },
    });
  });

  for (const { first, second, identical, inverted } of pairs) {
    if (!identical && !inverted) continue;
    findings.push({
      ...common,
      code: identical ? 'channels-identical' : 'channels-inverted',
      details: { stream, first: first + 1, second: second + 1 },
    });
  }

  const [pair] = pairs;
  const { correlation } = pair ?? {};
  if (pairs.length === 1 && typeof correlation === 'number' && !pair!.identical && !pair!.inverted)
    findings.push({
      ...common,
      code: 'channel-correlation',
      measures: { correlation: { value: round(correlation, 4), unit: '1' } },
      details: { stream, first: 1, second: 2 },
    });
  const measured = pairs.filter((each) => each.correlation !== null);
  if (pairs.length > 1 && measured.length > 0) {
    const values = measured.map((each) => each.correlation!);
    findings.push({
      ...common,
      code: 'channel-correlations',
      measures: {
        pairs: { value: measured.length, unit: '1' },
        lowestCorrelation: { value: round(Math.min(...values), 4), unit: '1' },
        highestCorrelation: { value: round(Math.max(...values), 4), unit: '1' },
      },
      details: { stream },
    });
  }
  return findings;
}
