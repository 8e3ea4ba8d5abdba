import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import { readFrames, readSound } from '../../../../src/lab/forge/clip-reader.ts';
import { forgeClip } from '../../../../src/lab/forge/forge-clip.ts';
import { forgeStill } from '../../../../src/lab/forge/forge-still.ts';
import { renderFrames, renderSpeech } from '../../../../src/lab/forge/render.ts';
import { pcm16Of } from '../../../../src/lab/forge/sound-track.ts';
import type { ForgeSpecInput } from '../../../../src/lab/forge/spec.ts';
import { Truth, truthPath } from '../../../../src/lab/forge/truth.ts';
import { createToolbox } from '../../../../src/tools/create-toolbox.ts';
import { frameHashes, framesOf, streamsOf } from './ffprobe.ts';

const toolbox = createToolbox({ env: process.env, platform: process.platform });
const small: ForgeSpecInput = { seconds: 2, width: 160, height: 120, sampleRateHz: 16_000, seed: 5 };
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'forge-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function forge(name: string, spec: ForgeSpecInput): Promise<{ path: string; truth: Truth }> {
  const path = join(folder, name);
  return { path, truth: await forgeClip({ ...small, ...spec }, path, { toolbox }) };
}

/** Sample by which decoded sound is late against what was spoken, by the highest correlation within 150 ms. */
function latenessOf(decoded: Float32Array, spoken: Float32Array, rateHz: number): number {
  const reach = Math.round(rateHz * 0.15);
  let best = 0;
  let highest = -Infinity;
  for (let lag = -reach; lag <= reach; lag++) {
    let sum = 0;
    for (let i = reach; i < spoken.length - reach; i += 9) sum += (spoken[i] ?? 0) * (decoded[i + lag] ?? 0);
    if (sum > highest) [best, highest] = [lag, sum];
  }
  return best;
}

describe('a forged clip', () => {
  it('has its truth beside it, checked by its schema, with the digests of what went in and came out', async () => {
    const { path, truth } = await forge('plain.mp4', { audioLeadMs: 160 });
    expect(Truth.parse(JSON.parse(await readFile(truthPath(path), 'utf8')))).toEqual(truth);
    expect(truth.clip.sha256).toBe(
      createHash('sha256')
        .update(await readFile(path))
        .digest('hex'),
    );
    const frames = createHash('sha256');
    for (const frame of renderFrames({ ...small, audioLeadMs: 160 })) frames.update(frame.data);
    expect(truth.passes[0]?.framesSha256).toBe(frames.digest('hex'));
    const spoken = renderSpeech({ ...small, audioLeadMs: 160 });
    const pcm = pcm16Of({ rateHz: 16_000, channels: [spoken], map: [] });
    expect(truth.passes[0]?.pcmSha256).toBe(createHash('sha256').update(pcm).digest('hex'));
    expect(truth.audioLead).toEqual([{ startMs: 0, endMs: 2000, startLeadMs: 160, endLeadMs: 160 }]);
    expect(truth.ffmpeg.sha256).toBe((await toolbox.require('ffmpeg')).sha256);
  });

  it('is the same file again from the same specification', async () => {
    const first = await forge('again-1.mkv', {});
    const second = await forge('again-2.mkv', {});
    expect(second.truth.clip.sha256).toBe(first.truth.clip.sha256);
  });

  it('keeps every sample it was given where the codec is PCM', async () => {
    const { path } = await forge('pcm.mov', { encoding: { soundCodec: 'pcm' }, audioLeadMs: -80 });
    const decoded = await readSound({ toolbox }, path);
    const spoken = renderSpeech({ ...small, audioLeadMs: -80 });
    const as16 = (samples: Float32Array | undefined): Buffer =>
      Buffer.from(pcm16Of({ rateHz: 16_000, channels: [samples ?? new Float32Array()], map: [] }));
    expect(as16(decoded?.channels[0]).equals(as16(spoken))).toBe(true);
  });

  it('has its key frames where the GOP says', async () => {
    const { path } = await forge('gop.mp4', { encoding: { gop: 12 } });
    const frames = await framesOf(path);
    expect(frames.flatMap((frame, i) => (frame.key ? [i] : []))).toEqual([0, 12, 24, 36, 48]);
  });

  it.each([
    ['mp4', 'h264', 'aac'],
    ['mp4', 'h264', 'mp3'],
    ['mp4', 'h264', 'opus'],
    ['mov', 'mpeg4', 'pcm'],
    ['mkv', 'ffv1', 'aac'],
    ['mkv', 'vp9', 'opus'],
    ['avi', 'mpeg4', 'pcm'],
    ['avi', 'mjpeg', 'mp3'],
    ['webm', 'vp9', 'opus'],
  ] as const)(
    'in %s with %s and %s has sound and picture where its truth says',
    async (container, codec, soundCodec) => {
      const spec = { seconds: 3, sampleRateHz: 48_000, encoding: { codec, soundCodec } } as const;
      const { path, truth } = await forge(`${codec}-${soundCodec}.${container}`, spec);
      const [frames, sound] = await Promise.all([readFrames({ toolbox }, path), readSound({ toolbox }, path)]);
      expect(frames.times.durations).toHaveLength(75);
      const { timeBase, startTicks } = frames.times;
      const pictureMs = (startTicks * timeBase.num * 1000) / timeBase.den;
      const spoken = renderSpeech({ ...small, ...spec });
      const soundMs = latenessOf(sound?.channels[0] ?? new Float32Array(), spoken, 48_000) / 48;
      // Matroska's clock has whole milliseconds.
      expect(Math.abs(pictureMs - soundMs - truth.encoderLeadMs)).toBeLessThan(0.6);
    },
  );

  it('shows its frames at the times of a variable rate, to the millisecond', async () => {
    for (const [container, codec] of [
      ['mp4', 'h264'],
      ['mkv', 'h264'],
      ['mp4', 'mpeg4'],
    ] as const) {
      const { path, truth } = await forge(`variable-${codec}.${container}`, {
        frameRate: { framesPerSecond: 25, jitterMs: 14 },
        encoding: { codec },
      });
      const shown = await framesOf(path);
      expect(shown).toHaveLength(truth.frames.startMs.length);
      const first = shown[0]?.ms ?? 0;
      for (const [i, { ms }] of shown.entries()) {
        expect(Math.abs(ms - first - (truth.frames.startMs[i] ?? 0))).toBeLessThan(0.51);
      }
      expect(await frameHashes(path)).toHaveLength(shown.length);
    }
  });

  it('has as many frames as its edits left, repeated ones equal where the codec loses nothing', async () => {
    const { path, truth } = await forge('frames.mkv', {
      encoding: { codec: 'ffv1', soundCodec: 'pcm' },
      edits: [
        { kind: 'remove-frames', frame: 10, count: 5 },
        { kind: 'repeat-frames', frame: 20, count: 3, times: 2 },
        { kind: 'insert-frames', frame: 0, count: 2, from: { source: 'clip', frame: 30 } },
        { kind: 'insert-frames', frame: 40, count: 1, from: { source: 'presenter', seed: 9 } },
      ],
    });
    const hashes = await frameHashes(path);
    expect(hashes).toHaveLength(50 - 5 + 6 + 2 + 1);
    expect(truth.frames.shows).toHaveLength(hashes.length);
    expect(truth.removedFrames).toEqual([10, 11, 12, 13, 14]);
    expect(truth.insertedFrames).toEqual([0, 1, 40]);
    expect(truth.repeatedFrames).toHaveLength(6);
    const byFrame = new Map<number, string>();
    for (const [i, shown] of truth.frames.shows.entries()) {
      if (shown === null) continue;
      const hash = hashes[i] ?? '';
      expect(byFrame.get(shown) ?? hash).toBe(hash);
      byFrame.set(shown, hash);
    }
    expect(new Set(byFrame.values()).size).toBe(byFrame.size);
  });

  it('goes through each encoding that was asked for, edits between them included', async () => {
    const region = { x: 20, y: 20, width: 40, height: 30 };
    const { path, truth } = await forge('twice.mp4', {
      edits: [
        { kind: 'shift-sound', ms: 100 },
        { kind: 're-encode', gop: 10, quality: 30 },
        { kind: 'paste-region', frame: 20, count: 10, from: 5, region },
        { kind: 'remove-frames', frame: 40, count: 4 },
      ],
    });
    expect(truth.passes.map((pass) => pass.encoding.gop)).toEqual([50, 10]);
    expect(truth.passes[1]?.framesSha256).not.toBe(truth.passes[0]?.framesSha256);
    expect(truth.edits.map((edit) => edit.asked.kind)).toEqual(['shift-sound', 'paste-region', 'remove-frames']);
    expect(truth.edits[1]?.changed).toEqual([20, 21, 22, 23, 24, 25, 26, 27, 28, 29]);
    expect(await framesOf(path)).toHaveLength(46);
    expect(truth.audioLead.map((stretch) => stretch.startLeadMs)).toEqual([100, -60]);
    // The first encoding must not have moved the sound: it is still 100 ms ahead.
    const sound = await readSound({ toolbox }, path);
    const late = latenessOf(sound?.channels[0] ?? new Float32Array(), renderSpeech(small), 16_000);
    expect(late).toBe(-1600);
  });

  it('shifts the time stamps and no sample where that was asked for', async () => {
    for (const ms of [120, -120]) {
      const { path, truth } = await forge('offset.mov', {
        encoding: { soundCodec: 'pcm' },
        edits: [{ kind: 'offset-container', ms }],
      });
      const streams = await streamsOf(path);
      const start = (type: string): number => streams.find((stream) => stream.type === type)?.startMs ?? NaN;
      expect(start('video') - start('audio')).toBeCloseTo(ms, 1);
      expect(truth.containerLeadMs).toBe(ms);
      expect(truth.audioLead[0]?.startLeadMs).toBe(0);
    }
  });

  it('leaves nothing behind when it is cancelled, or cannot be made', async () => {
    const before = await readdir(folder);
    const signal = AbortSignal.timeout(300);
    const long = { ...small, seconds: 90 };
    await expect(forgeClip(long, join(folder, 'never.mp4'), { toolbox, signal })).rejects.toSatisfy((error) =>
      isAssayError(error, 'cancelled'),
    );
    for (const name of ['clip.wmv', 'clip.webm']) {
      const wrong = forgeClip({ ...small, encoding: { codec: 'h264' } }, join(folder, name), { toolbox });
      await expect(wrong).rejects.toSatisfy((error) => isAssayError(error, 'encoding-impossible'));
    }
    expect(await readdir(folder)).toEqual(before);
  });
});

describe('a forged still', () => {
  it('is a JPEG with the pasted region, EXIF with two times, and its truth beside it', async () => {
    const path = join(folder, 'still.jpg');
    const truth = await forgeStill(
      {
        scene: { ...small, width: 320, height: 240 },
        paste: { region: { x: 16, y: 16, width: 64, height: 48 }, to: { x: 200, y: 100 } },
      },
      path,
    );
    expect(truth.pastedRegion).toEqual({ x: 200, y: 100, width: 64, height: 48 });
    const bytes = await readFile(path);
    expect([...bytes.subarray(0, 2)]).toEqual([0xff, 0xd8]);
    const text = bytes.toString('latin1');
    for (const value of ['Synthetic presenter', '2026:03:14 09:26:53', '2026:03:15 18:02:11', '+05:00']) {
      expect(text).toContain(value);
    }
    expect(JSON.parse(await readFile(truthPath(path), 'utf8'))).toEqual(truth);
  });
});
