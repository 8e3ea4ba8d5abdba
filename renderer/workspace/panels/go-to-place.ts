import type { Place } from '../../../src/base/finding.ts';
import { frameIndex } from '../../../src/contract/window-operations.ts';
import { call } from '../../api/call.ts';
import { useRegion } from '../../state/region.ts';
import { useTime } from '../../state/time.ts';
import { showBytes } from './byte-target.ts';

/** True when there is somewhere to go: a place that names a stream alone is nowhere. */
export function canGoTo(place: Place): boolean {
  return (
    place.startMs !== undefined ||
    place.endMs !== undefined ||
    place.frame !== undefined ||
    place.region !== undefined ||
    place.offsetBytes !== undefined ||
    place.node !== undefined
  );
}

/**
 * Leads the window to a place: the time cursor, the selected span, the marked region, the bytes in the structure panel. A frame
 * whose time the place does not say is asked of the engine; rejects with OperationError where it cannot answer.
 */
export async function goToPlace(folder: string, exhibit: string, place: Place): Promise<void> {
  const { startMs, endMs, frame, region, offsetBytes, lengthBytes, node } = place;
  if (region !== undefined) useRegion.getState().mark({ exhibit, ...wholePixels(region) });
  if (offsetBytes !== undefined || node !== undefined)
    showBytes({
      exhibit,
      ...(offsetBytes === undefined ? {} : { offset: offsetBytes }),
      ...(lengthBytes === undefined ? {} : { length: lengthBytes }),
      ...(node === undefined ? {} : { node }),
    });
  const atMs = startMs ?? (frame === undefined ? undefined : await timeOfFrame(folder, exhibit, frame)) ?? endMs;
  if (atMs === undefined) return;
  const time = useTime.getState();
  time.pause();
  if (startMs !== undefined && endMs !== undefined && endMs > startMs) time.select({ startMs, endMs });
  if (atMs < time.visible.startMs || atMs > time.visible.endMs) {
    const half = (time.visible.endMs - time.visible.startMs) / 2;
    time.look({ startMs: atMs - half, endMs: atMs + half });
  }
  time.moveTo(atMs);
}

async function timeOfFrame(folder: string, exhibit: string, frame: number): Promise<number | undefined> {
  const page = await call(frameIndex, { folder, exhibit, from: frame, count: 1 });
  return page.timesMs[frame - page.from] ?? undefined;
}

/** The smallest region of whole pixels that holds a region. */
function wholePixels({ x, y, width, height }: NonNullable<Place['region']>): NonNullable<Place['region']> {
  const [left, top] = [Math.floor(x), Math.floor(y)];
  return { x: left, y: top, width: Math.ceil(x + width) - left, height: Math.ceil(y + height) - top };
}
