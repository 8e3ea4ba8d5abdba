import { useMemo } from 'react';
import type { LoadedPicture, PictureSource } from './fetch-pictures.ts';
import { useLoaders } from './loaders.ts';
import { pictureRaster, type Raster } from './raster.ts';
import { useLast } from './use-last.ts';

export interface PictureShown {
  readonly raster: Raster | undefined;
  readonly drawn: LoadedPicture | undefined;
  readonly stored: LoadedPicture | undefined;
  readonly error: { readonly cause: unknown } | undefined;
}

/** The picture of a frame at the best size that is here; the last one while none is. */
export function usePicture(
  source: PictureSource | undefined,
  scaled: number | 'native',
  index: number,
  quick: number | undefined,
): PictureShown {
  const { pictures } = useLoaders();
  const owner = source === undefined ? '' : `${source.folder} ${source.exhibit}`;
  const native = source === undefined ? undefined : pictures.state(source, 'native', index);
  const small = source === undefined ? undefined : pictures.state(source, scaled, index);
  const sketch = source === undefined || quick === undefined ? undefined : pictures.state(source, quick, index);
  const stored = native?.state === 'ready' ? native.picture : undefined;
  const ready =
    stored ??
    (small?.state === 'ready' ? small.picture : undefined) ??
    (sketch?.state === 'ready' ? sketch.picture : undefined);
  // FORENSIC: what stays drawn keeps its own number and hash below it, and never the picture of another exhibit.
  const drawn = useLast(ready, owner);
  const raster = useMemo(
    () => (drawn === undefined ? undefined : pictureRaster(drawn.width, drawn.height, drawn.rgb)),
    [drawn],
  );
  const failed =
    small?.state === 'failed' ? small : native?.state === 'failed' && ready === undefined ? native : undefined;
  const error = ready === undefined && failed !== undefined ? { cause: failed.error } : undefined;
  return { raster: error === undefined ? raster : undefined, drawn, stored, error };
}
