export type Point = readonly [x: number, y: number];

/**
 * A line of many samples as few points that look the same at this width: of each pixel column the lowest and the highest
 * sample, in the order in which they came. `x` is in pixels and does not fall. A NaN ends one stretch and begins the next.
 */
export function decimateLine(x: ArrayLike<number>, y: ArrayLike<number>, widthPx: number): Point[][] {
  const stretches: Point[][] = [];
  const everySample = x.length <= widthPx * 2;
  let stretch: Point[] = [];
  let column = NaN;
  let low: Point | undefined;
  let high: Point | undefined;
  const flush = () => {
    if (low && high) stretch.push(...(low === high ? [low] : low[0] <= high[0] ? [low, high] : [high, low]));
    low = high = undefined;
  };
  const endStretch = () => {
    flush();
    if (stretch.length > 0) stretches.push(stretch);
    stretch = [];
    column = NaN;
  };
  for (let i = 0; i < x.length; i += 1) {
    const point: Point = [x[i] ?? NaN, y[i] ?? NaN];
    if (!Number.isFinite(point[0]) || !Number.isFinite(point[1])) {
      endStretch();
      continue;
    }
    if (everySample) {
      stretch.push(point);
      continue;
    }
    if (Math.floor(point[0]) !== column) {
      flush();
      column = Math.floor(point[0]);
    }
    if (!low || point[1] < low[1]) low = point;
    if (!high || point[1] > high[1]) high = point;
  }
  endStretch();
  return stretches;
}

/** Lowest and highest finite value; undefined where there is none. */
export function extent(values: Iterable<number>): { readonly min: number; readonly max: number } | undefined {
  let min = Infinity;
  let max = -Infinity;
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < min) min = value;
    if (value > max) max = value;
  }
  return min <= max ? { min, max } : undefined;
}
