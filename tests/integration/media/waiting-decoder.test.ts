import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { build } from 'vite';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  streamFrames,
  type ExpectedFrame,
  type SeenFrame,
  type Sketch,
} from '../../../src/media/decode/stream-frames.ts';
import { WaitingDecoders } from '../../../src/media/decode/waiting-decoders.ts';
import type { ExhibitMedia } from '../../../src/media/exhibit-media.ts';
import type { Toolbox } from '../../../src/tools/toolbox.ts';
import { readFrameTimes } from '../../../src/workbench/frames/frame-times.ts';
import { makeMedia } from '../../support/make-media.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-waiting-'));
const at = (name: string): string => join(folder, name);
const source = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=30000/1001:duration=6,noise=alls=8'];
const sound = ['-f', 'lavfi', '-i', 'sine=duration=6'];
const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '40', '-pix_fmt', 'yuv420p'];

beforeAll(async () => {
  await makeMedia([...source, ...sound, ...h264, '-c:a', 'aac', at('b-frames.mp4')]);
  // Frames dropped at random places: the rate varies, and the times lie on a fine grid.
  const varying = ['-vf', "select='gt(random(3)\\,0.4)'", '-fps_mode', 'vfr', '-enc_time_base', '1:90000'];
  await makeMedia([...source, ...varying, ...h264, '-video_track_timescale', '90000', at('varying.mp4')]);
  await makeMedia([...source, ...h264, '-video_track_timescale', '3000000', at('finest.mp4')]);
  // Cut without encoding, not at a key frame: the edit list hides what lies before, and the first time is not 0.
  await makeMedia(['-ss', '2.2', '-i', at('b-frames.mp4'), '-c', 'copy', at('cut.mp4')]);
  await makeMedia(['-itsoffset', '3.7', '-i', at('b-frames.mp4'), '-c', 'copy', '-copyts', at('later.mp4')]);
  await makeMedia(['-i', at('b-frames.mp4'), '-c', 'copy', at('rounded.mkv')]);
  await makeMedia([...source, '-c:v', 'libvpx-vp9', '-deadline', 'realtime', '-cpu-used', '8', at('vp9.webm')]);
  const damaged = readFileSync(at('b-frames.mp4'));
  for (let i = 0; i < 60; i++) damaged[4000 + i * 997] = (damaged[4000 + i * 997] ?? 0) ^ (1 << (i % 8));
  writeFileSync(at('damaged.mp4'), damaged);
  writeFileSync(at('unsaid.mp4'), withoutReorderLimit(at('b-frames.mp4')));
  await makeMedia([
    ...source,
    '-c:v',
    'libx265',
    '-preset',
    'ultrafast',
    '-x265-params',
    'log-level=none',
    at('hevc.mp4'),
  ]);
  await makeMedia(['-i', at('b-frames.mp4'), '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', at('stream.ts')]);
}, 60_000);
afterAll(() => rmSync(folder, { recursive: true }));

/** A film whose stream does not say how far its pictures are out of order: that part of its parameters is cut off. */
function withoutReorderLimit(path: string): Uint8Array {
  const args = [
    '-nostdin',
    '-loglevel',
    'trace',
    '-i',
    path,
    '-c',
    'copy',
    '-bsf:v',
    'trace_headers',
    '-f',
    'null',
    '-',
  ];
  const { stderr } = spawnSync('ffmpeg', args, { encoding: 'utf8', maxBuffer: 1e9 });
  const bit = Number(/] (\d+) +bitstream_restriction_flag/.exec(stderr)?.[1]);
  const bytes = readFileSync(path);
  // In the sample entry: six bytes, and the length of the parameter set, which begins with its type.
  const start = bytes.indexOf('avcC') + 4 + 8;
  const end = start + bytes.readUInt16BE(start - 2);
  const text = [...bytes.subarray(start, end)].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  const cut = `${text.slice(0, bit)}01`.padEnd(text.length, '0');
  for (let i = start; i < end; i++) bytes[i] = parseInt(cut.slice((i - start) * 8, (i - start + 1) * 8), 2);
  return bytes;
}

/** The programs of this machine, and how many runs were begun. */
function countedToolbox(): { toolbox: Toolbox; runs: () => number } {
  let runs = 0;
  const toolbox: Toolbox = { ...testToolbox, require: (name) => ((runs += 1), testToolbox.require(name)) };
  return { toolbox, runs: () => runs };
}

async function look(
  media: ExhibitMedia,
  toolbox: Toolbox,
  [fromPts, toPts, count]: readonly [number, number, number],
  waiting?: WaitingDecoders,
  more: { keyPts?: number; expected?: (place: number) => ExpectedFrame | undefined; sketch?: Sketch } = {},
): Promise<SeenFrame[]> {
  const frames: SeenFrame[] = [];
  const stretch = { media, toolbox, stream: 0, fromPts, toPts, count, width: 80 };
  await streamFrames({ ...stretch, ...(waiting && { waiting }), ...more }, (frame) => void frames.push(frame));
  return frames;
}

/** What an examination keeps of all frames: hashes by time. */
async function examine(media: ExhibitMedia, pts: readonly number[]): Promise<ReadonlyMap<number, string>> {
  const whole = [pts[0] ?? 0, pts.at(-1) ?? 0, pts.length] as const;
  return new Map((await look(media, testToolbox, whole)).map((frame) => [frame.pts, frame.hash]));
}

const expecting =
  (pts: readonly number[], from: number, hashes: ReadonlyMap<number, string>) =>
  (place: number): ExpectedFrame => ({ pts: pts[from + place] ?? NaN, hash: hashes.get(pts[from + place] ?? NaN) });

const processes = (): number[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      try {
        return readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--chdir\0${folder}\0`);
      } catch {
        return false;
      }
    })
    .map(Number);

const gone = async (): Promise<boolean> => {
  for (let i = 0; i < 100 && processes().length > 0; i++) await new Promise((resolve) => setTimeout(resolve, 20));
  return processes().length === 0;
};

describe('a waiting decoder', () => {
  for (const name of [
    ...['b-frames.mp4', 'varying.mp4', 'finest.mp4', 'cut.mp4', 'later.mp4', 'unsaid.mp4', 'hevc.mp4'],
    ...['rounded.mkv', 'vp9.webm'],
  ])
    it(`gives the frames of ${name} that a run of its own gives, with their times and hashes`, async () => {
      const media = await openMedia(at(name));
      const { toolbox, runs } = countedToolbox();
      const waiting = new WaitingDecoders(testToolbox);
      try {
        const { pts } = await readFrameTimes(media, 0);
        expect(pts.length).toBeGreaterThan(60);
        for (const index of [0, 1, 39, 57, pts.length - 2]) {
          const last = Math.min(pts.length - 1, index + 3);
          const stretch = [pts[index] ?? 0, pts[last] ?? 0, last - index + 1] as const;
          const alone = await look(media, testToolbox, stretch);
          waiting.prepare(media.folder);
          const before = runs();
          const seen = await look(media, toolbox, stretch, waiting);
          expect(runs(), `frame ${index} needed a run of its own`).toBe(before);
          expect(seen.map((one) => [one.pts, one.hash])).toEqual(alone.map((one) => [one.pts, one.hash]));
          expect(seen).toEqual(alone);
          expect(seen).toHaveLength(stretch[2]);
        }
      } finally {
        waiting.end(media.folder);
        await media.close();
      }
    });

  for (const name of ['b-frames.mp4', 'varying.mp4', 'cut.mp4', 'unsaid.mp4', 'hevc.mp4', 'rounded.mkv', 'vp9.webm'])
    it(`gives the examined frames of ${name} with several threads too`, async () => {
      const media = await openMedia(at(name));
      const { toolbox, runs } = countedToolbox();
      const waiting = new WaitingDecoders(testToolbox);
      try {
        const { pts } = await readFrameTimes(media, 0);
        const examined = await examine(media, pts);
        for (const index of [38, pts.length - 2]) {
          const last = Math.min(pts.length - 1, index + 12);
          const stretch = [pts[index] ?? 0, pts[last] ?? 0, last - index + 1] as const;
          waiting.prepare(media.folder, true);
          const seen = await look(media, toolbox, stretch, waiting, { expected: expecting(pts, index, examined) });
          expect(seen.map((one) => one.pts)).toEqual(pts.slice(index, last + 1));
          expect(seen).toEqual(await look(media, testToolbox, stretch));
        }
        expect(runs()).toBe(0);
      } finally {
        waiting.end(media.folder);
        await media.close();
      }
    });

  it('makes a smaller picture of the first frame as a run of its own would, and none of another frame', async () => {
    const media = await openMedia(at('b-frames.mp4'));
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts } = await readFrameTimes(media, 0);
      const [examined, from] = [await examine(media, pts), pts[30] ?? 0];
      const own: SeenFrame[] = [];
      const stretch = { media, toolbox: testToolbox, stream: 0, fromPts: from, toPts: from, count: 1, width: 40 };
      await streamFrames(stretch, (frame) => void own.push(frame));
      for (const [hash, seenFrom] of [
        [examined.get(from), 'waiting'],
        ['another', 'itself'],
      ]) {
        const sketches: SeenFrame[] = [];
        waiting.prepare(media.folder, true);
        const seen = await look(media, testToolbox, [from, from, 1], waiting, {
          expected: () => ({ pts: from, hash }),
          sketch: { width: 40, take: (sketch) => void sketches.push(sketch) },
        });
        expect(seen[0]?.width, `${seenFrom}`).toBe(80);
        expect(sketches, `${seenFrom}`).toEqual(own);
      }
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('with several threads shows nothing else than was examined, and keeps to one thread from then on', async () => {
    const media = await openMedia(at('b-frames.mp4'));
    const { toolbox, runs } = countedToolbox();
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts } = await readFrameTimes(media, 0);
      const examined = await examine(media, pts);
      const stretch = [pts[20] ?? 0, pts[29] ?? 0, 10] as const;
      const alone = await look(media, testToolbox, stretch);
      waiting.prepare(media.folder, true);
      expect(waiting.take(media.folder)).toBeUndefined();
      // As if the threads had raced at the fifth frame.
      const raced = new Map(examined).set(pts[24] ?? 0, 'another');
      const seen = await look(media, toolbox, stretch, waiting, { expected: expecting(pts, 20, raced) });
      expect(seen).toEqual(alone);
      expect(runs()).toBe(1);
      waiting.end(media.folder);
      waiting.prepare(media.folder, true);
      const next = waiting.take(media.folder, true);
      next?.end();
      expect(next?.threads).toBe(1);
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('with several threads shows of a damaged film what one thread shows', async () => {
    const media = await openMedia(at('damaged.mp4'));
    try {
      const { pts } = await readFrameTimes(media, 0);
      const examined = await examine(media, pts);
      for (const index of [3, 30, 75, 120]) {
        const waiting = new WaitingDecoders(testToolbox);
        const stretch = [pts[index] ?? 0, pts[index + 20] ?? 0, 21] as const;
        waiting.prepare(media.folder, true);
        const seen = await look(media, testToolbox, stretch, waiting, { expected: expecting(pts, index, examined) });
        expect(seen).toEqual(await look(media, testToolbox, stretch));
        waiting.end(media.folder);
      }
    } finally {
      await media.close();
    }
  });

  it('leaves it to a run of its own where a frame is passed over', async () => {
    const media = await openMedia(at('b-frames.mp4'));
    const { toolbox, runs } = countedToolbox();
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts } = await readFrameTimes(media, 0);
      const hidden = pts.filter((_, index) => index !== 23);
      const alone = await look(media, testToolbox, [pts[20] ?? 0, pts[26] ?? 0, 7]);
      waiting.prepare(media.folder);
      // What it hands over third is not what has to come third.
      const wrong = (place: number): ExpectedFrame => ({ pts: hidden[20 + place] ?? NaN, hash: undefined });
      expect(await look(media, toolbox, [pts[20] ?? 0, pts[26] ?? 0, 7], waiting, { expected: wrong })).toEqual(alone);
      expect(runs()).toBe(1);
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('shows of a damaged film what a run of its own shows', async () => {
    const media = await openMedia(at('damaged.mp4'));
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts } = await readFrameTimes(media, 0);
      for (const index of [3, 30, 75, 120]) {
        const stretch = [pts[index] ?? 0, pts[index + 20] ?? 0, 21] as const;
        const alone = await look(media, testToolbox, stretch);
        waiting.prepare(media.folder);
        expect(await look(media, testToolbox, stretch, waiting)).toEqual(alone);
      }
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('is not used for a format that does not go through a script', async () => {
    const media = await openMedia(at('stream.ts'));
    const { toolbox, runs } = countedToolbox();
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts, key } = await readFrameTimes(media, 0);
      waiting.prepare(media.folder);
      const keyPts = pts[key.lastIndexOf(true, 50)] ?? 0;
      const seen = await look(media, toolbox, [pts[50] ?? 0, pts[50] ?? 0, 1], waiting, { keyPts });
      expect(seen.map((one) => one.pts)).toEqual([pts[50]]);
      expect(runs()).toBe(1);
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('leaves it to a run of its own where the seek leads past the wanted frame', async () => {
    const media = await openMedia(at('b-frames.mp4'));
    const { toolbox, runs } = countedToolbox();
    const waiting = new WaitingDecoders(testToolbox);
    try {
      const { pts } = await readFrameTimes(media, 0);
      waiting.prepare(media.folder);
      // No frame begins at this time; the next one does not count as it.
      const seen = await look(media, toolbox, [(pts[20] ?? 0) + 1, pts[22] ?? 0, 2], waiting);
      expect(seen.map((one) => one.pts)).toEqual([pts[21], pts[22]]);
      expect(runs()).toBe(1);
    } finally {
      waiting.end(media.folder);
      await media.close();
    }
  });

  it('is ended when nobody needs it for some time, and when the exhibit is closed', async () => {
    const media = await openMedia(at('b-frames.mp4'));
    try {
      const patient = new WaitingDecoders(testToolbox, 150);
      patient.prepare(folder);
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(processes().length).toBeGreaterThan(0);
      expect(await gone()).toBe(true);
      expect(patient.take(folder)).toBeUndefined();

      const closed = new WaitingDecoders(testToolbox);
      closed.prepare(folder);
      closed.end(folder);
      expect(closed.take(folder)).toBeUndefined();
      expect(await gone()).toBe(true);
    } finally {
      await media.close();
    }
  });

  it('does not take the processor time of other runs from their accounts for good', async () => {
    const toolbox: Toolbox = { ...testToolbox, activity: { running: 0, started: 0 } };
    const waiting = new WaitingDecoders(toolbox);
    waiting.prepare(folder);
    await new Promise((resolve) => setTimeout(resolve, 60));
    expect(toolbox.activity.running).toBe(0);
    waiting.end(folder);
    expect(await gone()).toBe(true);
    expect(toolbox.activity.running).toBe(0);
  });
});

describe('an engine that is killed', () => {
  it('leaves no waiting decoder behind', async () => {
    const outDir = join(folder, 'engine');
    writeFileSync(
      at('engine.ts'),
      `import { createToolbox } from ${JSON.stringify(resolve('src/tools/create-toolbox.ts'))};
       import { WaitingDecoders } from ${JSON.stringify(resolve('src/media/decode/waiting-decoders.ts'))};
       new WaitingDecoders(createToolbox({ env: process.env, platform: process.platform })).prepare(${JSON.stringify(folder)});
       setInterval(() => undefined, 1000);`,
    );
    await build({
      ...{ root: folder, configFile: false, logLevel: 'error', publicDir: false },
      build: {
        ssr: at('engine.ts'),
        outDir,
        target: 'node20',
        rolldownOptions: { output: { entryFileNames: 'engine.mjs' } },
      },
    });
    const engine = spawn(process.execPath, [join(outDir, 'engine.mjs')], { stdio: 'ignore' });
    for (let i = 0; i < 200 && processes().length === 0; i++) await new Promise((done) => setTimeout(done, 20));
    expect(processes().length).toBeGreaterThan(0);
    engine.kill('SIGKILL');
    expect(await gone()).toBe(true);
  }, 30_000);
});
