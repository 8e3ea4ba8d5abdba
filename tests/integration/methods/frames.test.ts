import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames } from '../../../src/methods/frames/method.ts';
import { makeMedia } from '../../support/make-media.ts';
import { runMethod } from '../../support/run-method.ts';
import { sayAll } from './say-findings.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-frames-'));
const file = (name: string): string => join(folder, name);
/** Noise that differs in every picture, as a sensor's does. */
const scene = (seconds: number, seed: number): string[] => [
  ...['-f', 'lavfi', '-i', `testsrc2=size=192x108:rate=25:duration=${seconds},noise=alls=20:allf=t:all_seed=${seed}`],
];
const x264 = [
  '-c:v',
  'libx264',
  '-preset',
  'ultrafast',
  '-sc_threshold',
  '0',
  '-pix_fmt',
  'yuv420p',
  '-g',
  '10',
  '-bf',
  '0',
];

beforeAll(async () => {
  await Promise.all([
    makeMedia([...scene(2, 1), ...x264, file('plain.mp4')]),
    makeMedia([
      ...['-f', 'lavfi', '-i', 'color=red:size=192x108:rate=25:duration=1'],
      ...['-f', 'lavfi', '-i', 'color=white:size=192x108:rate=25:duration=1'],
      ...['-f', 'lavfi', '-i', 'color=blue:size=192x108:rate=25:duration=1'],
      ...['-filter_complex', '[0][1][2]concat=n=3,noise=alls=8:allf=t', ...x264, file('three-scenes.mp4')],
    ]),
    makeMedia([
      ...scene(3, 2),
      '-filter_complex',
      '[0]split[a][b];[a][b]freezeframes=first=31:last=44:replace=30',
      ...x264,
      '-crf',
      '0',
      file('freeze.mp4'),
    ]),
    makeMedia([
      ...['-f', 'lavfi', '-i', 'testsrc2=size=192x108:rate=24:duration=4,noise=alls=20:allf=t'],
      ...['-vf', 'fps=30', ...x264, '-crf', '0', file('converted.mp4')],
    ]),
    makeMedia([
      ...scene(2, 3),
      '-vf',
      "settb=1/1000,setpts='N*40+9*mod(N,3)'",
      ...['-fps_mode', 'passthrough', '-enc_time_base', '1:1000'],
      ...x264,
      file('vfr.mkv'),
    ]),
    makeMedia([...scene(1, 4), ...x264, file('upright.mp4')]),
    makeMedia([...scene(0.2, 5), '-c:v', 'rawvideo', '-pix_fmt', 'bgr24', file('raw.avi')]),
  ]);
  writeFileSync(file('list.txt'), `file 'plain.mp4'\nfile 'plain.mp4'\n`);
  await makeMedia(['-f', 'concat', '-safe', '0', '-i', file('list.txt'), '-c', 'copy', file('repeated.mp4')]);
  await makeMedia(['-i', file('upright.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', file('turned.mp4')]);
  await makeMedia(['-i', file('repeated.mp4'), '-vf', 'fps=10,scale=96:54', file('animation.gif')]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('frames', () => {
  it('numbers every picture with its time and hash', async () => {
    const run = await runMethod(frames, file('plain.mp4'));
    expect(run.result?.status).toBe('completed');
    expect(run.column('frame-index-0', 'frame')).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(run.column('frame-index-0', 'timeMs')).toEqual(Array.from({ length: 50 }, (_, i) => i * 40));
    const rows = run.rows('frame-hashes-0');
    expect(rows).toHaveLength(50);
    expect(new Set(rows.map(({ hash }) => hash)).size).toBe(50);
    expect(run.finding('no-duplicates').outcome).toBe('information');
    expect(await sayAll('frames', run)).not.toHaveLength(0);
  });

  it('decodes the exhibit once', async () => {
    const run = await runMethod(frames, file('plain.mp4'));
    expect(run.runs.filter(({ program }) => program === 'ffmpeg')).toHaveLength(1);
  });

  it('keeps the time of each picture where the rate varies', async () => {
    const run = await runMethod(frames, file('vfr.mkv'));
    const times = run.column('frame-index-0', 'timeMs');
    const expected = Array.from({ length: 50 }, (_, n) => n * 40 + 9 * (n % 3));
    expect(times.map((time) => time - (times[0] ?? 0))).toEqual(expected);
  });

  it('takes pictures out exactly, and says which', async () => {
    for (const name of ['vfr.mkv', 'plain.mp4']) {
      const run = await runMethod(frames, file(name), { png: [0, 7, 49] });
      const kept = run.findings.filter(({ code }) => code === 'frame-kept');
      expect(kept.map(({ details }) => details['frame'])).toEqual([0, 7, 49]);
      const hashes = run.rows('frame-hashes-0');
      expect(kept.map(({ details }) => details['hash'])).toEqual([0, 7, 49].map((n) => hashes[n]?.['hash']));
      const png = run.artefacts.get('frame-0-7')?.bytes ?? new Uint8Array();
      expect(await sharp(png).metadata()).toMatchObject({ format: 'png', width: 192, height: 108 });
      await sayAll('frames', run);
    }
  });

  it('says so when a picture is asked for that is not there', async () => {
    const run = await runMethod(frames, file('plain.mp4'), { png: [3, 50, 1000] });
    expect(run.finding('frames-not-there').measures['count']?.value).toBe(2);
    expect(run.artefacts.has('frame-0-3')).toBe(true);
    await sayAll('frames', run);
  });

  it('finds the changes of scene and shows them on the sheet', async () => {
    const run = await runMethod(frames, file('three-scenes.mp4'), { sheetCells: 6 });
    expect(run.finding('scene-changes').places.map(({ frame }) => frame)).toEqual([25, 50]);
    const cells = run.rows('contact-sheet-cells-0');
    expect(cells).toHaveLength(6);
    expect(cells.filter(({ because }) => because === 'scene-change').map(({ frame }) => frame)).toEqual([25, 50]);
    expect(cells.map(({ frame }) => Number(frame))).toEqual(
      [...cells.map(({ frame }) => Number(frame))].sort((a, b) => a - b),
    );
    await sayAll('frames', run);
  });

  it('draws the sheet in the right colours', async () => {
    const run = await runMethod(frames, file('three-scenes.mp4'), { sheetCells: 3 });
    const sheet = run.artefacts.get('contact-sheet-0')?.bytes ?? new Uint8Array();
    const cells = run.rows('contact-sheet-cells-0');
    const red = cells[0];
    const { data, info } = await sharp(sheet).raw().toBuffer({ resolveWithObject: true });
    const pixel = (row: number, column: number): number[] => {
      const at = ((4 + (row - 1) * 184 + 90) * info.width + 4 + (column - 1) * 324 + 160) * 3;
      return [...data.subarray(at, at + 3)];
    };
    const [r = 0, g = 0, b = 0] = pixel(Number(red?.['row']), Number(red?.['column']));
    expect(r).toBeGreaterThan(220);
    expect(g).toBeLessThan(40);
    expect(b).toBeLessThan(40);
  });

  it('shows turned pictures upright', async () => {
    const [upright, turned] = [
      await runMethod(frames, file('upright.mp4'), { sheetCells: 1 }),
      await runMethod(frames, file('turned.mp4'), { sheetCells: 1 }),
    ];
    const size = (run: typeof upright): unknown => {
      const artefact = run.artefacts.get('contact-sheet-0')?.artefact;
      return artefact?.kind === 'map' ? [artefact.width, artefact.height] : undefined;
    };
    expect(size(upright)).toEqual([328, 188]);
    expect(size(turned)).toEqual([188, 328]);
  });

  it('tells a standstill in motion, and only as information', async () => {
    const run = await runMethod(frames, file('freeze.mp4'));
    const freeze = run.finding('freezes');
    expect(freeze.outcome).toBe('information');
    expect(freeze.measures['longestRun']?.value).toBe(15);
    expect(freeze.places[0]).toMatchObject({ frame: 30, startMs: 1200, endMs: 1800 });
    await sayAll('frames', run);
  });

  it('recognises the duplicates of a converted frame rate', async () => {
    const run = await runMethod(frames, file('converted.mp4'));
    expect(run.finding('regular-duplicates').measures['period']?.value).toBe(5);
    expect(run.findings.map(({ code }) => code)).not.toContain('freezes');
    await sayAll('frames', run);
  });

  it('holds a copied part of a moving scene against the proposition that it was recorded once', async () => {
    const run = await runMethod(frames, file('repeated.mp4'));
    const finding = run.finding('repeated-sequence');
    expect(finding.outcome).toBe('inconsistent');
    expect(finding.measures).toMatchObject({
      frames: { value: 50 },
      originalFrame: { value: 0 },
      repeatedFrame: { value: 50 },
      differentFrames: { value: 50 },
    });
    expect(finding.places).toHaveLength(2);
    await sayAll('frames', run);
  });

  it('does not hold the repetition of an animation against anything', async () => {
    const run = await runMethod(frames, file('animation.gif'));
    expect(run.findings.filter(({ outcome }) => outcome === 'inconsistent')).toEqual([]);
    expect(run.finding('repeated-animation').outcome).toBe('information');
    await sayAll('frames', run);
  });

  it('says that a picture of unbelievable size was not looked at', async () => {
    const bytes = readFileSync(file('raw.avi'));
    const at = bytes.indexOf('strf');
    bytes.writeInt32LE(60_000, at + 12);
    bytes.writeInt32LE(60_000, at + 16);
    writeFileSync(file('claims.avi'), bytes);
    const run = await runMethod(frames, file('claims.avi'));
    expect(run.result).toMatchObject({ status: 'not-completed', reason: 'undecodable' });
    expect(run.finding('no-frames').outcome).toBe('abstained');
    await sayAll('frames', run);
  });

  it('gives the same bytes each time', async () => {
    const [first, second] = [await runMethod(frames, file('vfr.mkv')), await runMethod(frames, file('vfr.mkv'))];
    const hashes = (run: typeof first): string[] => [...run.artefacts.values()].map(({ artefact }) => artefact.sha256);
    expect(hashes(second)).toEqual(hashes(first));
    expect(second.findings).toEqual(first.findings);
  });
});
