import { useQuery } from '@tanstack/react-query';
import { useEffect, useMemo, useRef } from 'react';
import type { MapArtefact } from '../../../src/base/artefact.ts';
import type { ColourScale } from '../../../src/base/colour-table.ts';
import type { Unit } from '../../../src/base/finding.ts';
import { useTime } from '../../state/time.ts';
import { useExaminations, useOverview } from '../exhibit-queries.ts';
import type { LensChoice } from '../layout.ts';
import { fetchMap } from './fetch-map.ts';
import type { FrameIdentity, LoadedPicture, PictureSource } from './fetch-pictures.ts';
import { useLoaders, useVersion } from './loaders.ts';
import {
  orientationOfRotation,
  readOrientation,
  widthToAsk,
  type Look,
  type Orientation,
  type Size,
} from './picture-geometry.ts';
import { differenceMap, mapRaster, pictureRaster, type ByteMap, type Raster } from './raster.ts';
import { useMethods } from './use-methods.ts';

/** A quantity that a viewer shows in colour: how its bytes are read. */
export interface Quantity {
  readonly map: ByteMap;
  readonly min: number;
  readonly max: number;
  readonly unit: Unit;
  /** Text key of what it is. */
  readonly label: string;
  readonly gain: number;
  readonly colour: ColourScale;
}

/** What a viewer shows now. */
export interface Shown {
  /** Size of the picture as stored. */
  readonly picture: Size;
  readonly orientation: Orientation;
  readonly raster: Raster | undefined;
  readonly overlay: { readonly raster: Raster; readonly opacity: number } | undefined;
  readonly quantity: Quantity | undefined;
  /** The frame that is drawn, which is the last one while the next is on its way; undefined for a still. */
  readonly frame: FrameIdentity | undefined;
  /** The stored pixels, where they are here as stored. */
  readonly stored: LoadedPicture | undefined;
  /** True while what is drawn is not yet what is asked for. */
  readonly busy: boolean;
  readonly note:
    | { readonly key: string; readonly values?: Record<string, string | number>; readonly frames?: readonly number[] }
    | undefined;
  readonly error: { readonly cause: unknown } | undefined;
}

export interface Asked {
  readonly folder: string;
  readonly exhibit: string;
  readonly viewer: number;
  readonly lens: LensChoice;
  readonly look: Look;
  /** Device pixels of the canvas. */
  readonly canvas: Size;
  /** True where the stored pixels are wanted: somebody reads them. */
  readonly exact: boolean;
}

const aheadScaled = 12;
const aheadNative = 3;

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
  const wanted = useWantedFrame(exhibit, overview?.kind === 'video');
  const direction = useDirection(wanted?.index ?? 0);
  const playing = useTime((state) => state.playing);
  const total = loaders.times(exhibit).total ?? 1;
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
  // A still tells only with its picture how it stands upright.
  const looksAtPicture = lens.kind !== 'live' || asked.exact || source?.stream === null;
  const isReady =
    source !== undefined && size !== undefined && canvas.width > 0 && (wanted !== undefined || source.stream === null);

  useEffect(() => {
    const name = `${viewer}`;
    if (!isReady || !looksAtPicture) loaders.pictures.want(name, null);
    else {
      const ahead = width === 'native' ? aheadNative : aheadScaled;
      loaders.pictures.want(name, {
        source,
        width,
        index,
        direction,
        ahead: source.stream === null ? 0 : ahead,
        total,
      });
    }
  }, [loaders, viewer, isReady, looksAtPicture, source, width, index, direction, total]);
  useEffect(() => () => loaders.pictures.want(`${viewer}`, null), [loaders, viewer]);

  const picture = usePicture(isReady && looksAtPicture ? source : undefined, scaled, index);
  const live = useLive(asked, isReady ? source : undefined, index);
  const difference = useDifference(asked, isReady ? source : undefined, index, wanted?.timeMs ?? 0, picture.stored);
  const map = useMap(asked, source?.stream === null ? undefined : wanted?.index);

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
      return { ...common, overlay: undefined, ...difference, frame: picture.drawn?.frame };
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

/** The frame that the cursor stands on. */
function useWantedFrame(exhibit: string, isFilm: boolean) {
  const times = useLoaders().times(exhibit);
  useVersion(times);
  const cursorMs = useTime((state) => state.cursorMs);
  return isFilm ? times.when(cursorMs) : undefined;
}

function useDirection(index: number): 1 | -1 {
  const last = useRef<{ index: number; direction: 1 | -1 }>({ index, direction: 1 });
  if (last.current.index !== index) last.current = { index, direction: index < last.current.index ? -1 : 1 };
  return last.current.direction;
}

interface PictureShown {
  readonly raster: Raster | undefined;
  readonly drawn: LoadedPicture | undefined;
  readonly stored: LoadedPicture | undefined;
  readonly error: { readonly cause: unknown } | undefined;
}

/** The picture of a frame at the best size that is here; the last one while none is. */
function usePicture(source: PictureSource | undefined, scaled: number | 'native', index: number): PictureShown {
  const { pictures } = useLoaders();
  const last = useRef<{ picture: LoadedPicture; of: string } | undefined>(undefined);
  const of = source === undefined ? '' : `${source.folder} ${source.exhibit}`;
  const native = source === undefined ? undefined : pictures.state(source, 'native', index);
  const small = source === undefined ? undefined : pictures.state(source, scaled, index);
  const stored = native?.state === 'ready' ? native.picture : undefined;
  const ready = stored ?? (small?.state === 'ready' ? small.picture : undefined);
  if (ready !== undefined) last.current = { picture: ready, of };
  // FORENSIC: what stays drawn keeps its own number and hash below it, and never the picture of another exhibit.
  const drawn = ready ?? (last.current?.of === of ? last.current.picture : undefined);
  const raster = useMemo(
    () => (drawn === undefined ? undefined : pictureRaster(drawn.width, drawn.height, drawn.rgb)),
    [drawn],
  );
  const failed =
    small?.state === 'failed' ? small : native?.state === 'failed' && ready === undefined ? native : undefined;
  const error = ready === undefined && failed !== undefined ? { cause: failed.error } : undefined;
  return { raster: error === undefined ? raster : undefined, drawn, stored, error };
}

type Part = Pick<Shown, 'raster' | 'quantity' | 'frame' | 'busy' | 'error' | 'note'>;
const nothing: Part = {
  raster: undefined,
  quantity: undefined,
  frame: undefined,
  busy: false,
  error: undefined,
  note: undefined,
};

/** The picture through a method's live lens; the scale is applied to what is here. */
function useLive({ lens, viewer }: Asked, source: PictureSource | undefined, index: number): Part {
  const { lenses } = useLoaders();
  const methods = useMethods();
  const chosen = lens.kind === 'live' ? lens : undefined;
  const described = methods?.find(({ id }) => id === chosen?.method)?.lens;
  const gainName = described?.gainParameter ?? undefined;
  const defaults = methods?.find(({ id }) => id === chosen?.method)?.defaults;
  const changing = JSON.stringify(
    Object.fromEntries(Object.entries(chosen?.params ?? {}).filter(([name]) => name !== gainName)),
  );
  const method = chosen?.method;
  const wish = useMemo(
    () =>
      source === undefined || method === undefined || described === undefined || described === null
        ? null
        : { source, method, index, params: JSON.parse(changing) as Record<string, unknown> },
    [source, method, described, index, changing],
  );
  useEffect(() => lenses.want(`${viewer}`, wish), [lenses, viewer, wish]);
  const state = wish === null ? undefined : lenses.state(wish);
  const last = useRef<{ lens: NonNullable<typeof ready>; of: string } | undefined>(undefined);
  const of = `${source?.folder} ${source?.exhibit} ${method}`;
  const ready = state?.state === 'ready' ? state.lens : undefined;
  if (ready !== undefined) last.current = { lens: ready, of };
  const drawn = ready ?? (last.current?.of === of ? last.current.lens : undefined);
  const gain = Number((gainName === undefined ? undefined : (chosen?.params[gainName] ?? defaults?.[gainName])) ?? 1);
  const colour = chosen?.colour ?? 'grey';
  const raster = useMemo(
    () => (drawn === undefined ? undefined : mapRaster(drawn, gain, colour)),
    [drawn, gain, colour],
  );
  if (chosen === undefined) return nothing;
  if (state?.state === 'failed') return { ...nothing, error: { cause: state.error } };
  if (drawn === undefined) return { ...nothing, busy: true };
  const { legend } = drawn;
  return {
    ...{ raster, frame: drawn.frame ?? undefined, busy: ready === undefined, error: undefined, note: undefined },
    quantity: {
      ...{ map: drawn, min: 0, max: legend.max, unit: legend.unit, gain, colour },
      label: `methods/${chosen.method}:measures.${legend.label}`,
    },
  };
}

/** The difference to another frame, from the stored pixels of both. */
function useDifference(
  { folder, exhibit, lens, viewer }: Asked,
  source: PictureSource | undefined,
  index: number,
  timeMs: number,
  here: LoadedPicture | undefined,
): Part {
  const loaders = useLoaders();
  const { pictures } = loaders;
  const chosen = lens.kind === 'difference' ? lens : undefined;
  const otherId = chosen?.exhibit ?? exhibit;
  const overview = useOverview(folder, chosen === undefined ? null : otherId).data;
  const times = loaders.times(otherId);
  useVersion(times);
  const otherStream = overview?.video?.stream ?? null;
  // Of another exhibit, "here" is the frame that it shows at the same time.
  const base = otherId === exhibit ? index : otherStream === null ? 0 : times.when(timeMs)?.index;
  const number =
    chosen === undefined || base === undefined
      ? undefined
      : chosen.frame.from === 'start'
        ? chosen.frame.number
        : base + chosen.frame.offset;
  const total = otherStream === null ? 1 : times.total;
  const exists = number !== undefined && total !== null && number >= 0 && number < total;
  const other = useMemo<PictureSource | undefined>(
    () =>
      chosen === undefined || overview === undefined ? undefined : { folder, exhibit: otherId, stream: otherStream },
    [chosen === undefined, overview, folder, otherId, otherStream],
  );
  useEffect(() => {
    const wish = {
      source: other!,
      width: 'native' as const,
      index: number ?? 0,
      direction: 1 as const,
      ahead: 0,
      total: total ?? 1,
    };
    pictures.want(`${viewer} other`, other === undefined || !exists ? null : wish);
  }, [pictures, viewer, other, number, exists, total]);
  useEffect(() => () => pictures.want(`${viewer} other`, null), [pictures, viewer]);
  const state = other === undefined || !exists ? undefined : pictures.state(other, 'native', number);
  const there = state?.state === 'ready' ? state.picture : undefined;
  const map = useMemo(
    () => (here === undefined || there === undefined ? undefined : { difference: differenceMap(here, there) }),
    [here, there],
  );
  const difference = map?.difference;
  const [gain, colour] = [chosen?.gain ?? 1, chosen?.colour ?? 'grey'];
  const raster = useMemo(
    () => (difference === undefined ? undefined : mapRaster(difference, gain, colour)),
    [difference, gain, colour],
  );
  if (chosen === undefined || source === undefined) return nothing;
  if (number !== undefined && total !== null && !exists)
    return { ...nothing, note: { key: 'difference.noFrame', values: { frame: number, exhibit: otherId } } };
  if (state?.state === 'failed') return { ...nothing, error: { cause: state.error } };
  if (map !== undefined && difference === undefined)
    return {
      ...nothing,
      note: {
        key: 'difference.sizes',
        values: { here: `${here?.width} × ${here?.height}`, there: `${there?.width} × ${there?.height}` },
      },
    };
  if (difference === undefined) return { ...nothing, busy: true };
  return {
    ...nothing,
    raster,
    quantity: {
      map: difference,
      min: 0,
      max: 255,
      unit: 'levels',
      label: 'window/viewers:difference.label',
      gain,
      colour,
    },
  };
}

/** A kept map over the frame that it was made of. */
function useMap({ folder, exhibit, lens }: Asked, index: number | undefined): Part {
  const chosen = lens.kind === 'map' ? lens : undefined;
  const examinations = useExaminations(folder, chosen === undefined ? null : exhibit).data?.examinations;
  const maps = (examinations ?? [])
    .filter(({ method }) => method === chosen?.method)
    .flatMap(({ key, artefacts }) => artefacts.filter(isPictureMap).map((artefact) => ({ key, artefact })))
    .filter(({ artefact }) => artefact.title === chosen?.title);
  const found = maps.find(({ artefact }) => frameOf(artefact) === undefined || frameOf(artefact) === index);
  const image = useQuery({
    queryKey: ['map', { folder, exhibit, sha256: found?.artefact.sha256 }],
    queryFn: () => fetchMap(folder, exhibit, found?.key ?? '', found!.artefact),
    enabled: found !== undefined,
    gcTime: 10_000,
  });
  const artefact = found?.artefact;
  const map = image.data;
  const scale = artefact?.scale ?? 'grey';
  const raster = useMemo(
    () =>
      map === undefined ? undefined : scale === 'picture' || map.channels === 3 ? map.raster : mapRaster(map, 1, scale),
    [map, scale],
  );
  if (chosen === undefined) return nothing;
  if (examinations !== undefined && maps.length === 0) return { ...nothing, note: { key: 'map.none' } };
  if (examinations !== undefined && found === undefined) {
    const frames = maps.flatMap(({ artefact: one }) => frameOf(one) ?? []).sort((a, b) => a - b);
    return { ...nothing, note: { key: 'map.otherFrames', frames } };
  }
  if (image.isError) return { ...nothing, error: { cause: image.error } };
  if (map === undefined) return { ...nothing, busy: true };
  const legend = artefact?.legend;
  return {
    ...nothing,
    raster,
    quantity:
      legend === undefined
        ? undefined
        : {
            ...{ map, min: legend.min, max: legend.max, unit: legend.unit, gain: 1 },
            ...{
              colour: scale === 'picture' ? 'grey' : scale,
              label: `methods/${chosen.method}:measures.${legend.label}`,
            },
          },
  };
}

/** Maps that lie over a picture. */
export function isPictureMap(artefact: { readonly kind: string }): artefact is MapArtefact {
  return artefact.kind === 'map' && (artefact as MapArtefact).over?.plane === 'picture';
}

function frameOf({ over }: MapArtefact): number | undefined {
  return over?.plane === 'picture' ? over.frame : undefined;
}
