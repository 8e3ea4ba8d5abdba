import { canonicalJson } from '../../base/canonical-json.ts';
import type { FindingInput } from '../../base/finding.ts';
import type { MethodContext } from '../method.ts';
import type { LevelStatistics } from './level-statistics.ts';
import { roundLevel } from './round-level.ts';

/** One frame of a film that was looked at. `artefacts` are the names of its maps. */
export interface LookedAtFrame {
  readonly index: number;
  readonly timeMs: number | undefined;
  readonly statistics: LevelStatistics;
  readonly artefacts: readonly string[];
}

const columns = [
  { id: 'frame', unit: '1' },
  { id: 'time', unit: 'ms' },
  { id: 'mean', unit: 'levels' },
  { id: 'max', unit: 'levels' },
  { id: 'middleBlock', unit: 'levels' },
  { id: 'highBlock', unit: 'levels' },
] as const;

/**
 * One finding for all frames, with a table of their levels.
 *
 * FORENSIC: abstained, whatever the levels are: nothing is known of what they would have to be after video coding.
 */
export async function framesFinding(
  looked: readonly LookedAtFrame[],
  stream: number,
  quality: number,
  context: Pick<MethodContext, 'keep'>,
): Promise<FindingInput> {
  const rows = looked.map(({ index, timeMs, statistics }) => [
    index,
    timeMs ?? null,
    ...[statistics.meanLevel, statistics.maxLevel, statistics.medianBlock, statistics.highBlock].map(roundLevel),
  ]);
  const ids = columns.map(({ id }) => id);
  const table = { kind: 'table', name: 'ela-frames', title: 'frames', mediaType: 'application/json' } as const;
  await context.keep(
    { ...table, columns: [...columns], rows: rows.length },
    Buffer.from(canonicalJson({ columns: ids, rows })),
  );
  const means = looked.map(({ statistics }) => roundLevel(statistics.meanLevel));
  return {
    code: 'frames-without-jpeg-history',
    outcome: 'abstained',
    reason: 'decoded-frame',
    measures: {
      frames: { value: looked.length, unit: 'frames' },
      quality: { value: quality, unit: '1' },
      lowestMean: { value: Math.min(...means), unit: 'levels' },
      highestMean: { value: Math.max(...means), unit: 'levels' },
    },
    places: looked.map(({ index, timeMs }) => ({
      ...{ stream, frame: index },
      ...(timeMs === undefined ? {} : { startMs: timeMs }),
    })),
    artefacts: ['ela-frames', ...looked.flatMap(({ artefacts }) => artefacts)],
    limits: ['uncalibrated', 'only-jpeg-history', 'aid-not-detector'],
  };
}
