import type { AvSyncParams } from '../parameters.ts';
import type { ContentReadings } from './examine-content.ts';
import { poolStretches, type PooledLag } from './pool-stretches.ts';
import { percentile } from './voice-onset.ts';

/** Why no lag is told: keys of the method's reasons. */
export type NoLagReason =
  | 'content-skipped'
  | 'content-too-short'
  | 'no-voice'
  | 'voice-unlike-speech'
  | 'too-little-motion'
  | 'sound-too-far'
  | 'several-lags'
  | 'flat-peak';

export type ContentLag =
  | { readonly told: true; readonly pooled: PooledLag }
  | { readonly told: false; readonly reason: NoLagReason; readonly pooled?: PooledLag };

/** Less than this and no voice can be told from another. */
const leastSeconds = 3;
/** Loud moments below this are silence, dB under full scale. */
const silentDb = -60;
/** Speech swings further than this between syllables and pauses; hum, noise and dense music do not. */
const leastSwingDb = 6;
/** A place far from the best one that follows the voice at another lag with less chance than this is another speaker. */
const mostOtherChance = 0.01;
/** Below this share of the best, it is what the same face does elsewhere: in a long clip even that is no chance. */
const leastOtherShare = 0.5;
/** A second peak this high is another lag. */
const mostRival = 0.8;
/** A lag that is known no better than this is none. */
const mostSpreadMs = 60;

/**
 * The bar: a lag is told when the peak is higher than chance allows, stands alone and is sharp.
 *
 * FORENSIC: a wrong lag is worse than none. Reasons are tried from the plainest to the subtlest.
 */
export function decideLag(readings: ContentReadings, params: AvSyncParams): ContentLag {
  const { stretches } = readings;
  const seconds = stretches.reduce((sum, { startMs, endMs }) => sum + (endMs - startMs) / 1000, 0);
  if (stretches.length === 0 && readings.late > 0) return { told: false, reason: 'sound-too-far' };
  if (seconds < leastSeconds) return { told: false, reason: 'content-too-short' };
  const loud = Math.max(...stretches.map(({ character }) => character.loudDb));
  if (loud < silentDb) return { told: false, reason: 'no-voice' };
  const pooled = poolStretches(stretches, params.searchMs);
  if (pooled === undefined) return { told: false, reason: 'too-little-motion' };
  const sure = pooled.chance <= params.mostChance;
  const other = pooled.otherChance <= mostOtherChance && pooled.otherShare >= leastOtherShare;
  if (sure && (other || pooled.rivalShare > mostRival)) return { told: false, reason: 'several-lags', pooled };
  if (sure && pooled.spreadMs <= mostSpreadMs) return { told: true, pooled };
  const swing = percentile(
    stretches.map(({ character }) => character.swingDb),
    0.5,
  );
  if (swing < leastSwingDb) return { told: false, reason: 'voice-unlike-speech', pooled };
  return { told: false, reason: 'flat-peak', pooled };
}
