import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { extractFrames, type KnownFrame } from '../../../src/media/decode/extract-frames.ts';
import type { ToolRun } from '../../../src/tools/run-tool.ts';
import { DecodeClips, decodePicture } from '../../support/decode-clips.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const clips = new DecodeClips();
const { file } = clips;
beforeAll(() => clips.make());
afterAll(() => {
  clips.remove();
});

describe('extractFrames', () => {
  it.each(['h264.mp4', 'mpeg4.avi', 'mjpeg.avi', 'vp9.webm', 'vfr.mkv', 'sizes.ts', 'flipped.mp4'])(
    'takes the frames of %s that the whole decode numbered so',
    async (name) => {
      const { hashes } = await decodePicture(file(name));
      const indexes = [...new Set([0, 1, 7, hashes.length >> 1, hashes.length - 1])].filter(
        (index) => index < hashes.length,
      );
      const media = await openMedia(file(name));
      const pictures = await extractFrames({ media, toolbox: testToolbox, stream: 0, indexes: [...indexes].reverse() });
      expect(pictures.map(({ index, pts, hash }) => [index, pts, hash])).toEqual(
        indexes.sort((a, b) => a - b).map((index) => [index, hashes[index]?.pts, hashes[index]?.hash]),
      );
      await media.close();
    },
  );

  it('is quick near a known frame, and gives the same picture', async () => {
    const { hashes } = await decodePicture(file('long.mp4'));
    const known = new Map<number, KnownFrame>(hashes.map((hash) => [hash.index, hash]));
    const media = await openMedia(file('long.mp4'));
    const runs: string[][] = [];
    const request = {
      media,
      toolbox: testToolbox,
      stream: 0,
      indexes: [90],
      onRun: (run: ToolRun) => void runs.push(run.arguments),
    };
    const near = await extractFrames({ ...request, known });
    const far = await extractFrames(request);
    expect(near).toEqual(far);
    expect(runs).toHaveLength(2);
    expect(runs[0]).toContain('-ss');
    expect(runs[1]).not.toContain('-ss');
    await media.close();
  });

  it('does not believe a frame near a known time whose hash is another', async () => {
    const { hashes } = await decodePicture(file('long.mp4'));
    const known = new Map<number, KnownFrame>([[50, { pts: hashes[60]?.pts ?? 0, hash: hashes[50]?.hash ?? '' }]]);
    const media = await openMedia(file('long.mp4'));
    const [frame] = await extractFrames({ media, toolbox: testToolbox, stream: 0, indexes: [50], known });
    expect(frame).toMatchObject({ index: 50, hash: hashes[50]?.hash, pts: hashes[50]?.pts });
    await media.close();
  });

  it('leaves out what is past the end', async () => {
    const media = await openMedia(file('one.mp4'));
    const pictures = await extractFrames({ media, toolbox: testToolbox, stream: 0, indexes: [0, 1, 99] });
    expect(pictures.map(({ index }) => index)).toEqual([0]);
    await media.close();
  });

  it('refuses a stream without pictures', async () => {
    const media = await openMedia(file('sound.mp3'));
    await expect(extractFrames({ media, toolbox: testToolbox, stream: 0, indexes: [0] })).rejects.toMatchObject({
      code: 'frames-not-decodable',
    });
    await media.close();
  });
});
