import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { frameIndex } from '../../../src/contract/window-operations.ts';
import { call } from '../../api/call.ts';
import { framesOnPage, type FramePage } from '../viewers/frame-times.ts';

/** Time of a frame by its number; undefined where it is not known (yet). */
export type TimeOfFrame = (frame: number) => number | undefined;

type AskPage = (place: { from: number; count: number }) => Promise<Pick<FramePage, 'from' | 'timesMs'>>;

/** Pages that are asked for at the most: findings all over a film of hours must not fetch all of its times. */
const mostPages = 64;

/** Presentation times of these frames, fetched by the page. Frames without a time are left out. */
export async function timesOfFrames(ask: AskPage, frames: readonly number[]): Promise<ReadonlyMap<number, number>> {
  const times = new Map<number, number>();
  const pages = [...new Set(frames.map((frame) => Math.floor(frame / framesOnPage)))].slice(0, mostPages);
  for (const page of pages) {
    const { from, timesMs } = await ask({ from: page * framesOnPage, count: framesOnPage });
    for (const frame of frames) {
      const ms = timesMs[frame - from];
      if (typeof ms === 'number') times.set(frame, ms);
    }
  }
  return times;
}

/** Looks up when frames are shown that are known by their number alone. */
export function useFrameMoments(folder: string, exhibit: string, frames: readonly number[]): TimeOfFrame {
  const names = [...new Set(frames)].sort((a, b) => a - b).join(' ');
  const { data } = useQuery({
    queryKey: [frameIndex.name, 'moments', { folder, exhibit, names }],
    queryFn: ({ signal }) =>
      timesOfFrames((place) => call(frameIndex, { folder, exhibit, ...place }, signal), names.split(' ').map(Number)),
    enabled: names !== '',
    staleTime: Infinity,
  });
  return useMemo(() => (frame) => data?.get(frame), [data]);
}
