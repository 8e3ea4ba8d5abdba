/** Motion of one stretch of frames on one level: a row of cells a frame pair, in pixels of the level. */
export interface FlowSeries {
  readonly columns: number;
  readonly rows: number;
  /** Frame pairs. */
  readonly length: number;
  /** `length` × `rows` × `columns`, in {@link flowUnit} of a pixel. */
  readonly down: Int16Array;
  /** Empty on the finest level, which is read for what opens downwards alone. */
  readonly right: Int16Array;
}

/** Flow is kept in steps of this many pixels. */
export const flowUnit = 1 / 512;

/** How the largest moving thing moved: where it is at each frame against the middle one, in cells of the level. */
export interface HeadMotion {
  readonly down: Float32Array;
  readonly right: Float32Array;
  /** Growth of vertical distances in each frame pair: pixels a cell row. */
  readonly stretch: Float32Array;
}

const rounds = 4;

/**
 * Follows the head (or whatever moves most): each frame pair's flow is fitted by an affine motion, weighted by how much
 * each cell moves at all and robustly (Cauchy weights), so that lips, eyes and the background behind do not count. Positions
 * are the sum of the shifts.
 */
export function headMotion(flow: FlowSeries, cellPixels: number): HeadMotion {
  const { columns, rows, length } = flow;
  const cells = columns * rows;
  const activity = meanSpeed(flow);
  const down = new Float32Array(length + 1);
  const right = new Float32Array(length + 1);
  const stretch = new Float32Array(length);
  const weights = new Float64Array(cells);
  for (let pair = 0; pair < length; pair++) {
    weights.set(activity);
    let vertical: readonly number[] = [0, 0, 0];
    let horizontal: readonly number[] = [0, 0, 0];
    for (let round = 0; round < rounds; round++) {
      const fit = fitAffine(flow, pair, weights);
      vertical = fit.vertical;
      horizontal = fit.horizontal;
      if (round < rounds - 1) reweigh(flow, pair, activity, weights, vertical, horizontal);
    }
    down[pair + 1] = down[pair]! + vertical[0]! / cellPixels;
    right[pair + 1] = right[pair]! + horizontal[0]! / cellPixels;
    // The fit's coordinates run over one picture width; a row is 1/columns of it.
    stretch[pair] = vertical[2]! / columns;
  }
  const middle = Math.floor(length / 2);
  const [y, x] = [down[middle]!, right[middle]!];
  for (let i = 0; i <= length; i++) {
    down[i] = down[i]! - y;
    right[i] = right[i]! - x;
  }
  return { down, right, stretch };
}

function meanSpeed({ columns, rows, length, down, right }: FlowSeries): Float64Array {
  const cells = columns * rows;
  const mean = new Float64Array(cells);
  for (let pair = 0; pair < length; pair++)
    for (let cell = 0, at = pair * cells; cell < cells; cell++, at++)
      mean[cell] = mean[cell]! + down[at]! * down[at]! + right[at]! * right[at]!;
  for (let cell = 0; cell < cells; cell++) mean[cell] = Math.sqrt(mean[cell]! / Math.max(1, length)) * flowUnit + 1e-6;
  return mean;
}

function fitAffine(
  flow: FlowSeries,
  pair: number,
  weights: Float64Array,
): { vertical: readonly number[]; horizontal: readonly number[] } {
  const { columns, rows, down, right } = flow;
  const base = pair * columns * rows;
  let [s, sx, sy, sxx, sxy, syy] = [1e-9, 0, 0, 1e-9, 0, 1e-9];
  let [v, vx, vy, u, ux, uy] = [0, 0, 0, 0, 0, 0];
  for (let row = 0, cell = 0; row < rows; row++) {
    const y = (row - rows / 2) / columns;
    for (let column = 0; column < columns; column++, cell++) {
      const x = column / columns - 0.5;
      const w = weights[cell]!;
      const wx = w * x;
      const wy = w * y;
      s += w;
      sx += wx;
      sy += wy;
      sxx += wx * x;
      sxy += wx * y;
      syy += wy * y;
      const d = down[base + cell]! * flowUnit;
      const r = right[base + cell]! * flowUnit;
      v += w * d;
      vx += wx * d;
      vy += wy * d;
      u += w * r;
      ux += wx * r;
      uy += wy * r;
    }
  }
  const matrix = [s, sx, sy, sx, sxx, sxy, sy, sxy, syy];
  return { vertical: solveThree(matrix, [v, vx, vy]), horizontal: solveThree(matrix, [u, ux, uy]) };
}

function reweigh(
  flow: FlowSeries,
  pair: number,
  activity: Float64Array,
  weights: Float64Array,
  vertical: readonly number[],
  horizontal: readonly number[],
): void {
  const { columns, rows, down, right } = flow;
  const base = pair * columns * rows;
  const residuals = new Float64Array(weights.length);
  let weighted = 0;
  let total = 0;
  for (let row = 0, cell = 0; row < rows; row++) {
    const y = (row - rows / 2) / columns;
    for (let column = 0; column < columns; column++, cell++) {
      const x = column / columns - 0.5;
      const dv = down[base + cell]! * flowUnit - (vertical[0]! + vertical[1]! * x + vertical[2]! * y);
      const du = right[base + cell]! * flowUnit - (horizontal[0]! + horizontal[1]! * x + horizontal[2]! * y);
      const residual = Math.sqrt(dv * dv + du * du);
      residuals[cell] = residual;
      weighted += weights[cell]! * residual;
      total += weights[cell]!;
    }
  }
  const scale = 1.5 * Math.max(weighted / total, 0.02);
  for (let cell = 0; cell < weights.length; cell++)
    weights[cell] = activity[cell]! / (1 + (residuals[cell]! / scale) ** 2);
}

/** Cramer's rule; the diagonal is never 0. */
function solveThree(m: readonly number[], b: readonly number[]): readonly number[] {
  const det3 = (p: readonly number[]): number =>
    p[0]! * (p[4]! * p[8]! - p[5]! * p[7]!) -
    p[1]! * (p[3]! * p[8]! - p[5]! * p[6]!) +
    p[2]! * (p[3]! * p[7]! - p[4]! * p[6]!);
  const det = det3(m);
  if (!(Math.abs(det) > 1e-12)) return [b[0]! / m[0]!, 0, 0];
  return [0, 1, 2].map((k) => det3(m.map((value, i) => (i % 3 === k ? b[Math.floor(i / 3)]! : value))) / det);
}
