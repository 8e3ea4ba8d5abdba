import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../src/base/errors.ts';
import { decode, type DecodeRequest } from '../../../src/media/decode/decode.ts';
import { extractFrames, type KnownFrame } from '../../../src/media/decode/extract-frames.ts';
import {
  subscribe,
  type DecodeOutcome,
  type FrameHash,
  type LoudnessReading,
  type Subscription,
} from '../../../src/media/taps.ts';
import type { ToolRun } from '../../../src/tools/run-tool.ts';
import { makeMedia } from '../../support/make-media.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-decode-'));
const file = (name: string): string => join(folder, name);
const picture = (seconds: number, size = '160x90', rate = 25): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
];
const tone = (seconds: number, rate = 48000): string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=1000:sample_rate=${rate}:duration=${seconds}`],
];
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '12', '-sc_threshold', '0'];

beforeAll(async () => {
  await Promise.all([
    makeMedia([...picture(2), ...tone(2), ...x264, '-bf', '3', '-c:a', 'aac', file('h264.mp4')]),
    makeMedia([...picture(2), '-c:v', 'mpeg4', '-q:v', '4', '-bf', '2', file('mpeg4.avi')]),
    makeMedia([...picture(1), ...tone(1), '-c:v', 'mjpeg', '-q:v', '3', '-c:a', 'pcm_s16le', file('mjpeg.avi')]),
    makeMedia([
      ...picture(1),
      ...tone(1),
      '-c:v',
      'libvpx-vp9',
      '-deadline',
      'realtime',
      '-cpu-used',
      '8',
      '-c:a',
      'libopus',
      file('vp9.webm'),
    ]),
    makeMedia([
      ...[
        ...picture(2),
        '-vf',
        "settb=1/1000,setpts='N*40+7*mod(N,4)'",
        '-fps_mode',
        'passthrough',
        '-enc_time_base',
        '1:1000',
      ],
      ...[...x264, '-bf', '2', file('vfr.mkv')],
    ]),
    makeMedia([
      ...picture(1),
      ...tone(1),
      ...tone(1, 22050),
      ...['-map', '0', '-map', '1', '-map', '2'],
      ...x264,
      '-c:a',
      'aac',
      '-ac:a:0',
      '2',
      file('streams.mkv'),
    ]),
    makeMedia([...picture(0.5, '32x32'), ...tone(0.5), '-c:v', 'rawvideo', '-pix_fmt', 'bgr24', file('raw.avi')]),
    makeMedia([...tone(2), '-c:a', 'libmp3lame', file('sound.mp3')]),
    makeMedia([...picture(1, '64x64', 1), '-frames:v', '1', file('cover.png')]),
    makeMedia([...picture(1), ...x264, '-f', 'mpegts', file('first.ts')]),
    makeMedia([...picture(1, '96x128'), ...x264, '-f', 'mpegts', file('second.ts')]),
    makeMedia([...picture(4, '64x36'), ...x264, '-bf', '0', file('long.mp4')]),
    makeMedia([...picture(0.04), ...x264, file('one.mp4')]),
  ]);
  await makeMedia([
    ...[
      '-i',
      file('sound.mp3'),
      '-i',
      file('cover.png'),
      '-map',
      '0',
      '-map',
      '1',
      '-c',
      'copy',
      '-disposition:v',
      'attached_pic',
    ],
    file('covered.mp3'),
  ]);
  writeFileSync(file('sizes.ts'), Buffer.concat([readFileSync(file('first.ts')), readFileSync(file('second.ts'))]));
  // The index at the end would be lost with the end: this one is at the front.
  await makeMedia(['-i', file('h264.mp4'), '-c', 'copy', '-movflags', '+faststart', file('whole.mp4')]);
  const whole = readFileSync(file('whole.mp4'));
  writeFileSync(file('truncated.mp4'), whole.subarray(0, Math.floor(whole.length * 0.6)));
  const flipped = Buffer.from(whole);
  for (let at = Math.floor(whole.length / 4); at < whole.length; at += 401) flipped[at] = (flipped[at] ?? 0) ^ 0x10;
  writeFileSync(file('flipped.mp4'), flipped);
  writeFileSync(
    file('playlist.mp4'),
    `#EXTM3U\n#EXT-X-TARGETDURATION:2\n#EXTINF:2,\n${file('first.ts')}\n#EXT-X-ENDLIST\n`,
  );
  writeFileSync(file('concat.mp4'), `ffconcat version 1.0\nfile 'first.ts'\n`);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

interface Decoded {
  readonly outcome: DecodeOutcome;
  readonly hashes: FrameHash[];
  readonly frames: { index: number; pts: number | null; width: number; height: number; sha256: string }[];
  readonly keys: { index: number; pts: number | null; width: number; height: number }[];
  readonly runs: ToolRun[];
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

async function decodePicture(path: string, more: Partial<DecodeRequest> = {}): Promise<Decoded> {
  const media = await openMedia(path);
  const stream = (await media.mainVideo())?.index ?? 0;
  const result: Omit<Decoded, 'outcome'> = { hashes: [], frames: [], keys: [], runs: [] };
  const subscriptions: Subscription[] = [
    subscribe({ kind: 'frame-hashes', stream, algorithm: 'murmur3' }, (hash) => void result.hashes.push(hash)),
    subscribe({ kind: 'frames', stream, width: 64, pixelFormat: 'gray', select: 'all' }, ({ data, ...frame }) => {
      result.frames.push({ ...frame, sha256: sha256(data) });
    }),
    subscribe(
      { kind: 'frames', stream, width: 'native', pixelFormat: 'rgb24', select: 'key' },
      ({ data: _, ...frame }) => {
        result.keys.push(frame);
      },
    ),
  ];
  const outcome = await decode({
    ...{
      media,
      toolbox: testToolbox,
      subscriptions: subscriptions.map((subscription) => ({ owner: 'test', subscription })),
    },
    onRun: (run) => void result.runs.push(run),
    ...more,
  });
  await media.close();
  return { outcome, ...result };
}

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

describe('the taps of sound', () => {
  async function decodeSound(path: string, sampleRateHz: number | 'native', channels: 'native' | 'mono') {
    const media = await openMedia(path);
    const stream = (await media.mainAudio())?.index ?? -1;
    const samples: number[] = [];
    const starts: number[] = [];
    const readings: LoudnessReading[] = [];
    let shape = '';
    const outcome = await decode({
      ...{ media, toolbox: testToolbox },
      subscriptions: [
        subscribe({ kind: 'pcm', stream, sampleRateHz, channels }, (chunk) => {
          starts.push(chunk.firstSample);
          shape = `${chunk.sampleRateHz}/${chunk.channels}`;
          for (const sample of chunk.samples) samples.push(sample);
        }),
        subscribe({ kind: 'loudness', stream }, (reading) => void readings.push(reading)),
      ].map((subscription) => ({ owner: 'test', subscription })),
    });
    await media.close();
    return { outcome, samples, starts, readings, shape };
  }

  it('gives the samples of the stream, interleaved, counted from the start', async () => {
    const { outcome, samples, starts, shape } = await decodeSound(file('mjpeg.avi'), 'native', 'native');
    expect(outcome.status).toBe('complete');
    expect(shape).toBe('48000/1');
    expect(samples).toHaveLength(48000);
    expect(starts).toEqual([0, 16384, 32768]);
    const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', file('mjpeg.avi'), '-vn', '-f', 's16le', '-']);
    const exact = Array.from(new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2), (value) => value / 32768);
    expect(samples).toEqual(exact);
  });

  it('resamples and mixes where that is asked', async () => {
    const { samples, shape } = await decodeSound(file('streams.mkv'), 16000, 'mono');
    expect(shape).toBe('16000/1');
    expect(Math.abs(samples.length - 16000)).toBeLessThan(1100);
  });

  it('measures loudness ten times a second, as a tone at −18 dBFS comes out', async () => {
    const { readings } = await decodeSound(file('mjpeg.avi'), 'native', 'native');
    expect(readings.map(({ atMs }) => Math.round(atMs))).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    // A sine of amplitude 1/8 has a level of −21.07 dB; K weighting lifts 1 kHz by 0.7 dB, the offset is −0.69 LU.
    expect(readings.at(-1)?.momentary).toBeCloseTo(-21.1, 0);
    expect(readings.at(-1)?.truePeak[0]).toBeCloseTo(20 * Math.log10(1 / 8), 1);
  });

  it('survives a picture that cannot be decoded', async () => {
    const media = await openMedia(file('h264.mp4'));
    let samples = 0;
    const outcome = await decode({
      ...{ media, toolbox: testToolbox, limits: { maxPixels: 1 } },
      subscriptions: [
        subscribe({ kind: 'frames', stream: 0, width: 64, pixelFormat: 'gray', select: 'all' }, () => undefined),
        subscribe(
          { kind: 'pcm', stream: 1, sampleRateHz: 'native', channels: 'native' },
          (chunk) => void (samples += chunk.samples.length),
        ),
      ].map((subscription) => ({ owner: 'test', subscription })),
    });
    expect(outcome).toMatchObject({ status: 'incomplete', streams: { 0: 'too-large', 1: 'complete' } });
    expect(samples).toBeGreaterThan(90_000);
    await media.close();
  });
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
