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
  const raster = useMemo(() => (map === undefined ? undefined : rasterOf(map, scale)), [map, scale]);
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

/** Maps that lie over a picture. */
export function isPictureMap(artefact: { readonly kind: string }): artefact is MapArtefact {
  return artefact.kind === 'map' && (artefact as MapArtefact).over?.plane === 'picture';
}

function frameOf({ over }: MapArtefact): number | undefined {
  return over?.plane === 'picture' ? over.frame : undefined;
}
