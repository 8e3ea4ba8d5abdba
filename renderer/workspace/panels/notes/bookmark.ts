import type { Place } from '../../../../src/base/finding.ts';
import type { NoteBody } from '../../../../src/contract/window-operations.ts';
import type { Region } from '../../../state/region.ts';
import type { NoteOf } from '../../../judge/use-judgement.ts';

export type BookmarkBody = Extract<NoteBody, { kind: 'bookmark' }>;

/** What the window points at when a bookmark is made. */
export interface PointedAt {
  readonly exhibit: string;
  /** False for a still picture, which has no time. */
  readonly hasTime: boolean;
  readonly cursorMs: number;
  readonly selected: { readonly startMs: number; readonly endMs: number } | null;
  readonly region: Region | null;
  /** Frame under the cursor, where it is known. */
  readonly frame?: number | undefined;
}

/** A bookmark of what the window points at: the selected span, else the moment with its frame; and the marked region. */
export function newBookmark({ exhibit, hasTime, cursorMs, selected, region, frame }: PointedAt): BookmarkBody {
  const moment = { startMs: cursorMs, ...(frame === undefined ? {} : { frame }) };
  return {
    kind: 'bookmark',
    exhibit,
    ...(hasTime ? (selected === null ? moment : { startMs: selected.startMs, endMs: selected.endMs }) : {}),
    ...(region?.exhibit !== exhibit
      ? {}
      : { region: { x: region.x, y: region.y, width: region.width, height: region.height } }),
    words: '',
    status: 'to-check',
  };
}

/** Where a bookmark stands. */
export function placeOfBookmark({ startMs, endMs, frame, region }: BookmarkBody): Place {
  return {
    ...(startMs === undefined ? {} : { startMs }),
    ...(endMs === undefined ? {} : { endMs }),
    ...(frame === undefined ? {} : { frame }),
    ...(region === undefined ? {} : { region }),
  };
}

/** Bookmarks in the order of time; those without a time first, as they were made. */
export function byTime(bookmarks: readonly NoteOf<'bookmark'>[]): NoteOf<'bookmark'>[] {
  return bookmarks.toSorted((a, b) => (a.body.startMs ?? -Infinity) - (b.body.startMs ?? -Infinity) || 0);
}
