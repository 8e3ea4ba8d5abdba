import type { SeriesPiece } from './axis-data.ts';
import type { LaneCanvas } from './lane-canvas.ts';
import { xOf } from './time-scale.ts';

/** Which column of a piece says what. */
export interface EnvelopeColumns {
  readonly lowest: number;
  readonly highest: number;
  readonly rms: number | undefined;
}

function clip(share: number): number {
  return Math.min(1, Math.max(-1, share));
}

/**
 * Draws one channel between `top` and `top + height`: the extremes in a quiet tone, the mean level over them. Times are moved
 * by `shiftMs` to the left, as the sound is played that much earlier.
 */
export function drawEnvelope(
  lane: LaneCanvas,
  pieces: readonly SeriesPiece[],
  columns: EnvelopeColumns,
  place: { readonly top: number; readonly height: number; readonly shiftMs: number; readonly full: number },
): void {
  const { context, width, colours } = lane;
  const middle = place.top + place.height / 2;
  const half = place.height / 2 - 1;
  context.fillStyle = colours.of('--line');
  context.fillRect(0, middle, width, 1);
  for (const layer of ['extremes', 'rms'] as const) {
    if (layer === 'rms' && columns.rms === undefined) continue;
    context.fillStyle = colours.of(layer === 'extremes' ? '--text-faint' : '--text');
    for (const { axis, min, max } of pieces) {
      for (let i = 0; i < axis.length; i++) {
        const x = xOf(lane, (axis[i] ?? 0) - place.shiftMs);
        const next = i + 1 < axis.length ? xOf(lane, (axis[i + 1] ?? 0) - place.shiftMs) : x + 1;
        if (next < 0 || x > width) continue;
        const rms = columns.rms === undefined ? 0 : (max[columns.rms]?.[i] ?? NaN);
        const low = layer === 'rms' ? -rms : (min[columns.lowest]?.[i] ?? NaN);
        const high = layer === 'rms' ? rms : (max[columns.highest]?.[i] ?? NaN);
        if (Number.isNaN(low) || Number.isNaN(high)) continue;
        const y = middle - clip(high / place.full) * half;
        context.fillRect(
          x,
          y,
          Math.max(1, next - x),
          Math.max(1, (clip(high / place.full) - clip(low / place.full)) * half),
        );
      }
    }
  }
}

/** Draws single samples as a line with a dot each where they are far enough apart. */
export function drawSamples(
  lane: LaneCanvas,
  pieces: readonly SeriesPiece[],
  channel: number,
  place: { readonly top: number; readonly height: number; readonly shiftMs: number; readonly full: number },
): void {
  const { context, width, colours } = lane;
  const middle = place.top + place.height / 2;
  const half = place.height / 2 - 2;
  context.fillStyle = colours.of('--line');
  context.fillRect(0, middle, width, 1);
  context.strokeStyle = context.fillStyle = colours.of('--text');
  context.lineWidth = 1;
  context.beginPath();
  let isFirst = true;
  for (const { axis, max, min } of pieces) {
    const apart = axis.length > 1 ? xOf(lane, axis[1] ?? 0) - xOf(lane, axis[0] ?? 0) : 0;
    for (let i = 0; i < axis.length; i++) {
      const x = xOf(lane, (axis[i] ?? 0) - place.shiftMs);
      const value = max[channel]?.[i] ?? NaN;
      if (x < -apart || x > width + apart || Number.isNaN(value)) continue;
      const y = middle - clip(value / place.full) * half;
      if (isFirst) context.moveTo(x, y);
      else context.lineTo(x, y);
      isFirst = false;
      const low = min[channel]?.[i] ?? value;
      if (low !== value) context.lineTo(x, middle - clip(low / place.full) * half);
      if (apart > 6) context.fillRect(x - 1.5, y - 1.5, 3, 3);
    }
  }
  context.stroke();
}
