import { useEffect, useMemo, useState } from 'react';
import { useTime } from '../../state/time.ts';
import { useOverview } from '../exhibit-queries.ts';
import type { FrameIdentity, PictureSource } from './fetch-pictures.ts';
import { useLoaders, useVersion } from './loaders.ts';
import { orientationOfRotation, readOrientation, widthToAsk } from './picture-geometry.ts';
import { nothing, type Asked, type Shown } from './shown.ts';
import { useDifference } from './use-difference.ts';
import { useKeptMap } from './use-kept-map.ts';
import { useLive } from './use-live.ts';
import { usePicture } from './use-picture.ts';
import { useViewerMs } from './viewer-time.ts';

/** Frames fetched ahead for a person who steps; one who jumps about is not kept waiting by what they may never step to. */
const aheadScaled = { stepping: 12, jumping: 3 };
const aheadNative = 3;
/** Frames that a step goes at the most. */
const stepFrames = 3;
/** Width of the picture that is shown first after a jump, where the viewer is wider. */
const quickWidth = 640;
/** Up to this width the picture itself comes as soon as a small one would. */
const wideFrom = 1000;

/** Finds out what a viewer shows, and asks for what it lacks. */
export function useShown(asked: Asked): Shown | undefined {
  const { folder, exhibit, viewer, lens, look, canvas } = asked;
  const loaders = useLoaders();
  useVersion(loaders.pictures);
  useVersion(loaders.lenses);
  const overview = useOverview(folder, exhibit).data;
  const source = useMemo<PictureSource | undefined>(
    () => (overview === undefined ? undefined : { folder, exhibit, stream: overview.video?.stream ?? null }),
    [folder, exhibit, overview],
  );
  const wanted = useWantedFrame(exhibit, overview?.kind === 'video', viewer);
  const { direction, isStepping } = useMovement(wanted?.index ?? 0);
  const playing = useTime((state) => state.playing);
  const total = Math.max(1, loaders.times(exhibit).reach);
  const size = overview?.video ?? overview?.picture ?? undefined;
  const index = wanted?.index ?? 0;

  const still =
    overview?.video === null && source !== undefined ? loaders.pictures.state(source, 'native', 0) : undefined;
  const orientation =
    overview?.video !== null && overview?.video !== undefined
      ? orientationOfRotation(overview.video.rotationDeg)
      : still?.state === 'ready'
        ? readOrientation(still.picture.orientation)
        : 1;
  const scaled = size === undefined ? 'native' : widthToAsk(size, orientation, canvas, look);
  const isDifference = lens.kind === 'difference';
  const width = source?.stream === null || isDifference || (asked.exact && !playing) ? 'native' : scaled;
  const pixelsAcross = width === 'native' ? (size?.width ?? 0) : width;
  const quick = source?.stream !== null && pixelsAcross > wideFrom ? quickWidth : undefined;
  // A still tells only with its picture how it stands upright.
  const looksAtPicture = lens.kind !== 'live' || asked.exact || source?.stream === null;
  const isReady =
    source !== undefined && size !== undefined && canvas.width > 0 && (wanted !== undefined || source.stream === null);

  useEffect(() => {
    const name = `${viewer}`;
    if (!isReady || !looksAtPicture) loaders.pictures.want(name, null);
    else {
      const scaledAhead = isStepping || playing ? aheadScaled.stepping : aheadScaled.jumping;
      const ahead = width === 'native' ? aheadNative : scaledAhead;
      loaders.pictures.want(name, {
        source,
        width,
        index,
        direction,
        ahead: source.stream === null ? 0 : ahead,
        total,
        quick,
      });
    }
  }, [loaders, viewer, isReady, looksAtPicture, source, width, index, direction, isStepping, playing, total, quick]);
  useEffect(() => () => loaders.pictures.want(`${viewer}`, null), [loaders, viewer]);

  const picture = usePicture(isReady && looksAtPicture ? source : undefined, scaled, index, quick);
  const live = useLive(asked, isReady ? source : undefined, index);
  const difference = useDifference(asked, isReady ? source : undefined, index, wanted?.timeMs ?? 0, picture.stored);
  const map = useKeptMap(asked, source?.stream === null ? undefined : wanted?.index);

  if (overview === undefined || size === undefined) return undefined;
  const common = { picture: size, orientation, stored: picture.stored };
  const isShown = (frame: FrameIdentity | undefined | null): boolean =>
    frame === undefined || frame === null || frame.index === index;
  const times = loaders.times(exhibit);
  if (overview.video !== null && (times.total === 0 || times.error !== undefined))
    return {
      ...{ ...common, ...nothing, overlay: undefined },
      error: times.error === undefined ? undefined : { cause: times.error },
      note: times.error === undefined ? { key: 'noTimes' } : undefined,
    };
  switch (lens.kind) {
    case 'picture':
      return {
        ...common,
        ...{ raster: picture.raster, frame: picture.drawn?.frame, error: picture.error, note: undefined },
        ...{ overlay: undefined, quantity: undefined },
        busy: picture.error === undefined && (picture.raster === undefined || !isShown(picture.drawn?.frame)),
      };
    case 'live':
      return { ...common, overlay: undefined, ...live, busy: live.busy || !isShown(live.frame) };
    case 'difference':
      return { ...common, overlay: undefined, ...difference, busy: difference.busy || !isShown(difference.frame) };
    case 'map':
      return {
        ...common,
        ...{ raster: picture.raster, frame: picture.drawn?.frame, error: picture.error ?? map.error, note: map.note },
        overlay:
          map.raster === undefined || !isShown(picture.drawn?.frame)
            ? undefined
            : { raster: map.raster, opacity: lens.opacity },
        ...{ quantity: map.quantity, busy: picture.raster === undefined || map.busy || !isShown(picture.drawn?.frame) },
      };
  }
}

/** The frame at the viewer's time. */
function useWantedFrame(exhibit: string, isFilm: boolean, viewer: number) {
  const times = useLoaders().times(exhibit);
  useVersion(times);
  const atMs = useViewerMs(viewer);
  return isFilm ? times.when(atMs) : undefined;
}

/** Which way the person goes through the frames, and whether one by one. */
function useMovement(index: number): { readonly direction: 1 | -1; readonly isStepping: boolean } {
  const [last, setLast] = useState({ index, direction: 1 as 1 | -1, isStepping: false });
  if (index === last.index) return last;
  const by = index - last.index;
  const now = { index, direction: by < 0 ? (-1 as const) : (1 as const), isStepping: Math.abs(by) <= stepFrames };
  setLast(now);
  return now;
}
