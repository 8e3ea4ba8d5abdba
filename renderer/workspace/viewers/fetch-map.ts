import type { MapArtefact } from '../../../src/base/artefact.ts';
import { OperationError } from '../../api/call.ts';
import type { ByteMap, Raster } from './raster.ts';

/** A kept map as bytes, and as it looks. */
export interface LoadedMap extends ByteMap {
  readonly raster: Raster;
}

/** Reads a map that an examination kept. Maps are PNG, which loses nothing; 16-bit ones are read to their upper eight bits. */
export async function fetchMap(
  folder: string,
  exhibit: string,
  key: string,
  artefact: MapArtefact,
): Promise<LoadedMap> {
  const query = new URLSearchParams({ case: folder, exhibit, key });
  const response = await fetch(`/artefact/${artefact.sha256}?${query}`);
  if (!response.ok) throw new OperationError('file-not-found', { path: artefact.file });
  // FORENSIC: the browser must not change a value: no colour space, no premultiplied alpha.
  const bitmap = await createImageBitmap(await response.blob(), {
    colorSpaceConversion: 'none',
    premultiplyAlpha: 'none',
  });
  const { width, height } = bitmap;
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  if (context === null) throw new OperationError('defect', { what: 'no canvas' });
  context.drawImage(bitmap, 0, 0);
  bitmap.close();
  const rgba = context.getImageData(0, 0, width, height).data;
  const isColour = artefact.scale === 'picture';
  const channels = isColour ? 3 : 1;
  const data = new Uint8Array(width * height * channels);
  if (isColour)
    for (let i = 0, j = 0; j < data.length; i += 4, j += 3) {
      data[j] = rgba[i]!;
      data[j + 1] = rgba[i + 1]!;
      data[j + 2] = rgba[i + 2]!;
    }
  else for (let i = 0, j = 0; i < rgba.length; i += 4, j += 1) data[j] = rgba[i]!;
  return { width, height, channels, data, raster: { width, height, rgba } };
}
