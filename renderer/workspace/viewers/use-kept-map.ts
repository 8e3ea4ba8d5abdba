import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { MapArtefact } from '../../../src/base/artefact.ts';
import { useExaminations } from '../exhibit-queries.ts';
import { fetchMap, type LoadedMap } from './fetch-map.ts';
import { mapRaster, type Raster } from './raster.ts';
import { nothing, type Asked, type Part } from './shown.ts';

/** A kept map over the frame that it was made of. */
export function useKeptMap({ folder, exhibit, lens }: Asked, index: number | undefined): Part {
  const chosen = lens.kind === 'map' ? lens : undefined;
  const examinations = useExaminations(folder, chosen === undefined ? null : exhibit).data?.examinations;
  const maps = (examinations ?? [])
    .filter(({ method }) => method === chosen?.method)
    .flatMap(({ key, artefacts }) => artefacts.filter(isPictureMap).map((artefact) => ({ key, artefact })))
    .filter(({ artefact }) => artefact.title === chosen?.title);
  // Of several runs the latest.
  const found = maps.findLast(({ artefact }) => frameOf(artefact) === undefined || frameOf(artefact) === index);
  const image = useQuery({
    queryKey: ['map', { folder, exhibit, sha256: found?.artefact.sha256 }],
    queryFn: () => fetchMap(folder, exhibit, found?.key ?? '', found!.artefact),
    enabled: found !== undefined,
    gcTime: 10_000,
  });
  const artefact = found?.artefact;
  const map = image.data;
  const scale = artefact?.scale ?? 'grey';
  const isEverywhere = artefact !== undefined && frameOf(artefact) === undefined;
  const raster = useMemo(
    () => (map === undefined ? undefined : isEverywhere ? glowing(rasterOf(map, scale), map) : rasterOf(map, scale)),
    [map, scale, isEverywhere],
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

function rasterOf(map: LoadedMap, scale: MapArtefact['scale']): Raster {
  return scale === 'picture' || map.channels === 3 ? map.raster : mapRaster(map, 1, scale);
}

/** Values from here on, of 255, lie fully over the picture. */
const fullGlow = 128;

/** A map of the whole film lies over many frames: where it says little the picture stays to be seen. */
function glowing(raster: Raster, { data, channels }: LoadedMap): Raster {
  if (channels !== 1 || data.length * 4 !== raster.rgba.length) return raster;
  const rgba = new Uint8ClampedArray(raster.rgba);
  for (let i = 0; i < data.length; i += 1) rgba[i * 4 + 3] = Math.min(255, ((data[i] ?? 0) * 255) / fullGlow);
  return { ...raster, rgba };
}

/** Maps that lie over a picture. */
export function isPictureMap(artefact: { readonly kind: string }): artefact is MapArtefact {
  return artefact.kind === 'map' && (artefact as MapArtefact).over?.plane === 'picture';
}

function frameOf({ over }: MapArtefact): number | undefined {
  return over?.plane === 'picture' ? over.frame : undefined;
}
