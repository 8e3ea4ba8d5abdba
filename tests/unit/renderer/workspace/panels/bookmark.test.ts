import { describe, expect, it } from 'vitest';
import {
  byTime,
  newBookmark,
  placeOfBookmark,
  type BookmarkBody,
} from '../../../../../renderer/workspace/panels/notes/bookmark.ts';

const pointed = { exhibit: 'E001', hasTime: true, cursorMs: 40, selected: null, region: null };
const region = { exhibit: 'E001', x: 1, y: 2, width: 3, height: 4 };

describe('a new bookmark', () => {
  it('is the moment of the cursor with its frame', () => {
    expect(newBookmark({ ...pointed, frame: 1 })).toEqual({
      ...{ kind: 'bookmark', exhibit: 'E001', startMs: 40, frame: 1, words: '', status: 'to-check' },
    });
  });

  it('is the selected span where there is one', () => {
    const body = newBookmark({ ...pointed, selected: { startMs: 10, endMs: 90 }, frame: 1 });
    expect(placeOfBookmark(body)).toEqual({ startMs: 10, endMs: 90 });
  });

  it('holds the marked region of its own exhibit, never that of another', () => {
    expect(newBookmark({ ...pointed, region }).region).toEqual({ x: 1, y: 2, width: 3, height: 4 });
    expect(newBookmark({ ...pointed, region: { ...region, exhibit: 'E002' } }).region).toBeUndefined();
  });

  it('of a still picture has no time', () => {
    expect(placeOfBookmark(newBookmark({ ...pointed, hasTime: false, region }))).toEqual({
      region: { x: 1, y: 2, width: 3, height: 4 },
    });
  });
});

it('bookmarks stand in the order of time, those without one first', () => {
  const note = (id: string, startMs?: number) => {
    const body: BookmarkBody = {
      ...{ kind: 'bookmark', exhibit: 'E001', words: '', status: 'to-check' },
      ...(startMs === undefined ? {} : { startMs }),
    };
    return { id, at: '2026-01-01T00:00:00Z', actor: 'A', body };
  };
  expect(byTime([note('a', 90), note('b', 10), note('c')]).map(({ id }) => id)).toEqual(['c', 'b', 'a']);
});
