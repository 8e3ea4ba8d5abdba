import { encodeNpy } from '../../base/npy.ts';
import type { RgbPicture } from '../../media/jpeg-resave.ts';
import { encodePng } from '../../media/png.ts';
import { reduceToGrey } from '../../media/reduce-picture.ts';
import type { MethodContext } from '../method.ts';
import type { Amplify } from './amplify.ts';
import type { ErrorLevels, ErrorLevelSettings } from './error-levels.ts';
import type { Overlay } from './overlay.ts';

/** A tenth larger than the smallest file and six times faster: maps are noise, which hardly shrinks. */
export const mapCompression = 2;

/** Longest side of the overlay: for reports and for a first look; a window draws its own from map and picture. */
const overlayPixels = 1600;

/**
 * Stores the unscaled map, the amplified one, the overlay and the blocks. Gives the artefacts' names. `levels.map` is
 * used up: its buffer moves to a worker. `frame` is the decode index of a film's frame.
 */
export async function keepMaps(
  context: MethodContext,
  levels: ErrorLevels,
  settings: ErrorLevelSettings,
  picture: RgbPicture & { readonly frame?: number },
): Promise<string[]> {
  const { width, height, frame } = picture;
  const suffix = frame === undefined ? '' : `-frame-${String(frame)}`;
  const details = frame === undefined ? {} : { frame };
  const over = { plane: 'picture', ...(frame === undefined ? {} : { frame }) } as const;
  const colour = settings.channels === 'rgb';
  const channels = colour ? 3 : 1;
  const legend = (max: number) => ({ min: 0, max, unit: 'levels', label: 'level' }) as const;
  const common = { kind: 'map', mediaType: 'image/png', over, scale: colour ? 'picture' : 'grey' } as const;
  const size = { width, height };
  const names = [`ela-map${suffix}`, `ela-amplified${suffix}`, `ela-overlay${suffix}`, `ela-blocks${suffix}`] as const;

  // FORENSIC: the unscaled levels are the evidence; everything else can be made from them again.
  await context.keep(
    { ...common, ...size, name: names[0], title: 'map', legend: legend(255) },
    await encodePng({ ...size, channels, data: levels.map }, mapCompression),
    details,
  );
  const below = await reduceToGrey(picture, overlayPixels);
  const laidOver: Overlay = { map: levels.map, ...size, channels, below, scale: settings.scale };
  const overlay = await context.compute<Uint8Array>('overlay', laidOver);
  const amplifying: Amplify = { map: levels.map, scale: settings.scale };
  const amplified = await context.compute<Uint8Array>('amplify', amplifying, [levels.map.buffer]);
  await context.keep(
    { ...common, ...size, name: names[1], title: 'amplified', legend: legend(255 / settings.scale) },
    await encodePng({ ...size, channels, data: amplified }, mapCompression),
    { ...details, scale: settings.scale },
  );
  await context.keep(
    {
      kind: 'map',
      mediaType: 'image/png',
      over,
      scale: 'picture',
      name: names[2],
      title: 'overlay',
      width: below.width,
      height: below.height,
    },
    await encodePng({ width: below.width, height: below.height, channels: 3, data: overlay }, mapCompression),
    { ...details, scale: settings.scale },
  );
  const blocks = levels.blockMean.length;
  await context.keep(
    {
      kind: 'series',
      name: names[3],
      title: 'blocks',
      mediaType: 'application/x-npy',
      columns: [
        { id: 'block', unit: '1' },
        { id: 'x', unit: 'px' },
        { id: 'y', unit: 'px' },
        { id: 'mean', unit: 'levels' },
        { id: 'max', unit: 'levels' },
      ],
      length: blocks,
      draw: 'points',
    },
    encodeNpy(blockRows(levels, settings.blockSize), [blocks, 5]),
    { ...details, blockSize: settings.blockSize },
  );
  return [...names];
}

/** One row a block in reading order: number, left and upper edge in pixels, mean and largest level. */
function blockRows(levels: ErrorLevels, blockSize: number): Float32Array {
  const { blockMean, blockMax, blocksAcross } = levels;
  const rows = new Float32Array(blockMean.length * 5);
  for (let block = 0; block < blockMean.length; block += 1) {
    const column = block % blocksAcross;
    const line = (block - column) / blocksAcross;
    rows.set([block, column * blockSize, line * blockSize, blockMean[block]!, blockMax[block]!], block * 5);
  }
  return rows;
}
