import type { FindingInput } from '../../../base/finding.ts';
import { round, roundMs } from '../container/round.ts';
import type { AvSyncParams } from '../parameters.ts';
import type { StretchReport } from './examine-stretch.ts';
import { lagGrid, lagStepMs } from './lag-scan.ts';
import type { LagCourse } from './lag-over-time.ts';
import { chanceOfPeak, highestPeak, nullPeaks } from './peak.ts';
import { toldLead } from './content-lag.ts';
import type { PooledLag } from './pool-stretches.ts';

const limits = ['windows-are-coarse', 'normal-sync-never-clears'];

/** Drift, jump and stretches without a match, as the course over time shows them. */
export function courseFindings(course: LagCourse, params: AvSyncParams, artefacts: readonly string[]): FindingInput[] {
  const lead = (lagMs: number): number => round(params.naturalLeadMs - lagMs, 1);
  const findings: FindingInput[] = [];
  const { drift, jump, apart } = course;
  if (drift !== undefined)
    findings.push({
      ...{ code: 'content-drift', outcome: 'information', limits: ['drift-of-clocks', ...limits] },
      measures: {
        // Lags grow when the sound falls behind, leads shrink.
        leadDrift: {
          value: round(-drift.msPerMinute, 1),
          unit: 'ms/min',
          uncertainty: round(drift.errorMsPerMinute, 1),
        },
        totalDrift: { value: round(-drift.totalMs, 1), unit: 'ms' },
        span: { value: roundMs(drift.endMs - drift.startMs), unit: 'ms' },
      },
      places: [{ startMs: roundMs(drift.startMs), endMs: roundMs(drift.endMs) }],
      artefacts: [...artefacts],
    });
  if (jump !== undefined)
    findings.push({
      ...{ code: 'content-jump', outcome: 'information', limits: ['jumps-many-causes', ...limits] },
      measures: {
        leadBefore: { value: lead(jump.beforeMs), unit: 'ms' },
        leadAfter: { value: lead(jump.afterMs), unit: 'ms' },
        leadChange: { value: round(jump.beforeMs - jump.afterMs, 1), unit: 'ms' },
        at: { value: roundMs(jump.atMs), unit: 'ms', uncertainty: roundMs(jump.withinMs) },
      },
      places: [{ startMs: roundMs(jump.atMs - jump.withinMs), endMs: roundMs(jump.atMs + jump.withinMs) }],
      artefacts: [...artefacts],
    });
  if (apart.length > 0)
    findings.push({
      ...{ code: 'content-not-corresponding', outcome: 'information' },
      limits: ['off-screen-voice', ...limits],
      measures: {
        count: { value: apart.length, unit: '1' },
        total: { value: roundMs(apart.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 0)), unit: 'ms' },
      },
      places: apart.map(({ startMs, endMs }) => ({ startMs: roundMs(startMs), endMs: roundMs(endMs) })),
      artefacts: [...artefacts],
    });
  return findings;
}

const leastPairs = 5;
const mostOnsetChance = 0.01;

/** Sudden events by their moments alone: told where more of them meet than mismatched voices allow. */
export function transientFinding(
  stretches: readonly StretchReport[],
  pooled: PooledLag | undefined,
  params: AvSyncParams,
  artefacts: readonly string[],
): FindingInput {
  const used = stretches.flatMap(({ best }) => (best === undefined ? [] : [best.onsets]));
  const lags = lagGrid(params.searchMs);
  const joined = (pick: (onsets: (typeof used)[number]) => Float32Array | undefined): Float32Array =>
    Float32Array.from(lags, (_, i) => used.reduce((sum, onsets) => sum + (pick(onsets)?.[i] ?? 0), 0));
  const density = joined((onsets) => onsets.density);
  const peak = highestPeak(density);
  const counts = {
    pictureOnsets: { value: used.reduce((sum, { picture }) => sum + picture, 0), unit: '1' as const },
    soundOnsets: { value: used.reduce((sum, { sound }) => sum + sound, 0), unit: '1' as const },
  };
  const turns = used.length === 0 ? 0 : Math.min(...used.map(({ nulls }) => nulls.length));
  const heights = Array.from(
    { length: turns },
    (_, turn) => highestPeak(joined((onsets) => onsets.nulls[turn]))?.height ?? 0,
  );
  const chance = peak === undefined ? 1 : chanceOfPeak(peak.height, nullPeaks(heights));
  const common = { code: 'transients', artefacts: [...artefacts], limits: ['transients-are-few'] };
  if (peak === undefined || peak.height < leastPairs || chance > mostOnsetChance)
    return { ...common, outcome: 'abstained', reason: 'no-matching-events', measures: counts };
  const leadMs = params.naturalLeadMs - (lags[0]! + peak.position * lagStepMs);
  return {
    ...{ ...common, code: 'transients-met', outcome: 'information' },
    measures: {
      ...counts,
      eventLead: { value: round(leadMs, 1), unit: 'ms' },
      meetings: { value: round(peak.height, 0), unit: '1' },
      pValue: { value: chance < 1e-6 ? '< 0.000001' : String(Number(chance.toPrecision(2))), unit: 'text' },
      ...(pooled === undefined
        ? {}
        : {
            fromContent: {
              value: round(Math.abs(leadMs - toldLead(pooled, params).audioLeadMs), 1),
              unit: 'ms' as const,
            },
          }),
    },
  };
}
