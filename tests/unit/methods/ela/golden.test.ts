import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { silent } from '../../../../src/base/progress.ts';
import { readPicture } from '../../../../src/media/picture.ts';
import { errorLevels, type ErrorLevelSettings } from '../../../../src/methods/ela/error-levels.ts';
import { examineRows, type ExamineRows } from '../../../../src/methods/ela/examine-rows.ts';
import { ela } from '../../../../src/methods/ela/method.ts';
import { goldenPicture } from './golden-picture.ts';

const context = {
  signal: new AbortController().signal,
  progress: silent,
  compute: <T>(_kernel: string, input: unknown) => Promise.resolve(examineRows(input as ExamineRows) as T),
};

const settings: readonly ErrorLevelSettings[] = [
  { quality: 90, chromaSubsampling: '4:2:0', channels: 'max', blockSize: 16, scale: 15 },
  { quality: 75, chromaSubsampling: '4:4:4', channels: 'luma', blockSize: 8, scale: 20 },
  { quality: 95, chromaSubsampling: '4:2:0', channels: 'rgb', blockSize: 16, scale: 15 },
];

/** Digests of the maps above by version of the method. */
const goldens: Readonly<Record<number, readonly string[]>> = {
  1: [
    'bf7e31ed61a812f0c2de615117aa4a916fffe59e2a06e9b4ecb8a28fc04ac90d',
    '1694ad3132b2cbdd6e7f625e9df3baece5463b872d9ba75162549e2b238b09fc',
    '02fa193aeeb93df37ec94637a033848e381f8dc944816762422894065d9af26d',
  ],
};

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
      const hash = createHash('sha256').update(levels.map).update(levels.overlay.data);
      return hash.update(levels.blockMax).update(Buffer.from(levels.blockMean.buffer)).digest('hex');
    }),
  );
}

describe('the error-level map', () => {
  it('is the one that this version of the method has always given', async () => {
    expect(await digests(), instruction).toEqual(goldens[ela.version]);
  });
});
