import type { FindingInput, Measure } from '../../../base/finding.ts';
import { acceptanceBand, positionInBand } from '../container/published-bands.ts';
import { ms, round, roundMs } from '../container/round.ts';
import type { AvSyncParams } from '../parameters.ts';
import type { StretchReport } from './examine-stretch.ts';
import type { NoLagReason } from './decide-lag.ts';
import type { PooledLag } from './pool-stretches.ts';

/** Scatter of the natural lead among speakers and recordings, ms: what no clip can tell about itself. */
export const naturalScatterMs = 30;
/** Leads below this are none: no player shows them. */
const togetherMs = 10;

const limits = ['normal-sync-never-clears', 'lead-of-lips-varies', 'voice-of-another'];

interface Streams {
  readonly picture: number;
  readonly sound: number;
}

/** The finding of a clip whose lag is not told. */
export function noContentLag(
  { picture, sound }: Streams,
  reason: NoLagReason | 'container-unreadable',
  pooled?: PooledLag,
  artefacts: readonly string[] = [],
): FindingInput {
  return {
    ...{ code: 'content-lag', outcome: 'abstained', reason, details: { picture, sound } },
    ...(pooled === undefined ? {} : { measures: evidence(pooled) }),
    artefacts: [...artefacts],
    limits: ['no-lag-is-no-forgery', 'normal-sync-never-clears'],
  };
}

/** What is told of the lag: positive when the sound is ahead, natural lead taken off. */
export interface ToldLead {
  readonly audioLeadMs: number;
  /** Half-width of the 95 % interval, the natural lead's scatter in it. */
  readonly uncertaintyMs: number;
}

export function toldLead(pooled: PooledLag, params: AvSyncParams): ToldLead {
  return {
    audioLeadMs: params.naturalLeadMs - pooled.lagMs,
    uncertaintyMs: Math.hypot(pooled.spreadMs, naturalScatterMs),
  };
}

/** How far the voice is from the lips, put to the proposition that they correspond within BT.1359's acceptability band. */
export function contentLagFinding(
  streams: Streams,
  pooled: PooledLag,
  params: AvSyncParams,
  frameMs: number | null,
  places: FindingInput['places'],
  artefacts: readonly string[],
): FindingInput {
  const { audioLeadMs, uncertaintyMs } = toldLead(pooled, params);
  const lowest = audioLeadMs - uncertaintyMs;
  const highest = audioLeadMs + uncertaintyMs;
  const position = positionInBand(lowest, highest, acceptanceBand);
  const side = Math.abs(audioLeadMs) < togetherMs ? 'together' : audioLeadMs > 0 ? 'ahead' : 'behind';
  return {
    code: `content-lag-${side}`,
    outcome: position === 'inside' ? 'consistent' : position === 'outside' ? 'inconsistent' : 'inconclusive',
    proposition: 'voice-with-lips-within-bt1359',
    measures: {
      audioLeadMs: { value: round(audioLeadMs, 1), unit: 'ms', uncertainty: round(uncertaintyMs, 1) },
      audioLeadFrames: inFrames(audioLeadMs, uncertaintyMs, frameMs),
      apart: { value: round(Math.abs(audioLeadMs), 1), unit: 'ms' },
      leadLowest: { value: round(Math.floor(lowest), 0), unit: 'ms' },
      leadHighest: { value: round(Math.ceil(highest), 0), unit: 'ms' },
      spread: { value: round(pooled.spreadMs, 1), unit: 'ms' },
      naturalLead: { value: params.naturalLeadMs, unit: 'ms' },
      ...evidence(pooled),
    },
    details: { ...streams },
    ...(places === undefined ? {} : { places }),
    artefacts: [...artefacts],
    limits,
  };
}

function evidence(pooled: PooledLag): Record<string, Measure> {
  return {
    pValue: { value: pooled.chance < 1e-6 ? '< 0.000001' : String(Number(pooled.chance.toPrecision(2))), unit: 'text' },
    score: { value: round(pooled.score, 2), unit: '1' },
    nullScore: { value: round(pooled.nulls.mean, 2), unit: '1' },
    sharpness: {
      value: round((pooled.score - pooled.nulls.mean) / Math.max(1e-6, pooled.nulls.deviation), 1),
      unit: '1',
    },
    rival: { value: round(100 * pooled.rivalShare, 0), unit: 'percent' },
    correlation: { value: round(pooled.correlation, 3), unit: '1' },
  };
}

function inFrames(lead: number, uncertainty: number, frameMs: number | null): Measure {
  if (frameMs === null || frameMs <= 0) return { value: '–', unit: 'text' };
  return { value: round(lead / frameMs, 2), unit: 'frames', uncertainty: round(uncertainty / frameMs, 2) };
}

/**
 * Container level and content level apart and together. What a player shows is the content's lead: presentation times are in it.
 * What the content alone is apart is that less what the container adds.
 */
export function togetherFinding(
  streams: Streams,
  containerLeadMs: number | undefined,
  pooled: PooledLag,
  params: AvSyncParams,
): FindingInput[] {
  if (containerLeadMs === undefined) return [];
  const { audioLeadMs, uncertaintyMs } = toldLead(pooled, params);
  return [
    {
      code: 'content-and-container',
      outcome: 'information',
      measures: {
        containerLead: ms(containerLeadMs),
        contentLead: { value: round(audioLeadMs, 1), unit: 'ms', uncertainty: round(uncertaintyMs, 1) },
      },
      details: { ...streams },
      limits: ['start-is-not-content'],
    },
  ];
}

/** Regions of the stretches as places, in stored pixels. */
export function regionPlaces(
  stretches: readonly StretchReport[],
  pixelScale: number,
  stream: number,
): NonNullable<FindingInput['places']> {
  return stretches.slice(0, 50).flatMap(({ best, startMs, endMs }) => {
    if (best === undefined) return [];
    const { x, y, width, height } = best.region;
    const region = {
      x: Math.round(x * pixelScale),
      y: Math.round(y * pixelScale),
      width: Math.round(width * pixelScale),
      height: Math.round(height * pixelScale),
    };
    return [{ startMs: roundMs(startMs), endMs: roundMs(endMs), stream, region }];
  });
}
