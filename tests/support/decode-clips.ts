import { createHash } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decode, type DecodeRequest } from '../../src/media/decode/decode.ts';
import { subscribe, type DecodeOutcome, type FrameHash, type Subscription } from '../../src/media/taps.ts';
import type { ToolRun } from '../../src/tools/run-tool.ts';
import { makeMedia } from './make-media.ts';
import { openMedia, testToolbox } from './run-method.ts';

const picture = (seconds: number, size = '160x90', rate = 25): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=${size}:rate=${rate}:duration=${seconds}`],
];
const tone = (seconds: number, rate = 48000): string[] => [
  ...['-f', 'lavfi', '-i', `sine=frequency=1000:sample_rate=${rate}:duration=${seconds}`],
];
const x264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-pix_fmt', 'yuv420p', '-g', '12', '-sc_threshold', '0'];

/** Clips of many kinds, sound and damaged, in a folder of their own. */
export class DecodeClips {
  readonly #folder = mkdtempSync(join(tmpdir(), 'assay-decode-'));
  readonly file = (name: string): string => join(this.#folder, name);

  async make(): Promise<void> {
    const { file } = this;
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
  }

  remove(): void {
    rmSync(this.#folder, { recursive: true });
  }
}

/** What one decode of the picture gave to all who asked. */
export interface Decoded {
  readonly outcome: DecodeOutcome;
  readonly hashes: FrameHash[];
  readonly frames: { index: number; pts: number | null; width: number; height: number; sha256: string }[];
  readonly keys: { index: number; pts: number | null; width: number; height: number }[];
  readonly runs: ToolRun[];
}

const sha256 = (bytes: Uint8Array): string => createHash('sha256').update(bytes).digest('hex');

/** Decodes a picture into hashes, small frames and key pictures. */
export async function decodePicture(path: string, more: Partial<DecodeRequest> = {}): Promise<Decoded> {
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
