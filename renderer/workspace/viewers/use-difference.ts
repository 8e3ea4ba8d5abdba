import { useEffect, useMemo } from 'react';
import { useOverview } from '../exhibit-queries.ts';
import type { LoadedPicture, PictureSource } from './fetch-pictures.ts';
import { useLoaders, useVersion } from './loaders.ts';
import { differenceMap, mapRaster } from './raster.ts';
import { nothing, type Asked, type Part } from './shown.ts';
import { useLast } from './use-last.ts';

/** The difference to another frame, from the stored pixels of both. */
export function useDifference(
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
  const isChosen = chosen !== undefined;
  const other = useMemo<PictureSource | undefined>(
    () => (!isChosen || overview === undefined ? undefined : { folder, exhibit: otherId, stream: otherStream }),
    [isChosen, overview, folder, otherId, otherStream],
  );
  useEffect(() => {
    const name = `${viewer} other`;
    if (other === undefined || number === undefined || total === null || !exists) pictures.want(name, null);
    else pictures.want(name, { source: other, width: 'native', index: number, direction: 1, ahead: 0, total });
  }, [pictures, viewer, other, number, exists, total]);
  useEffect(() => () => pictures.want(`${viewer} other`, null), [pictures, viewer]);
  const state = other === undefined || !exists ? undefined : pictures.state(other, 'native', number);
  const there = state?.state === 'ready' ? state.picture : undefined;
  const fresh = useMemo(
    () =>
      here === undefined || there === undefined
        ? undefined
        : { difference: differenceMap(here, there), frame: here.frame, here, there },
    [here, there],
  );
  const compared = useLast(fresh, `${folder} ${exhibit} ${otherId}`);
  const difference = compared?.difference;
  const [gain, colour] = [chosen?.gain ?? 1, chosen?.colour ?? 'grey'];
  const raster = useMemo(
    () => (difference === undefined ? undefined : mapRaster(difference, gain, colour)),
    [difference, gain, colour],
  );
  if (chosen === undefined || source === undefined) return nothing;
  if (number !== undefined && total !== null && !exists)
    return { ...nothing, note: { key: 'difference.noFrame', values: { frame: number, exhibit: otherId } } };
  if (state?.state === 'failed') return { ...nothing, error: { cause: state.error } };
  if (compared !== undefined && difference === undefined)
    return {
      ...nothing,
      note: {
        key: 'difference.sizes',
        values: {
          here: `${compared.here.width} × ${compared.here.height}`,
          there: `${compared.there.width} × ${compared.there.height}`,
        },
      },
    };
  if (difference === undefined) return { ...nothing, busy: true };
  return {
    ...nothing,
    ...{ raster, frame: compared?.frame, busy: fresh === undefined },
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
