import type { AxisData } from './axis-data.ts';
import { drawLabel, type LaneCanvas } from './lane-canvas.ts';
import { mapsFor, type PlaneLane } from './lane-registry.ts';
import { msPerPixel, xOf } from './time-scale.ts';

/** Draws the tiles of a time and frequency plane, coarse ones below fine ones; true when anything was drawn. */
export function drawPlane(
  lane: LaneCanvas,
  plane: PlaneLane,
  data: AxisData,
  shiftMs: number,
  topLabel: string,
): boolean {
  const { context, height, visible } = lane;
  const span = { startMs: visible.startMs + shiftMs, endMs: visible.endMs + shiftMs };
  let isDrawn = false;
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = 'medium';
  for (const map of mapsFor(plane.maps, msPerPixel(lane), span.startMs, span.endMs)) {
    const picture = data.picture(plane.id, map, plane.key);
    if (picture === undefined) continue;
    const x = xOf(lane, map.over.startMs - shiftMs);
    const end = xOf(lane, map.over.endMs - shiftMs);
    context.drawImage(picture, x, 0, end - x, height);
    isDrawn = true;
  }
  if (isDrawn && height >= 40) drawLabel(lane, topLabel, lane.width - 4, 2, 'right');
  return isDrawn;
}
