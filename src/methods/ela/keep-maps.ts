import { encodeNpy } from '../../base/npy.ts';
import { encodePng } from '../../media/png.ts';
import type { MethodContext } from '../method.ts';
import type { ErrorLevels, ErrorLevelSettings } from './error-levels.ts';

/** A tenth larger than the smallest file and six times faster: maps are noise, which hardly shrinks. */
const mapCompression = 2;

export interface MapPlace {
  readonly width: number;
  readonly height: number;
  /** Decode index of the frame; undefined for a still picture. */
  readonly frame?: number;
}

/**
 * Stores the unscaled map, the amplified one, the overlay and the blocks. Gives the artefacts' names. `levels.map` is
 * used up: its buffer moves to a worker.
 */
export async function keepMaps(
  context: MethodContext,
  levels: ErrorLevels,
  settings: ErrorLevelSettings,
  place: MapPlace,
): Promise<string[]> {
  const { width, height, frame } = place;
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
  const amplified = await context.compute<Uint8Array>('amplify', { map: levels.map, scale: settings.scale }, [
    levels.map.buffer as ArrayBuffer,
  ]);
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
      width: levels.overlay.width,
      height: levels.overlay.height,
    },
    await encodePng({ ...levels.overlay, channels: 3 }),
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
