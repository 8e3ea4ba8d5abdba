/** Least and largest of some numbers. */
export interface Extent {
  readonly low: number;
  readonly high: number;
}

/** The extent of the numbers that are numbers, never empty: a flat curve lies in the middle. */
export function extentOf(values: readonly number[]): Extent {
  let [low, high] = [Infinity, -Infinity];
  for (const value of values) {
    if (!Number.isFinite(value)) continue;
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return { low: 0, high: 1 };
  return low === high ? { low: low - 0.5, high: high + 0.5 } : { low, high };
}

interface Frame {
  readonly across: Extent;
  readonly up: Extent;
  readonly width: number;
  readonly height: number;
}

/** Points of a polyline for an SVG; what is no number is left out. */
export function curvePoints(
  axis: readonly number[],
  values: readonly number[],
  { across, up, width, height }: Frame,
): string {
  const margin = 3;
  return axis
    .flatMap((at, i) => {
      const value = values[i] ?? NaN;
      if (!Number.isFinite(value)) return [];
      const x = ((at - across.low) / (across.high - across.low)) * width;
      const y = margin + (1 - (value - up.low) / (up.high - up.low)) * (height - 2 * margin);
      return [`${x.toFixed(1)},${y.toFixed(1)}`];
    })
    .join(' ');
}
