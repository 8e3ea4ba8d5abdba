import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { silent } from '../../../../src/base/progress.ts';
import { readPicture } from '../../../../src/media/picture.ts';
import { compareRows, type RowPair } from '../../../../src/methods/ela/compare-rows.ts';
import { errorLevels, type ErrorLevelSettings } from '../../../../src/methods/ela/error-levels.ts';
import { ela } from '../../../../src/methods/ela/method.ts';
import { goldenPicture } from './golden-picture.ts';

const context = {
  signal: new AbortController().signal,
  progress: silent,
  compute: <T>(_kernel: string, input: unknown) => Promise.resolve(compareRows(input as RowPair) as T),
};

const settings: readonly ErrorLevelSettings[] = [
  { quality: 90, chromaSubsampling: '4:2:0', channels: 'max', blockSize: 16, scale: 15 },
  { quality: 75, chromaSubsampling: '4:4:4', channels: 'luma', blockSize: 8, scale: 20 },
  { quality: 95, chromaSubsampling: '4:2:0', channels: 'rgb', blockSize: 16, scale: 15 },
];

/** Version 2 gives one finding for all frames of a film; its maps are those of version 1. */
const sinceFirst = [
  '867c001166254078e4f1870b03d161aa53c1bb613898c52d4447a9ce7dfb68bb',
  '9dd8c3c5a0c1706210946a4fb18001af28f22ffd9cf52e04a894d94d6e0cf275',
  '3b62fae44e7a70463a83bb767591ad71658da1279f431c2a137304b682252d08',
];
/** Digests of the maps above by version of the method. */
const goldens: Readonly<Record<number, readonly string[]>> = { 1: sinceFirst, 2: sinceFirst };

const instruction =
  'The error-level map of the same picture changed. A library or a kernel gives other samples than before: raise `version` in ' +
  'src/methods/ela/method.ts, say why in its README, and record the new digests here under the new version.';

/** From JPEG bytes to the map: what an exhibit goes through. */
async function digests(): Promise<string[]> {
  const { width, height, data } = goldenPicture();
  const jpeg = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 88, chromaSubsampling: '4:2:0', optimiseCoding: false, mozjpeg: false })
    .toBuffer();
  const picture = await readPicture(jpeg);
  if (picture.status !== 'ok') throw new Error(picture.reason);
  return Promise.all(
    settings.map(async (one) => {
      const levels = await errorLevels(picture.value, one, context);
      const hash = createHash('sha256').update(levels.map);
      return hash.update(levels.blockMax).update(Buffer.from(levels.blockMean.buffer)).digest('hex');
    }),
  );
}

describe('the error-level map', () => {
  it('is the one that this version of the method has always given', async () => {
    expect(await digests(), instruction).toEqual(goldens[ela.version]);
  });
});
