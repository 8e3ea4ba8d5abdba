import { describeFinding } from '../../base/describe-finding.ts';
import type { Outcome } from '../../base/finding.ts';
import type { Text } from '../../base/text.ts';
import type { ExaminationResult } from '../../examination/result.ts';

/** A moment or span of an exhibit that somebody should look at: a bookmark, or a finding that has a place in time. */
export interface Marker {
  readonly startMs: number;
  readonly endMs: number;
  /** What kind it is: an examiner's bookmark, or the outcome of the finding. */
  readonly kind: 'bookmark' | Outcome;
  /** Short: the method's title, or the bookmark's status. */
  readonly name: string;
  /** One sentence. */
  readonly words: string;
  readonly source: Readonly<Record<string, string | number>>;
}

export interface Bookmark {
  readonly exhibit: string;
  readonly startMs?: number | undefined;
  readonly endMs?: number | undefined;
  readonly words: string;
  readonly status: string;
}

/** All markers of one exhibit, in the order of time; of those that begin together, bookmarks first. */
export function markersOf(
  exhibit: string,
  results: readonly ExaminationResult[],
  bookmarks: readonly Bookmark[],
  text: Text,
): readonly Marker[] {
  const markers: Marker[] = [];
  for (const { startMs, endMs, words, status, exhibit: of } of bookmarks)
    if (of === exhibit && startMs !== undefined)
      markers.push({
        startMs,
        endMs: Math.max(startMs, endMs ?? startMs),
        kind: 'bookmark',
        name: text('bundle:markers.bookmark'),
        words,
        source: { status },
      });
  for (const { method, key, findings } of results)
    for (const [index, finding] of findings.entries())
      for (const { startMs, endMs } of finding.places) {
        if (startMs === undefined) continue;
        markers.push({
          startMs,
          endMs: Math.max(startMs, endMs ?? startMs),
          kind: finding.outcome,
          name: text(`methods/${method.id}:title`),
          words: describeFinding(text, method.id, finding).observation,
          source: { method: method.id, version: method.version, key, finding: index, code: finding.code },
        });
      }
  // Stable: what begins together keeps its order above.
  return markers.sort((a, b) => a.startMs - b.startMs);
}

/** Frames a second of an exhibit's pictures as its packets say, where they were examined. */
export function frameRateOf(results: readonly ExaminationResult[]): number | undefined {
  for (const { method, findings } of results) {
    if (method.id !== 'packets') continue;
    for (const { measures } of findings) {
      const rate = measures['frameRate']?.value;
      if (typeof rate === 'number' && rate > 0 && Number.isFinite(rate)) return rate;
    }
  }
  return undefined;
}
