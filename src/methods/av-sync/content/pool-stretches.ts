import type { StretchReport } from './examine-stretch.ts';
import { lagGrid, lagStepMs } from './lag-scan.ts';
import { chanceOfPeak, highestPeak, nullPeaks, secondHeight, type NullPeaks } from './peak.ts';

/** All stretches together. */
export interface PooledLag {
  /** Lag of the peak in ms: negative when the sound comes first. */
  readonly lagMs: number;
  /** Half-width of the interval that holds 95 %, from the noise of the curve alone. */
  readonly spreadMs: number;
  readonly score: number;
  readonly chance: number;
  readonly nulls: NullPeaks;
  readonly nullHeights: readonly number[];
  /** Highest other peak, against the highest. */
  readonly rivalShare: number;
  /** Chance of the highest peak of places far from the best, at another lag: small where a second speaker has a lag of their own. */
  readonly otherChance: number;
  /** That peak against the highest. */
  readonly otherShare: number;
  /** Score over the lag grid. */
  readonly profile: Float32Array;
  /** Mean correlation at the regions of the stretches, over the lag grid. */
  readonly curve: Float32Array;
  /** Correlation at the peak. */
  readonly correlation: number;
}

/** Points beyond which another peak is another lag (100 ms). */
const apart = 100 / lagStepMs;
const leastSpreadMs = 4;

/** Joins the stretches' searches: scores add as independent ones do, and so do those of the mismatched voices. */
export function poolStretches(stretches: readonly StretchReport[], searchMs: number): PooledLag | undefined {
  const used = stretches.filter(({ best }) => best !== undefined);
  if (used.length === 0) return undefined;
  const lags = lagGrid(searchMs);
  const weights = used.map(({ pairs }) => Math.sqrt(pairs));
  const norm = Math.sqrt(used.reduce((sum, { pairs }) => sum + pairs, 0));
  const joined = (curves: readonly Float32Array[]): Float32Array =>
    Float32Array.from(lags, (_, i) => curves.reduce((sum, curve, s) => sum + curve[i]! * weights[s]!, 0) / norm);
  const profile = joined(used.map(({ score }) => score));
  const peak = highestPeak(profile);
  if (peak === undefined) return undefined;
  const turns = Math.min(...used.map(({ nulls }) => nulls.length));
  const nullHeights = Array.from(
    { length: turns },
    (_, turn) => highestPeak(joined(used.map(({ nulls }) => nulls[turn]!)))?.height ?? 0,
  );
  const nulls = nullPeaks(nullHeights);
  const other = secondHeight(joined(used.map(({ elsewhere }) => elsewhere)), peak, apart);
  // The region's own curve is smoother than the best of many: it gives the place between the grid's points.
  const pairs = used.reduce((sum, one) => sum + one.pairs, 0);
  const near = used.filter(({ score }) => Math.abs((highestPeak(score)?.index ?? -99) - peak.index) <= apart);
  const shown = near.length > 0 ? near : used;
  const shownPairs = shown.reduce((sum, one) => sum + one.pairs, 0);
  const curve = Float32Array.from(
    lags,
    (_, i) => shown.reduce((sum, { best, pairs: own }) => sum + best!.curve[i]! * own, 0) / shownPairs,
  );
  const [from, to] = [Math.max(0, peak.index - 3), Math.min(lags.length, peak.index + 4)];
  const fine = highestPeak(curve.subarray(from, to));
  const position = fine !== undefined && near.length > 0 ? from + fine.position : peak.position;
  const noise =
    Math.sqrt(shown.reduce((sum, { best, pairs: own }) => sum + (best!.slopeNoise * own) ** 2, 0)) / shownPairs;
  const sharpness = fine !== undefined && fine.curvature > 0 ? fine.curvature : peak.curvature / Math.sqrt(pairs);
  const spread = sharpness > 0 ? (1.96 * noise * lagStepMs) / sharpness : Infinity;
  return {
    lagMs: lags[0]! + position * lagStepMs,
    spreadMs: Math.min(searchMs, Math.max(leastSpreadMs, spread)),
    score: peak.height,
    chance: chanceOfPeak(peak.height, nulls),
    nulls,
    nullHeights,
    rivalShare: secondHeight(profile, peak, apart) / peak.height,
    otherChance: chanceOfPeak(other, nulls),
    otherShare: other / peak.height,
    profile,
    curve,
    correlation: curve[Math.min(curve.length - 1, Math.max(0, Math.round(position)))]!,
  };
}
