import { createHash } from 'node:crypto';
import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import { readSound } from '../../../../src/lab/forge/clip-reader.ts';
import { editClip } from '../../../../src/lab/forge/edit-clip.ts';
import type { EditInput } from '../../../../src/lab/forge/edit.ts';
import { ChangeTruth, truthPath } from '../../../../src/lab/forge/truth.ts';
import { createToolbox } from '../../../../src/tools/create-toolbox.ts';
import { makeClip, makeMedia } from '../../../support/make-media.ts';
import { frameHashes, framesOf, streamsOf } from './ffprobe.ts';

const toolbox = createToolbox({ env: process.env, platform: process.platform });
let folder: string;
let source: string;
let silentClip: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'edit-'));
  source = join(folder, 'from elsewhere.mp4');
  await makeClip(source, { seconds: 3 });
  silentClip = join(folder, 'silent.mp4');
  await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=1', silentClip]);
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

async function edit(name: string, edits: EditInput[], from = source): Promise<{ path: string; truth: ChangeTruth }> {
  const path = join(folder, name);
  return { path, truth: await editClip(from, edits, path, { toolbox }) };
}

async function samplesOf(path: string): Promise<Float32Array> {
  return (await readSound({ toolbox }, path))?.channels[0] ?? new Float32Array();
}

describe('editing the sound of a clip from elsewhere', () => {
  it('copies the picture and moves the sound by exactly so many samples, for a whole sweep', async () => {
    const encoding = { soundCodec: 'pcm' } as const;
    const reference = join(folder, 'reference.mkv');
    await editClip(source, [], reference, { toolbox, encoding });
    const straight = await samplesOf(reference);
    const pictures = await frameHashes(source);
    for (const ms of [-400, -40, 40, 200]) {
      const path = join(folder, `shift${ms}.mkv`);
      const truth = await editClip(source, [{ kind: 'shift-sound', ms }], path, { toolbox, encoding });
      const moved = await samplesOf(path);
      const by = Math.round(ms * 44.1);
      expect(truth.edits[0]).toMatchObject({ movedSamples: by, movedMs: by / 44.1 });
      expect(moved.length).toBe(straight.length);
      const [a, b] = by > 0 ? [moved, straight.subarray(by)] : [moved.subarray(-by), straight];
      expect(Buffer.from(a.slice(0, 100_000).buffer).equals(Buffer.from(b.slice(0, 100_000).buffer))).toBe(true);
      expect(await frameHashes(path)).toEqual(pictures);
      expect(truth.passes[0]?.framesSha256).toBeNull();
    }
  });

  it('tells the change, the source and the result', async () => {
    const { path, truth } = await edit('told.mp4', [{ kind: 'shift-sound', ms: 120 }]);
    expect(ChangeTruth.parse(JSON.parse(await readFile(truthPath(path), 'utf8')))).toEqual(truth);
    const digest = async (file: string): Promise<string> =>
      createHash('sha256')
        .update(await readFile(file))
        .digest('hex');
    expect(truth.source).toMatchObject({ file: 'from elsewhere.mp4', sha256: await digest(source) });
    expect(truth.clip.sha256).toBe(await digest(path));
    expect(truth.audioLead[0]).toMatchObject({ startMs: 0, startLeadMs: 120, endLeadMs: 120 });
  });

  it('dubs it with the voice of another file, and of a seed', async () => {
    const voice = join(folder, 'voice.wav');
    await makeMedia(['-f', 'lavfi', '-i', 'sine=frequency=900:sample_rate=22050:duration=1', voice]);
    const dubbed = await edit('dubbed.mkv', [{ kind: 'cross-dub', voice: { file: voice } }]);
    expect(dubbed.truth.audioLead[0]).toMatchObject({ startMs: 0, apart: 'other-voice' });
    expect(dubbed.truth.audioLead[1]).toMatchObject({ apart: 'silence' });
    const seeded = await edit('seeded.mkv', [{ kind: 'cross-dub', voice: { seed: 4 } }]);
    expect(seeded.truth.audioLead).toMatchObject([{ apart: 'other-voice' }]);
    const level = (await samplesOf(seeded.path)).reduce((sum, value) => sum + value * value, 0);
    expect(level).toBeGreaterThan(100);
  });

  it('moves the time stamps alone where that was asked for', async () => {
    for (const ms of [160, -160]) {
      const { path, truth } = await edit('offset.mkv', [{ kind: 'offset-container', ms }]);
      const streams = await streamsOf(path);
      const start = (type: string): number => streams.find((stream) => stream.type === type)?.startMs ?? NaN;
      expect(Math.abs(start('video') - start('audio') - ms)).toBeLessThan(25);
      expect(truth.containerLeadMs).toBe(ms);
    }
  });

  it('keeps a late start of the sound where it was', async () => {
    const late = join(folder, 'late.mkv');
    await makeMedia([
      ...['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=2', '-itsoffset', '0.5'],
      ...['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=1', '-c:a', 'pcm_s16le', late],
    ]);
    const path = join(folder, 'late-again.mkv');
    const encoding = { soundCodec: 'pcm' } as const;
    await editClip(late, [{ kind: 'low-pass', cutoffHz: 2000 }], path, { toolbox, encoding });
    const samples = await samplesOf(path);
    const first = samples.findIndex((value) => Math.abs(value) > 0.02);
    expect(Math.abs(first / 48 - 500)).toBeLessThan(3);
  });
});

describe('editing the picture of a clip from elsewhere', () => {
  it('removes, repeats and inserts frames by number', async () => {
    const { path, truth } = await edit('cut.mkv', [
      { kind: 'remove-frames', frame: 10, count: 10 },
      { kind: 'repeat-frames', frame: 5, count: 1, times: 4 },
      { kind: 'insert-frames', frame: 60, count: 2, from: { source: 'clip', frame: 3 } },
    ]);
    expect(await framesOf(path)).toHaveLength(75 - 10 + 4 + 2);
    expect(truth.removedFrames).toEqual([10, 11, 12, 13, 14, 15, 16, 17, 18, 19]);
    expect(truth.repeatedFrames).toEqual([6, 7, 8, 9]);
    expect(truth.frames.shows.slice(60, 62)).toEqual([3, 4]);
    expect(truth.audioLead.map((s) => s.apart ?? s.startLeadMs)).toContain(-240);
  });

  it('shows the very frames it tells, through a lossless encoding', async () => {
    const lossless = { codec: 'ffv1', soundCodec: 'pcm' } as const;
    const path = join(folder, 'lossless.mkv');
    const truth = await editClip(
      source,
      [
        { kind: 'remove-frames', frame: 0, count: 7 },
        { kind: 'repeat-frames', frame: 30, count: 5, times: 1 },
        { kind: 'insert-frames', frame: 12, count: 3, from: { source: 'clip', frame: 50 } },
      ],
      path,
      { toolbox, encoding: lossless },
    );
    const [before, after] = await Promise.all([frameHashes(source), frameHashes(path)]);
    expect(after).toEqual(truth.frames.shows.map((shown) => before[shown ?? -1]));
  });

  it('pastes a region into exactly the frames that were asked for', async () => {
    const path = join(folder, 'pasted.mkv');
    const region = { x: 40, y: 40, width: 32, height: 32 };
    await editClip(
      source,
      [{ kind: 'paste-region', frame: 20, count: 5, from: 60, region, to: { x: 200, y: 100 } }],
      path,
      {
        toolbox,
        encoding: { codec: 'ffv1', soundCodec: 'pcm' },
      },
    );
    const [before, after] = await Promise.all([frameHashes(source), frameHashes(path)]);
    expect(after.flatMap((hash, i) => (hash === before[i] ? [] : [i]))).toEqual([20, 21, 22, 23, 24]);
  });

  it('encodes again with another GOP', async () => {
    const { path, truth } = await edit('again.mp4', [{ kind: 're-encode', gop: 25 }]);
    const keys = (await framesOf(path)).flatMap((frame, i) => (frame.key ? [i] : []));
    expect(keys).toEqual([0, 25, 50]);
    expect(truth.passes).toHaveLength(2);
    expect(truth.audioLead[0]).toMatchObject({ startLeadMs: 0, endLeadMs: 0 });
  });
});

describe('what cannot be edited', () => {
  it('is refused by name, and leaves nothing behind', async () => {
    const before = await readdir(folder);
    const cases: [EditInput, string, string][] = [
      [{ kind: 'hide-face' }, source, 'edit-needs-presenter'],
      [{ kind: 'mute' }, silentClip, 'edit-needs-sound'],
      [{ kind: 'remove-frames', frame: 100, count: 1 }, source, 'edit-beyond-clip'],
    ];
    for (const [edits, from, code] of cases) {
      await expect(edit('refused.mp4', [edits], from)).rejects.toSatisfy(
        (error) => isAssayError(error) && error.code === code,
      );
    }
    const text = join(folder, '..', 'no such clip.mp4');
    await expect(edit('refused.mp4', [], text)).rejects.toSatisfy((error) => isAssayError(error, 'file-not-found'));
    expect(await readdir(folder)).toEqual(before);
  });

  it('a clip without sound can still lose frames', async () => {
    const { path, truth } = await edit('shorter.mp4', [{ kind: 'remove-frames', frame: 0, count: 5 }], silentClip);
    expect(await framesOf(path)).toHaveLength(20);
    expect(truth.sound).toBeNull();
  });
});
