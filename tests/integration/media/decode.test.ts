import { execFileSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../src/base/errors.ts';
import { decode } from '../../../src/media/decode/decode.ts';
import { extractFrames } from '../../../src/media/decode/extract-frames.ts';
import { subscribe } from '../../../src/media/taps.ts';
import { DecodeClips, decodePicture } from '../../support/decode-clips.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const clips = new DecodeClips();
const { file } = clips;
beforeAll(() => clips.make());
afterAll(() => {
  clips.remove();
});

/** Presentation times that ffprobe gives when it decodes: the independent answer. */
function decodedTimes(path: string): (number | null)[] {
  const args = [
    '-v',
    'error',
    '-select_streams',
    'v:0',
    '-show_entries',
    'frame=best_effort_timestamp',
    '-of',
    'csv=p=0',
    path,
  ];
  const lines = execFileSync('ffprobe', args)
    .toString()
    .split('\n')
    .map((line) => line.replace(/,.*$/, ''));
  return lines.filter((line) => line !== '').map((line) => (line === 'N/A' ? null : Number(line)));
}

/** MD5 of each frame as plain ffmpeg gives it. */
function plainHashes(path: string): string[] {
  const args = [
    '-v',
    'error',
    '-threads',
    '1',
    '-noautorotate',
    '-i',
    path,
    '-map',
    '0:v:0',
    '-fps_mode',
    'passthrough',
    '-f',
    'framehash',
    '-hash',
    'murmur3',
    '-',
  ];
  const lines = execFileSync('ffmpeg', args).toString().split('\n');
  return lines.filter((line) => /^\d/.test(line)).map((line) => line.split(',').at(-1)?.trim() ?? '');
}
describe('decode', () => {
  it.each([
    'h264.mp4',
    'mpeg4.avi',
    'mjpeg.avi',
    'vp9.webm',
    'vfr.mkv',
    'streams.mkv',
    'one.mp4',
    'first.ts',
    'sizes.ts',
  ])('gives each frame of %s its number and the time that a decoding ffprobe gives it', async (name) => {
    const { outcome, hashes, frames } = await decodePicture(file(name));
    expect(outcome.status).toBe('complete');
    // Where the decoder gives a last frame no time, ffmpeg goes on by the rate and ffprobe says N/A.
    const times = decodedTimes(file(name)).map((time, i) => time ?? hashes[i]?.pts);
    expect(hashes.map(({ pts }) => pts)).toEqual(times);
    expect(frames.map(({ pts }) => pts)).toEqual(times);
    expect(frames.map(({ index }) => index)).toEqual(times.map((_, i) => i));
  });

  it('gives the frames that a plain decode gives, bit for bit', async () => {
    for (const name of ['h264.mp4', 'mpeg4.avi', 'mjpeg.avi', 'vp9.webm', 'vfr.mkv', 'flipped.mp4']) {
      const { hashes } = await decodePicture(file(name));
      expect(hashes.map(({ hash }) => hash)).toEqual(plainHashes(file(name)));
    }
  });

  it('sends key pictures with the number that they have among all', async () => {
    const { keys, hashes } = await decodePicture(file('h264.mp4'));
    expect(keys.map(({ index }) => index)).toEqual([0, 12, 24, 36, 48]);
    for (const key of keys) {
      expect(key.pts).toBe(hashes[key.index]?.pts);
      expect([key.width, key.height]).toEqual([160, 90]);
    }
  });

  it.each(['h264.mp4', 'vfr.mkv', 'sizes.ts'])(
    'sends the frames of %s that are asked for by their times',
    async (name) => {
      const { hashes } = await decodePicture(file(name));
      const media = await openMedia(file(name));
      const wanted = [hashes[7]?.pts ?? 0, hashes[3]?.pts ?? 0, -12_345, hashes[20]?.pts ?? 0];
      const got: (number | null)[][] = [];
      const select = { times: wanted };
      const tap = subscribe(
        { kind: 'frames', stream: 0, width: 'native', pixelFormat: 'rgb24', select },
        ({ index, pts, data }) => {
          got.push([index, pts, data.length]);
        },
      );
      const outcome = await decode({
        media,
        toolbox: testToolbox,
        subscriptions: [{ owner: 'test', subscription: tap }],
      });
      expect(outcome.status).toBe('complete');
      const expected = hashes.filter(({ pts }) => wanted.includes(pts ?? NaN));
      expect(expected.length).toBeGreaterThanOrEqual(3);
      expect(got).toEqual(expected.map(({ index, pts }) => [index, pts, 160 * 90 * 3]));
      await media.close();
    },
  );

  it('starts one program, whatever is asked', async () => {
    const { runs } = await decodePicture(file('h264.mp4'));
    expect(runs.map(({ program }) => program)).toEqual(['ffmpeg']);
  });

  it('gives the same frames each time, also where the stream is damaged', async () => {
    for (const name of ['flipped.mp4', 'truncated.mp4']) {
      const [first, second] = [await decodePicture(file(name)), await decodePicture(file(name))];
      expect(first.hashes.length).toBeGreaterThan(5);
      expect(second.hashes).toEqual(first.hashes);
      expect(second.frames).toEqual(first.frames);
      expect(second.outcome).toEqual(first.outcome);
      expect(first.outcome.messages.length).toBeGreaterThan(0);
    }
  });

  it('goes on where the size of the picture changes, and keeps the size that was asked', async () => {
    const { outcome, hashes, frames, keys } = await decodePicture(file('sizes.ts'));
    expect(outcome.status).toBe('complete');
    expect(new Set(hashes.map(({ sizeBytes }) => sizeBytes)).size).toBe(2);
    expect(new Set(frames.map(({ width, height }) => `${width}×${height}`))).toEqual(new Set(['64×36']));
    expect(new Set(keys.map(({ width, height }) => `${width}×${height}`))).toEqual(new Set(['160×90']));
    // The times begin anew with the second part; the numbers do not.
    expect(keys.map(({ index }) => index)).toEqual([0, 12, 24, 25, 37, 49]);
  });

  it('holds the decoder back while a consumer is busy', async () => {
    const media = await openMedia(file('h264.mp4'));
    let busy = 0;
    const slow = subscribe({ kind: 'frames', stream: 0, width: 64, pixelFormat: 'rgb24', select: 'all' }, async () => {
      busy += 1;
      expect(busy).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 2));
      busy -= 1;
    });
    const outcome = await decode({
      media,
      toolbox: testToolbox,
      subscriptions: [{ owner: 'slow', subscription: slow }],
    });
    expect(outcome).toMatchObject({ status: 'complete' });
    expect(outcome.consumerErrors).toBeUndefined();
    await media.close();
  });

  it('gives the others everything when one method breaks', async () => {
    const media = await openMedia(file('h264.mp4'));
    let count = 0;
    const broken = new Error('broken');
    const outcome = await decode({
      ...{ media, toolbox: testToolbox },
      subscriptions: [
        {
          owner: 'breaks',
          subscription: subscribe(
            { kind: 'frames', stream: 0, width: 64, pixelFormat: 'gray', select: 'all' },
            ({ index }) => {
              if (index === 3) throw broken;
            },
          ),
        },
        {
          owner: 'works',
          subscription: subscribe({ kind: 'frame-hashes', stream: 0, algorithm: 'murmur3' }, () => void (count += 1)),
        },
      ],
    });
    expect(outcome).toMatchObject({ status: 'complete', consumerErrors: [{ owner: 'breaks', error: broken }] });
    expect(count).toBe(50);
    await media.close();
  });

  it('stops when nobody is left to hear', async () => {
    const media = await openMedia(file('h264.mp4'));
    const subscription = subscribe({ kind: 'frame-hashes', stream: 0, algorithm: 'md5' }, () =>
      Promise.reject(new Error('x')),
    );
    const outcome = await decode({ media, toolbox: testToolbox, subscriptions: [{ owner: 'only', subscription }] });
    expect(outcome).toMatchObject({ status: 'incomplete', consumerErrors: [{ owner: 'only' }] });
    await media.close();
  });

  it('ends on the signal', async () => {
    const controller = new AbortController();
    controller.abort();
    await expect(decodePicture(file('h264.mp4'), { signal: controller.signal })).rejects.toSatisfy((error) =>
      isAssayError(error, 'cancelled'),
    );
  });

  it('is incomplete when the time is over', async () => {
    const { outcome } = await decodePicture(file('h264.mp4'), { limits: { timeMs: 1 } });
    expect(outcome).toMatchObject({ status: 'incomplete', reason: 'time-limit' });
  });

  it('is incomplete when the memory is', async () => {
    const { outcome } = await decodePicture(file('h264.mp4'), { limits: { memoryBytes: 300_000_000 } });
    if (process.platform === 'linux') expect(outcome).toMatchObject({ status: 'incomplete', reason: 'memory-limit' });
  });

  it('refuses pictures beyond the bound without starting a program', async () => {
    const { outcome, runs } = await decodePicture(file('h264.mp4'), { limits: { maxPixels: 100 } });
    expect(outcome).toMatchObject({ status: 'incomplete', reason: 'too-large', streams: { 0: 'too-large' } });
    expect(runs).toEqual([]);
  });

  it.each([
    ['16,000 × 16,000', 16_000, 'too-large'],
    // The library itself refuses this one, so no size is known.
    ['60,000 × 60,000', 60_000, 'undecodable'],
  ])('refuses a header that claims %s pixels, and still gives the sound', async (_, size, reason) => {
    const bytes = readFileSync(file('raw.avi'));
    for (let at = bytes.indexOf('strf'); at >= 0; at = bytes.indexOf('strf', at + 4)) {
      // BITMAPINFOHEADER: its own size (40), then width and height.
      if (bytes.readUInt32LE(at + 8) !== 40) continue;
      bytes.writeInt32LE(size, at + 12);
      bytes.writeInt32LE(size, at + 16);
    }
    writeFileSync(file(`claims-${size}.avi`), bytes);
    const media = await openMedia(file(`claims-${size}.avi`));
    let samples = 0;
    const taps = [
      subscribe({ kind: 'frames', stream: 0, width: 64, pixelFormat: 'gray', select: 'all' }, () => undefined),
      subscribe({ kind: 'pcm', stream: 1, sampleRateHz: 'native', channels: 'native' }, (chunk) => {
        samples += chunk.samples.length;
      }),
    ];
    const subscriptions = taps.map((subscription) => ({ owner: 'test', subscription }));
    const outcome = await decode({ media, toolbox: testToolbox, subscriptions });
    expect(outcome).toMatchObject({ status: 'incomplete', streams: { 0: reason, 1: 'complete' } });
    expect(samples).toBeGreaterThanOrEqual(24_000);
    await expect(extractFrames({ media, toolbox: testToolbox, stream: 0, indexes: [0] })).rejects.toMatchObject({
      code: 'frames-not-decodable',
    });
    await media.close();
  });

  it('takes no playlist or list of files for media', async () => {
    for (const name of ['playlist.mp4', 'concat.mp4']) {
      const media = await openMedia(file(name));
      expect(await media.probe()).toMatchObject({ status: 'unreadable', reason: 'not-media' });
      await media.close();
    }
  });

  it('leaves a cover picture out of the moving pictures', async () => {
    const media = await openMedia(file('covered.mp3'));
    expect(await media.mainVideo()).toBeUndefined();
    expect((await media.mainAudio())?.codec).toBe('mp3');
    await media.close();
  });
});
