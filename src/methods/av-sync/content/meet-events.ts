/** Where moments of the picture and moments of the sound meet. */
export interface Meeting {
  /** Sound's moment less the picture's, ms: negative when the sound comes first. */
  readonly lagMs: number;
  /** Half-width of the interval that holds 95 %. */
  readonly spreadMs: number;
  /** Moments of the picture that meet one of the sound. */
  readonly meetings: number;
  /** Chance that as many meet at any lag when the two have nothing to do with each other. */
  readonly chance: number;
  /** Meetings at the next best lag. */
  readonly rival: number;
  /** Moments of the picture that meet, ms. */
  readonly atMs: readonly number[];
}

/** Furthest apart that two moments of one event are measured. */
const toleranceMs = 30;
const stepMs = 5;
/** Lags this far apart are different ones. */
const apartMs = 100;
const leastSpreadMs = 10;

/**
 * The lag at which most moments of the picture meet one of the sound, of all within ± `searchMs`. The chance is that of a binomial:
 * each moment of the picture meets one of `sound`, spread over `soundMs`, by accident; times the lags that are tried.
 */
export function meetEvents(
  picture: readonly number[],
  sound: readonly number[],
  soundMs: number,
  searchMs: number,
): Meeting | undefined {
  if (picture.length === 0 || sound.length === 0 || !(soundMs > 0)) return undefined;
  const apart = picture.map((at) =>
    sound.map((heard) => heard - at).filter((lag) => Math.abs(lag) <= searchMs + toleranceMs),
  );
  const lags = Array.from({ length: Math.floor((2 * searchMs) / stepMs) + 1 }, (_, i) => -searchMs + i * stepMs);
  const counts = lags.map(
    (lag) => apart.filter((ones) => ones.some((one) => Math.abs(one - lag) <= toleranceMs)).length,
  );
  const most = Math.max(...counts);
  if (most === 0) return undefined;
  // The middle of the first run of lags that reach the most.
  const first = counts.indexOf(most);
  let last = first;
  while (counts[last + 1] === most) last += 1;
  const near = (lags[first]! + lags[last]!) / 2;
  const met = apart.flatMap((ones, i) => {
    const [closest] = [...ones].sort((a, b) => Math.abs(a - near) - Math.abs(b - near));
    return closest !== undefined && Math.abs(closest - near) <= toleranceMs ? [{ at: picture[i]!, lag: closest }] : [];
  });
  const lagMs = met.reduce((sum, { lag }) => sum + lag, 0) / Math.max(1, met.length);
  const scatter = Math.sqrt(met.reduce((sum, { lag }) => sum + (lag - lagMs) ** 2, 0) / Math.max(1, met.length - 1));
  const share = Math.min(1, (sound.length * 2 * toleranceMs) / soundMs);
  const tries = Math.max(1, searchMs / toleranceMs);
  return {
    lagMs,
    spreadMs: Math.max(leastSpreadMs, (1.96 * scatter) / Math.sqrt(Math.max(1, met.length))),
    meetings: most,
    chance: Math.min(1, tries * atLeast(most, picture.length, share)),
    rival: Math.max(0, ...counts.filter((_, i) => Math.abs(lags[i]! - near) > apartMs)),
    atMs: met.map(({ at }) => at),
  };
}

/** Chance of `k` or more of `n`, each with chance `p`. */
function atLeast(k: number, n: number, p: number): number {
  let sum = 0;
  for (let i = k; i <= n; i++) {
    let term = 1;
    for (let j = 1; j <= i; j++) term *= ((n - i + j) / j) * p;
    sum += term * (1 - p) ** (n - i);
  }
  return sum;
}
