import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ela } from '../../../src/methods/ela/method.ts';
import { makeClip } from '../../support/make-media.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { sayAll } from './say-findings.ts';
import { goldenPicture } from '../../unit/methods/ela/golden-picture.ts';

let folder: string;
const at = (name: string): string => join(folder, name);

/** A picture saved at quality 95 with a square in it that was saved at quality 40 before. */
async function spliced(): Promise<Buffer> {
  const { width, height, data } = goldenPicture(256, 192);
  const raw = { width, height, channels: 3 } as const;
  const poor = await sharp(data, { raw }).jpeg({ quality: 40 }).toBuffer();
  const patch = await sharp(poor).extract({ left: 128, top: 64, width: 64, height: 64 }).toBuffer();
  return sharp(data, { raw })
    .composite([{ input: patch, left: 128, top: 64 }])
    .jpeg({ quality: 95 })
    .toBuffer();
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-ela-'));
  const { width, height, data } = goldenPicture();
  const picture = (): Sharp => sharp(data, { raw: { width, height, channels: 3 } });
  await writeFile(at('picture.jpg'), await picture().jpeg({ quality: 88 }).toBuffer());
  await writeFile(at('picture.png'), await picture().png().toBuffer());
  await writeFile(at('spliced.jpg'), await spliced());
  await makeClip(at('clip.mp4'), { seconds: 3 });
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

const png = async (run: MethodRunInTest, name: string): Promise<Buffer> =>
  sharp(Buffer.from(run.artefacts.get(name)!.bytes))
    .raw()
    .toBuffer();

describe('ela on a JPEG', () => {
  it('gives facts and maps, and never a comparing outcome', async () => {
    const run = await runMethod(ela, at('picture.jpg'));
    expect(run.findings.map(({ code, outcome }) => [code, outcome])).toEqual([['error-levels', 'information']]);
    expect([...run.artefacts.keys()]).toEqual(['ela-map', 'ela-amplified', 'ela-overlay', 'ela-blocks']);
    const { limits, measures } = run.finding('error-levels');
    expect(limits).toContain('aid-not-detector');
    expect(measures['quality']).toEqual({ value: 90, unit: '1' });
    const map = await png(run, 'ela-map');
    expect(map.reduce((sum, level) => sum + level, 0) / map.length).toBeCloseTo(
      Number(measures['meanLevel']?.value),
      3,
    );
    expect(Math.max(...map)).toBe(measures['maxLevel']?.value);
  });

  it('amplifies the map by the scale and lists every block', async () => {
    const run = await runMethod(ela, at('picture.jpg'), { scale: 20, blockSize: 8 });
    const [map, amplified] = [await png(run, 'ela-map'), await png(run, 'ela-amplified')];
    expect([...amplified]).toEqual([...map].map((level) => Math.min(255, level * 20)));
    const { artefact } = run.artefacts.get('ela-amplified')!;
    expect(artefact).toMatchObject({ scale: 'grey', legend: { min: 0, max: 12.75, unit: 'levels' } });
    const { width, height } = goldenPicture();
    expect(run.column('ela-blocks', 'block').length).toBe(Math.ceil(width / 8) * Math.ceil(height / 8));
    expect(Math.max(...run.column('ela-blocks', 'max'))).toBe(Math.max(...map));
    expect(run.column('ela-blocks', 'x').slice(0, 3)).toEqual([0, 8, 16]);
  });

  it('keeps the colours where they are asked for', async () => {
    const run = await runMethod(ela, at('picture.jpg'), { channels: 'rgb', subsampling: '4:4:4' });
    const { artefact } = run.artefacts.get('ela-map')!;
    expect(artefact).toMatchObject({ scale: 'picture', mediaType: 'image/png' });
    expect((await sharp(Buffer.from(run.artefacts.get('ela-map')!.bytes)).metadata()).channels).toBe(3);
  });

  it('shows a part with another JPEG history at another level', async () => {
    const run = await runMethod(ela, at('spliced.jpg'), { quality: 95, subsampling: '4:4:4', blockSize: 16 });
    const [x, y, mean] = ['x', 'y', 'mean'].map((id) => run.column('ela-blocks', id));
    const inside = (i: number): boolean => x![i]! >= 128 && x![i]! < 192 && y![i]! >= 64 && y![i]! < 128;
    const striped = (i: number): boolean => x![i]! >= 128;
    const average = (chosen: (i: number) => boolean): number => {
      const levels = mean!.filter((_, i) => chosen(i));
      return levels.reduce((sum, level) => sum + level, 0) / levels.length;
    };
    const ratio = average(inside) / average((i) => striped(i) && !inside(i));
    expect(Math.abs(Math.log(ratio))).toBeGreaterThan(0.1);
  });

  it('gives the same bytes each time', async () => {
    const [first, second] = [await runMethod(ela, at('picture.jpg')), await runMethod(ela, at('picture.jpg'))];
    expect(second.findings).toEqual(first.findings);
    for (const [name, { artefact }] of first.artefacts) {
      expect(second.artefacts.get(name)?.artefact.sha256).toBe(artefact.sha256);
    }
  });

  it('says that a picture breaks off', async () => {
    const whole = await readFile(at('picture.jpg'));
    await writeFile(at('broken.jpg'), whole.subarray(0, whole.length / 2));
    const run = await runMethod(ela, at('broken.jpg'));
    expect(run.findings.map(({ code }) => code)).toEqual(['error-levels', 'picture-damaged']);
    expect(run.finding('picture-damaged').details['truncated']).toBe(true);
    expect((await sayAll('ela', run)).length).toBe(2);
  });
});

describe('ela on anything else', () => {
  it('abstains on a PNG, with the map and the limit', async () => {
    const run = await runMethod(ela, at('picture.png'));
    expect(run.findings).toHaveLength(1);
    expect(run.finding('no-jpeg-history')).toMatchObject({ outcome: 'abstained', reason: 'no-jpeg-history' });
    expect(run.finding('no-jpeg-history').limits).toContain('uncalibrated');
    expect(run.artefacts.has('ela-map')).toBe(true);
    expect((await sayAll('ela', run))[0]).toContain('(png)');
  });

  it('abstains on the key frames of a film, spread over its length', async () => {
    const run = await runMethod(ela, at('clip.mp4'), { frames: 2 });
    expect(run.findings.map(({ outcome, reason }) => [outcome, reason])).toEqual([['abstained', 'decoded-frame']]);
    const finding = run.findings[0]!;
    const frames = finding.places.map(({ frame }) => frame ?? -1);
    expect(frames).toHaveLength(2);
    expect(frames[0]).toBeLessThan(frames[1]!);
    expect(finding.places[1]?.startMs).toBeCloseTo((frames[1]! * 1000) / 25, 3);
    expect((await sayAll('ela', run))[0]).toMatch(/^Looked at: 2 frames of the film, saved as JPEG at quality 90\./);
    const table = run.json('ela-frames') as { rows: number[][] };
    expect(table.rows.map(([frame]) => frame)).toEqual(frames);
    const means = table.rows.map((row) => row[2]);
    expect([finding.measures['lowestMean']?.value, finding.measures['highestMean']?.value]).toEqual([
      Math.min(...(means as number[])),
      Math.max(...(means as number[])),
    ]);
    const { artefact } = run.artefacts.get(`ela-map-frame-${String(frames[0])}`)!;
    expect(artefact).toMatchObject({ width: 320, height: 240, over: { plane: 'picture', frame: frames[0] } });
  });

  it('leaves films out where no frames are chosen', async () => {
    const run = await runMethod(ela, at('clip.mp4'), { frames: 0 });
    expect(run.findings.map(({ outcome, reason }) => [outcome, reason])).toEqual([['abstained', 'no-frames-chosen']]);
    expect(run.artefacts.size).toBe(0);
  });

  it('does not apply to sound, text and pictures that cannot be decoded here', async () => {
    await writeFile(at('note.txt'), 'no picture at all');
    await writeFile(at('odd.jp2'), Buffer.from('0000000c6a5020200d0a870a00000014667479706a703220', 'hex'));
    expect((await runMethod(ela, at('note.txt'))).applicability).toEqual({ applies: false, reason: 'no-picture' });
    const jp2 = await runMethod(ela, at('odd.jp2'));
    expect(jp2.applicability).toEqual({ applies: false, reason: 'picture-codec-missing' });
  });
});

describe('the parameters of ela', () => {
  it('have bounds', () => {
    for (const wrong of [
      { quality: 0 },
      { quality: 101 },
      { scale: 0 },
      { blockSize: 12 },
      { frames: 1000 },
      { more: 1 },
    ]) {
      expect(ela.params.safeParse(wrong).success).toBe(false);
    }
    expect(ela.params.parse({})).toEqual({
      ...{ quality: 90, scale: 15, subsampling: '4:2:0', channels: 'max', blockSize: 16, frames: 3 },
    });
  });
});
