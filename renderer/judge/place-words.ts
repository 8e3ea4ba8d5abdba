import { formatClock } from '../../src/base/format-time.ts';
import type { Text } from '../../src/base/text.ts';
import type { NoteBody } from '../../src/contract/window-operations.ts';

type Bookmark = Extract<NoteBody, { kind: 'bookmark' }>;

/** Where a bookmark lies, as the report will say it. */
export function placeWords(text: Text, { startMs, endMs, frame, region }: Bookmark): string {
  const parts: string[] = [];
  if (startMs !== undefined && endMs !== undefined && endMs > startMs)
    parts.push(text('report:places.span', { from: formatClock(startMs), until: formatClock(endMs) }));
  else if (startMs !== undefined) parts.push(formatClock(startMs));
  if (frame !== undefined) parts.push(text('report:places.frame', { frame: String(frame) }));
  if (region !== undefined) {
    const { x, y, width, height } = region;
    parts.push(text('report:places.region', { x, y, width, height }));
  }
  return parts.join(' · ');
}
