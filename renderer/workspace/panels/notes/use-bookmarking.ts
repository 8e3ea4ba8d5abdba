import { useEffect } from 'react';
import { create } from 'zustand';
import { frameIndex } from '../../../../src/contract/window-operations.ts';
import { call } from '../../../api/call.ts';
import { judge } from '../../../judge/undo.ts';
import { useCommands } from '../../../state/commands.ts';
import { useRegion } from '../../../state/region.ts';
import { useSession } from '../../../state/session.ts';
import { useTime } from '../../../state/time.ts';
import { useLayout } from '../../layout-store.ts';
import { useOverview } from '../../exhibit-queries.ts';
import { newBookmark } from './bookmark.ts';

interface Bookmarking {
  /** Note whose words are being written. */
  readonly writing: string | null;
  /** Why the last bookmark could not be made. */
  readonly error: unknown;
}

/** What is being done with bookmarks, from any place in the workspace. */
export const useBookmarking = create<Bookmarking>()(() => ({ writing: null, error: null }));

/** Bookmarks what the window points at, then shows the notes with the keyboard in the bookmark's words. */
export async function addBookmark(folder: string, exhibit: string, kind: string): Promise<void> {
  const { cursorMs, selected } = useTime.getState();
  const { region } = useRegion.getState();
  const hasTime = kind === 'video' || kind === 'sound';
  try {
    const frame = kind === 'video' && selected === null ? await frameAt(folder, exhibit, cursorMs) : undefined;
    const note = await judge(folder, newBookmark({ exhibit, hasTime, cursorMs, selected, region, frame }));
    useBookmarking.setState({ writing: note.id, error: null });
  } catch (error) {
    useBookmarking.setState({ error });
  }
  useLayout.getState().change({ panel: 'notes' });
}

/** Frame that is shown at a time; undefined where that is not known yet: a bookmark does not wait for it. */
async function frameAt(folder: string, exhibit: string, atMs: number): Promise<number | undefined> {
  try {
    const page = await call(frameIndex, { folder, exhibit, from: 0, atMs, count: 256 });
    const after = page.timesMs.findIndex((time) => time !== null && time > atMs + halfMs);
    const last = after === -1 ? page.timesMs.length - 1 : after - 1;
    return last < 0 ? undefined : page.from + last;
  } catch {
    return undefined;
  }
}

/** The cursor stands on a frame's time to within what rounding leaves. */
const halfMs = 0.5;

/** The command `bookmark` on B, as long as an exhibit is shown. */
export function useBookmarkCommand(folder: string, exhibit: string): void {
  const kind = useOverview(folder, exhibit).data?.kind;
  useEffect(
    () =>
      useCommands.getState().add([
        {
          id: 'bookmark',
          keys: ['b'],
          group: 'judge',
          enabled: () => kind !== undefined && !useSession.getState().readOnly,
          run: () => void addBookmark(folder, exhibit, kind ?? 'other'),
        },
      ]),
    [folder, exhibit, kind],
  );
}
