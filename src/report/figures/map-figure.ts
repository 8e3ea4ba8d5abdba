import sharp, { type Metadata, type Sharp } from 'sharp';
import type { MapArtefact } from '../../base/artefact.ts';
import { colourTable } from '../../base/colour-table.ts';
import type { PictureFigure } from './figure.ts';

/** Largest size in pixels at which a report shows a picture of a scene, and a sheet or a plane (which fills the page's width). */
const sceneBounds = { width: 640, height: 640 };
const sheetBounds = { width: 1000, height: 900 };
/** SECURITY: bound on what is decoded, whatever a header claims. */
const limitInputPixels = 120_000_000;

/**
 * A map as an 8-bit PNG: a picture as it is, a quantity through its colour scale, both made smaller (never larger) to fit a
 * page. Sizes are stated beside it. Throws when the bytes are no picture of the size that the artefact says.
 */
export async function mapFigure(map: MapArtefact, bytes: Uint8Array): Promise<PictureFigure> {
  const bounds = map.over?.plane === 'picture' ? sceneBounds : sheetBounds;
  const share = Math.min(1, bounds.width / map.width, bounds.height / map.height);
  const width = Math.max(1, Math.round(map.width * share));
  const height = Math.max(1, Math.round(map.height * share));
  const source = sharp(bytes, { limitInputPixels, failOn: 'error' });
  const header = await source.metadata();
  if (header.width !== map.width || header.height !== map.height)
    throw new RangeError('not the size that it should have');
  const png =
    map.scale === 'picture'
      ? await picture(source, width, height)
      : await coloured(source, map.scale, header, width, height);
  return { kind: 'picture', png, shownWidth: width, shownHeight: height, fullWidth: map.width, fullHeight: map.height };
}

// Fixed options: the same artefact gives the same bytes in every report.
const encoding = { compressionLevel: 6, adaptiveFiltering: false, palette: false, progressive: false } as const;

async function picture(source: Sharp, width: number, height: number): Promise<Uint8Array> {
  const small = source.toColourspace('srgb').resize(width, height, { fit: 'fill', kernel: 'lanczos3' });
  return new Uint8Array(await small.png(encoding).toBuffer());
}

/** Averages the quantity down, then colours it: a colour of an average, never an average of colours. */
async function coloured(
  source: Sharp,
  scale: Exclude<MapArtefact['scale'], 'picture'>,
  header: Metadata,
  width: number,
  height: number,
): Promise<Uint8Array> {
  const deep = header.depth === 'ushort';
  const { data, info } = await source
    .removeAlpha()
    .toColourspace(deep ? 'grey16' : 'b-w')
    .resize(width, height, { fit: 'fill', kernel: 'linear' })
    .raw({ depth: deep ? 'ushort' : 'uchar' })
    .toBuffer({ resolveWithObject: true });
  const levels = deep ? new Uint16Array(Uint8Array.from(data).buffer) : data;
  const table = colourTable(scale);
  const rgb = new Uint8Array(width * height * 3);
  for (let i = 0; i < width * height; i += 1) {
    const level = levels[i * info.channels] ?? 0;
    const step = (deep ? Math.round(level / 257) : level) * 3;
    rgb.set(table.subarray(step, step + 3), i * 3);
  }
  return new Uint8Array(
    await sharp(rgb, { raw: { width, height, channels: 3 } })
      .png(encoding)
      .toBuffer(),
  );
}
