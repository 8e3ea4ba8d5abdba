import type { Measure } from '../../../../src/base/finding.ts';
import type { ListedFinding } from '../../../../src/contract/examined.ts';
import type { KeptExamination } from '../method-states.ts';

/** One measured fact of a stream, with the limits of the finding that it is from. */
export interface SoundFact {
  /** Name of the measure, or of the fact where a finding has several of one name. */
  readonly name: string;
  readonly measure: Measure;
}

/** A group of facts of one stream: loudness, clipping and so on. */
export interface SoundFacts {
  readonly group: string;
  readonly finding: ListedFinding;
  readonly facts: readonly SoundFact[];
}

/** Which finding belongs where, and which of its measures are worth a row; the findings panel shows all. */
const groups: readonly { readonly group: string; readonly codes: RegExp; readonly measures: readonly string[] }[] = [
  {
    group: 'decoded',
    codes: /^decoded-sound/,
    measures: ['duration', 'sampleRate', 'channels', 'start', 'skippedSamples'],
  },
  {
    group: 'loudness',
    codes: /^loudness/,
    measures: ['integratedLoudness', 'loudnessRange', 'maxMomentary', 'maxShortTerm', 'truePeak'],
  },
  {
    group: 'levels',
    codes: /^(levels|all-digital-silence)$/,
    measures: ['samplePeak', 'meanLevel', 'dcOffset', 'beyondFullScale'],
  },
  { group: 'clipping', codes: /^(no-)?clipping$/, measures: ['count', 'samples', 'longestRun', 'clipLevel'] },
  {
    group: 'digitalSilence',
    codes: /^(no-)?digital-silence$/,
    measures: ['count', 'inside', 'total', 'longestRun', 'minimum'],
  },
  { group: 'silence', codes: /^(no-)?silence$/, measures: ['count', 'inside', 'total', 'longestRun', 'threshold'] },
  { group: 'bandwidth', codes: /^bandwidth-/, measures: ['bandwidth', 'shareOfNyquist', 'nyquist', 'rolloff', 'drop'] },
  {
    group: 'channels',
    codes: /^channel/,
    measures: ['correlation', 'lowestCorrelation', 'highestCorrelation', 'level'],
  },
];

/** The sound streams of an examination, ascending. */
export function soundStreamsOf({ findings }: Pick<KeptExamination, 'findings'>): number[] {
  const streams = findings.flatMap(({ details }) => (typeof details['stream'] === 'number' ? [details['stream']] : []));
  return [...new Set(streams)].sort((a, b) => a - b);
}

/** The facts of one stream in the order of the table. What no group knows is left to the findings panel. */
export function soundFactsOf({ findings }: Pick<KeptExamination, 'findings'>, stream: number): SoundFacts[] {
  const own = findings.filter(({ details }) => details['stream'] === stream);
  return groups.flatMap(({ group, codes, measures }) =>
    own
      .filter(({ code }) => codes.test(code))
      .map((finding) => ({
        group,
        finding,
        facts: measures.flatMap((name) => {
          const measure = finding.measures[name];
          return measure === undefined ? [] : [{ name, measure }];
        }),
      })),
  );
}
