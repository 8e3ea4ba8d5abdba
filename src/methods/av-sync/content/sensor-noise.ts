/** Most taps to either side. */
const reach = 2;
/**
 * Share of a series that is noise, by what is read at half the frame rate: below the first it may be lips alone (movements at 5 a second
 * leave 1 % there, at 8 a second a quarter), above the second it cannot be.
 */
const lips = { always: 0.3, never: 0.7 };
/** Mean square of the fourth difference of a series that is itself the first difference of noise of power 1: C(10, 5). */
const fifthDifference = 252;

/**
 * Takes out of a speed over time, in place, what the sensor's noise put in; returns the root mean square of what is left.
 *
 * A frame's noise shifts what is in it, so it enters the pair before with one sign and the pair after with the other. Motion by
 * noise is therefore a difference of something white: nothing of it is slow, most of it is at half the frame rate, where lips
 * no longer move. Its power is read there (from fourth differences), and the rest follows: the five-tap smoothing with the least mean
 * square error for that noise and the series' own correlation (N. Wiener, 1949). A cell that sees noise alone comes out near 0,
 * one that sees a clear mouth comes out as it was.
 */
export function withoutSensorNoise(values: Float32Array): number {
  const n = values.length;
  if (n < 16) return rootMeanSquare(values);
  const [c0, c1, c2, c3, c4] = covariances(values);
  if (!(c0 > 0)) return 0;
  let fourth = 0;
  for (let i = 2; i < n - 2; i++) {
    const d = values[i - 2]! + values[i + 2]! - 4 * (values[i - 1]! + values[i + 1]!) + 6 * values[i]!;
    fourth += d * d;
  }
  const read = Math.min(c0 / 2, fourth / (n - 4) / fifthDifference);
  // Lips move a little at half the frame rate, too: what they may have there is left to them.
  const share = read / (c0 / 2);
  const noise = read * Math.max(0, Math.min(1, (share - lips.always) / (lips.never - lips.always)));
  if (noise === 0) return rootMeanSquare(values);
  // Normal equations of x, of its neighbours' sum and of the next ones' sum. A little on the diagonal keeps them solvable.
  const ease = 1 + 1e-3;
  const taps = solveSymmetric(
    [c0 * ease, 2 * c1, 2 * c2, 2 * (c0 * ease + c2), 2 * (c1 + c3), 2 * (c0 * ease + c4)],
    [c0 - 2 * noise, 2 * (c1 + noise), 2 * c2],
  );
  return smooth(values, taps);
}

/** Mean products of a series with itself 0 … 4 later. */
function covariances(values: Float32Array): [number, number, number, number, number] {
  const n = values.length;
  let [c0, c1, c2, c3, c4] = [0, 0, 0, 0, 0];
  for (let i = 4; i < n; i++) {
    const value = values[i]!;
    c0 += value * value;
    c1 += value * values[i - 1]!;
    c2 += value * values[i - 2]!;
    c3 += value * values[i - 3]!;
    c4 += value * values[i - 4]!;
  }
  return [c0 / (n - 4), c1 / (n - 4), c2 / (n - 4), c3 / (n - 4), c4 / (n - 4)];
}

/** Cramer's rule for a symmetric matrix given as its upper triangle, row by row. */
function solveSymmetric(
  [a, b, c, d, e, f]: readonly [number, number, number, number, number, number],
  [x, y, z]: readonly [number, number, number],
): readonly [number, number, number] {
  const [aa, bb, cc] = [d * f - e * e, c * e - b * f, b * e - c * d];
  const determinant = a * aa + b * bb + c * cc;
  if (!(Math.abs(determinant) > 1e-30)) return [1, 0, 0];
  const [dd, ee, ff] = [a * f - c * c, b * c - a * e, a * d - b * b];
  return [
    (aa * x + bb * y + cc * z) / determinant,
    (bb * x + dd * y + ee * z) / determinant,
    (cc * x + ee * y + ff * z) / determinant,
  ];
}

function smooth(values: Float32Array, [w0, w1, w2]: readonly [number, number, number]): number {
  const n = values.length;
  // The last two untouched values, since the series is overwritten as it is read.
  let [before2, before1] = [0, 0];
  let power = 0;
  for (let i = 0; i < n; i++) {
    const own = values[i]!;
    const after1 = i + 1 < n ? values[i + 1]! : 0;
    const after2 = i + reach < n ? values[i + reach]! : 0;
    const result = w0 * own + w1 * (before1 + after1) + w2 * (before2 + after2);
    values[i] = result;
    power += result * result;
    before2 = before1;
    before1 = own;
  }
  return Math.sqrt(power / n);
}

function rootMeanSquare(values: Float32Array): number {
  let power = 0;
  for (const value of values) power += value * value;
  return values.length === 0 ? 0 : Math.sqrt(power / values.length);
}
