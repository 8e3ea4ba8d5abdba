import type { StretchReport, WindowReading } from './examine-stretch.ts';
import { chanceOfPeak } from './peak.ts';

/** A window with its chance, and what it may be used for. */
export interface TimedLag extends WindowReading {
  readonly chance: number;
  /** The window tells a lag of its own. */
  readonly told: boolean;
  /** Voice and mouth move, and nothing matches at any lag. */
  readonly apart: boolean;
}

export interface Drift {
  readonly msPerMinute: number;
  readonly errorMsPerMinute: number;
  readonly startMs: number;
  readonly endMs: number;
  readonly totalMs: number;
}

export interface Jump {
  readonly atMs: number;
  readonly withinMs: number;
  readonly beforeMs: number;
  readonly afterMs: number;
}

export interface LagCourse {
  readonly windows: readonly TimedLag[];
  readonly told: number;
  readonly drift?: Drift;
  readonly jump?: Jump;
  readonly apart: readonly { readonly startMs: number; readonly endMs: number }[];
}

const toldChance = 0.01;
const sharpest = 0.85;
/** Below this many deviations above the mismatched voices nothing matches. */
const nothing = 0.8;
/** Typical told windows must stand out this far, or a window without a match is no news. */
const clearly = 5;
const leastJumpMs = 60;
const leastDriftMs = 40;

/** The lag in sliding windows: steady, drifting, jumping, or gone. Lags are as measured, negative when the sound comes first. */
export function lagCourse(stretches: readonly StretchReport[]): LagCourse {
  const windows = stretches
    .flatMap(({ best }) => best?.windows ?? [])
    .map((window): TimedLag => {
      const nulls = { mean: window.nullMean, deviation: window.nullDeviation };
      const chance = chanceOfPeak(window.score, nulls);
      return {
        ...window,
        chance,
        told: chance <= toldChance && window.rivalShare <= sharpest,
        apart: window.voiced && standing(window) < nothing,
      };
    });
  const told = windows.filter((window) => window.told);
  const jump = findJump(told);
  const drift = jump === undefined ? findDrift(told) : undefined;
  const clear = median(told.map(standing)) >= clearly && told.length >= 3;
  return {
    windows,
    told: told.length,
    ...(drift === undefined ? {} : { drift }),
    ...(jump === undefined ? {} : { jump }),
    apart: clear ? apartSpans(windows) : [],
  };
}

function standing({ score, nullMean, nullDeviation }: WindowReading): number {
  return (score - nullMean) / Math.max(1e-6, nullDeviation);
}

const middle = ({ startMs, endMs }: WindowReading): number => (startMs + endMs) / 2;

/** Least squares through the windows; the error from what is left, windows that overlap counted once. */
function findDrift(told: readonly TimedLag[]): Drift | undefined {
  if (told.length < 6) return undefined;
  const times = told.map(middle);
  const meanTime = mean(times);
  const meanLag = mean(told.map(({ lagMs }) => lagMs));
  let [xx, xy] = [0, 0];
  told.forEach(({ lagMs }, i) => {
    xx += (times[i]! - meanTime) ** 2;
    xy += (times[i]! - meanTime) * (lagMs - meanLag);
  });
  if (xx === 0) return undefined;
  const slope = xy / xx;
  const rest = told.reduce((sum, { lagMs }, i) => sum + (lagMs - meanLag - slope * (times[i]! - meanTime)) ** 2, 0);
  // Windows overlap by two thirds, so three of them carry about as much as one and a half.
  const error = Math.sqrt((2 * rest) / Math.max(1, told.length - 2) / xx);
  const [startMs, endMs] = [told[0]!.startMs, told[told.length - 1]!.endMs];
  const totalMs = slope * (times[times.length - 1]! - times[0]!);
  if (Math.abs(totalMs) < leastDriftMs || Math.abs(slope) < 4 * error) return undefined;
  return { msPerMinute: slope * 60_000, errorMsPerMinute: 1.96 * error * 60_000, startMs, endMs, totalMs };
}

/** The one place where a step explains the lags far better than one constant or a line does. */
function findJump(told: readonly TimedLag[]): Jump | undefined {
  if (told.length < 4) return undefined;
  const lags = told.map(({ lagMs }) => lagMs);
  const squares = (values: readonly number[]): number => {
    const centre = median(values);
    return values.reduce((sum, value) => sum + Math.min((value - centre) ** 2, 60 ** 2), 0);
  };
  let best: { at: number; rest: number } | undefined;
  for (let at = 2; at <= told.length - 2; at++) {
    const rest = squares(lags.slice(0, at)) + squares(lags.slice(at));
    if (best === undefined || rest < best.rest) best = { at, rest };
  }
  if (best === undefined) return undefined;
  const before = median(lags.slice(0, best.at));
  const after = median(lags.slice(best.at));
  const scatter = Math.sqrt(best.rest / told.length) + 5;
  if (Math.abs(after - before) < Math.max(leastJumpMs, 4 * scatter)) return undefined;
  if (lineFitsAsWell(told, best.rest)) return undefined;
  const [last, first] = [told[best.at - 1]!, told[best.at]!];
  const atMs = (middle(last) + middle(first)) / 2;
  return { atMs, withinMs: (last.endMs - last.startMs) / 2, beforeMs: before, afterMs: after };
}

function lineFitsAsWell(told: readonly TimedLag[], stepRest: number): boolean {
  const times = told.map(middle);
  const [t, l] = [mean(times), mean(told.map(({ lagMs }) => lagMs))];
  let [xx, xy] = [1e-9, 0];
  told.forEach(({ lagMs }, i) => {
    xx += (times[i]! - t) ** 2;
    xy += (times[i]! - t) * (lagMs - l);
  });
  const slope = xy / xx;
  const rest = told.reduce(
    (sum, { lagMs }, i) => sum + Math.min((lagMs - l - slope * (times[i]! - t)) ** 2, 60 ** 2),
    0,
  );
  return rest <= 1.5 * stepRest;
}

/** Joined spans of neighbouring windows in which nothing matches: at least two in a row. */
function apartSpans(windows: readonly TimedLag[]): { startMs: number; endMs: number }[] {
  const spans: { startMs: number; endMs: number }[] = [];
  let run: TimedLag[] = [];
  for (const window of [...windows, undefined]) {
    if (window?.apart === true) {
      run.push(window);
      continue;
    }
    if (run.length >= 2) spans.push({ startMs: run[0]!.startMs, endMs: run[run.length - 1]!.endMs });
    run = [];
  }
  return spans;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const sorted = [...values].sort((a, b) => a - b);
  const at = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[at]! : (sorted[at - 1]! + sorted[at]!) / 2;
}
