import type { FindingInput } from '../../../base/finding.ts';
import { round, roundMs } from '../container/round.ts';
import type { AvSyncParams } from '../parameters.ts';
import { toldLead } from './content-lag.ts';
import type { StretchReport } from './examine-stretch.ts';
import { meetEvents } from './meet-events.ts';
import type { PooledLag } from './pool-stretches.ts';

/** Fewer than this that meet are coincidence, whatever their chance. */
const leastMeetings = 3;
/** A second lag at which this share of them meets: they come in a rhythm. */
const mostRival = 0.7;
/** Most events of each kind that are looked at. */
const mostEvents = 500;
/** Bursts of neighbouring stretches that are one. */
const sameMs = 60;

/**
 * Sudden stops in the picture against bursts of sound, by their moments alone: no mouth is needed, and no natural lead is
 * taken off, since what is struck is heard when it is struck. `pooled`: the lag of the voice, where it was told.
 */
export function suddenEventsFinding(
  stretches: readonly StretchReport[],
  pooled: PooledLag | undefined,
  params: AvSyncParams,
): FindingInput {
  const stops = stretches.flatMap(({ events }) => events.stops).slice(0, mostEvents);
  const bursts = stretches
    .flatMap(({ events }) => events.bursts)
    .sort((a, b) => a - b)
    .filter((at, i, all) => i === 0 || at - all[i - 1]! > sameMs)
    .slice(0, mostEvents);
  const soundMs = stretches.reduce((sum, { startMs, endMs }) => sum + endMs - startMs, 2 * params.searchMs);
  const counts = {
    stops: { value: stops.length, unit: '1' as const },
    bursts: { value: bursts.length, unit: '1' as const },
    needed: { value: leastMeetings, unit: '1' as const },
  };
  const none = (reason: string): FindingInput => ({
    ...{ code: 'sudden-events', outcome: 'abstained', reason, measures: counts },
    ...{ artefacts: [], limits: ['transients-are-few', 'normal-sync-never-clears'] },
  });
  if (stops.length < leastMeetings || bursts.length < leastMeetings) return none('few-events');
  const met = meetEvents(stops, bursts, soundMs, params.searchMs);
  if (met === undefined || met.meetings < leastMeetings || met.chance > params.mostChance)
    return none('no-matching-events');
  if (met.rival > mostRival * met.meetings) return none('events-in-a-rhythm');
  const leadMs = -met.lagMs;
  return {
    ...{ code: 'sudden-events-met', outcome: 'information', artefacts: [] },
    measures: {
      ...counts,
      eventLead: { value: round(leadMs, 1), unit: 'ms', uncertainty: round(met.spreadMs, 1) },
      meetings: { value: met.meetings, unit: '1' },
      pValue: { value: met.chance < 1e-6 ? '< 0.000001' : String(Number(met.chance.toPrecision(2))), unit: 'text' },
      ...(pooled === undefined
        ? {}
        : { fromContent: { value: round(Math.abs(leadMs - toldLead(pooled, params).audioLeadMs), 1), unit: 'ms' } }),
    },
    places: met.atMs.slice(0, 50).map((at) => ({ startMs: roundMs(at), endMs: roundMs(at) })),
    limits: ['transients-are-few', 'normal-sync-never-clears'],
  };
}
