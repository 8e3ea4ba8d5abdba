import type { Place } from './finding.ts';
import { formatBytes } from './format-measure.ts';
import { formatClock } from './format-time.ts';
import type { Text } from './text.ts';

/** A place in words: time, frame, stream, region, bytes and node, each where it is known. */
export function describePlace(text: Text, place: Place): string {
  const parts: string[] = [];
  const from = place.startMs === undefined ? undefined : formatClock(place.startMs);
  const until = place.endMs === undefined ? undefined : formatClock(place.endMs);
  if (from !== undefined && until !== undefined && from !== until)
    parts.push(text('report:places.span', { from, until }));
  else if (from !== undefined) parts.push(from);
  else if (until !== undefined) parts.push(text('report:places.until', { time: until }));
  if (place.frame !== undefined) parts.push(text('report:places.frame', { frame: String(place.frame) }));
  if (place.stream !== undefined) parts.push(text('report:places.stream', { stream: String(place.stream) }));
  if (place.region !== undefined) {
    const { x, y, width, height } = place.region;
    parts.push(text('report:places.region', { x, y, width, height }));
  }
  if (place.offsetBytes !== undefined) {
    const offset = String(place.offsetBytes);
    const hex = `0x${place.offsetBytes.toString(16)}`;
    parts.push(
      place.lengthBytes === undefined
        ? text('report:places.offset', { offset, hex })
        : text('report:places.bytes', { offset, hex, length: formatBytes(text, place.lengthBytes) }),
    );
  }
  if (place.node !== undefined) parts.push(place.node);
  return parts.join(' · ');
}
