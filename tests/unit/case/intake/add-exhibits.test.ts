import { createHash } from 'node:crypto';
import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allPassed } from '../../../../src/base/check.ts';
import type { ProgressEvent } from '../../../../src/base/progress.ts';
import type { Case } from '../../../../src/case/case.ts';
import { addExhibits } from '../../../../src/case/intake/add-exhibits.ts';
import { verifyCase } from '../../../../src/case/verify/verify-case.ts';
import { addFiles, openBench, type Bench } from '../case-fixture.ts';

let bench: Bench;
let target: Case;
let cases = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());
beforeEach(async () => {
  target = await bench.create(`case-${String(++cases)}`);
  return () => target.close();
});
const sound = async () => allPassed(await verifyCase(target.folder, { state: bench.state }));

describe('addExhibits', () => {
  it('records what came, from where, when and by whom, and keeps a read-only copy', async () => {
    const [outcome] = await addFiles(bench, target, { 'Clip One.MP4': 'bytes' });
    const record = JSON.parse(await readFile(join(target.layout.exhibit('E001'), 'exhibit.json'), 'utf8')) as object;
    expect(outcome).toEqual({ outcome: 'added', path: bench.path('Clip One.MP4'), exhibit: record });
    expect(record).toMatchObject({
      ...{ id: 'E001', role: 'questioned', name: 'Clip One.MP4', pathAsGiven: bench.path('Clip One.MP4') },
      ...{ fileName: 'original.mp4', sizeBytes: 5, addedBy: bench.identity.name },
      sha256: createHash('sha256').update('bytes').digest('hex'),
    });
    expect(record).not.toHaveProperty('nameBytes');
    const copy = target.originalPath('E001');
    expect(await readFile(copy, 'utf8')).toBe('bytes');
    expect((await stat(copy)).mode & 0o222).toBe(0);
    expect(target.custody.entries().at(-1)).toMatchObject({ action: 'exhibit.added', subject: 'E001' });
    expect(await sound()).toBe(true);
  });

  it('takes an empty file', async () => {
    await addFiles(bench, target, { empty: '' });
    expect(target.exhibit('E001')).toMatchObject({ sizeBytes: 0, fileName: 'original.bin' });
    expect(await sound()).toBe(true);
  });

  it('recognises the same bytes under another name, and says so in the log', async () => {
    const outcomes = await addFiles(bench, target, { a: 'same', b: 'other', c: 'same' });
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['added', 'added', 'already-present']);
    expect(target.exhibits().map(({ id }) => id)).toEqual(['E001', 'E002']);
    expect(target.custody.entries().at(-1)).toMatchObject({
      ...{ action: 'exhibit.already-present', subject: 'E001' },
      detail: { path: bench.path('c') },
    });
    expect(await readdir(target.layout.exhibits)).toEqual(['E001', 'E002']);
    expect(await sound()).toBe(true);
  });

  it('reports what cannot be taken and goes on with the rest', async () => {
    await writeFile(bench.path('last'), 'last');
    const told: string[] = [];
    const outcomes = await addExhibits(target, [bench.path('nowhere'), '/dev/null', bench.path('last')], {
      role: 'reference',
      source: 'A stick',
      onOutcome: ({ outcome }) => told.push(outcome),
    });
    expect(outcomes.map((o) => (o.outcome === 'refused' ? o.refusal.reason : o.exhibit.id))).toEqual([
      'file-not-found',
      'not-a-file',
      'E001',
    ]);
    expect(told).toEqual(['refused', 'refused', 'added']);
    expect(target.exhibit('E001')).toMatchObject({ role: 'reference', source: 'A stick' });
    expect(target.custody.entries().filter(({ action }) => action === 'exhibit.refused')).toHaveLength(2);
    expect(await sound()).toBe(true);
  });

  it('keeps the bytes of names that are not UTF-8', async () => {
    const folder = bench.path('odd');
    await mkdir(folder);
    await writeFile(Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff]), Buffer.from('.jpg')]), 'odd');
    await addExhibits(target, [folder], { role: 'questioned' });
    expect(target.exhibit('E001')).toMatchObject({
      ...{ name: 'x\ufffd.jpg', nameBytes: '78ff2e6a7067', fileName: 'original.jpg' },
      pathBytes: Buffer.concat([Buffer.from(`${folder}/x`), Buffer.from([0xff]), Buffer.from('.jpg')]).toString('hex'),
    });
    expect(await sound()).toBe(true);
  });

  it('counts bytes up to the total, and each file on its own', async () => {
    const events: ProgressEvent[] = [];
    const files: ProgressEvent[] = [];
    await writeFile(bench.path('p1'), Buffer.alloc(3_000_000, 1));
    await writeFile(bench.path('p2'), Buffer.alloc(1000, 2));
    await addExhibits(target, [bench.path('p1'), bench.path('p2')], {
      ...{ role: 'questioned', progress: (event) => events.push(event), fileProgress: (event) => files.push(event) },
    });
    expect(
      events.every(({ stage, total, unit }) => stage === 'intake' && total === 3_001_000 && unit === 'bytes'),
    ).toBe(true);
    const done = events.map((event) => event.done);
    expect(done).toEqual([...done].sort((a, b) => a - b));
    expect(done[0]).toBe(0);
    expect(done.at(-1)).toBe(3_001_000);
    expect(files.filter(({ done: d, total }) => d === total).map(({ subject }) => subject)).toEqual([
      bench.path('p1'),
      bench.path('p2'),
    ]);
  });

  it('leaves no half exhibit when it is cancelled, and keeps those that were done', async () => {
    await writeFile(bench.path('c1'), 'first');
    await writeFile(bench.path('c2'), Buffer.alloc(30_000_000, 7));
    const abort = new AbortController();
    const adding = addExhibits(target, [bench.path('c1'), bench.path('c2')], {
      role: 'questioned',
      signal: abort.signal,
      fileProgress: ({ subject, done }) => {
        if (subject === bench.path('c2') && done > 0) abort.abort();
      },
    });
    await expect(adding).rejects.toMatchObject({ code: 'cancelled' });
    expect(target.exhibits().map(({ name }) => name)).toEqual(['c1']);
    expect(await readdir(target.layout.exhibits)).toEqual(['E001']);
    expect(target.custody.entries().at(-1)).toMatchObject({ action: 'intake.cancelled', detail: { done: 1, of: 2 } });
    expect(await sound()).toBe(true);
  });

  it('names every file with its size before the first is begun', async () => {
    await writeFile(bench.path('p1'), 'four');
    await writeFile(bench.path('p2'), 'sixsix');
    const seen: unknown[] = [];
    await addExhibits(target, [bench.path('p1'), bench.path('p2')], {
      role: 'questioned',
      fileProgress: ({ subject, done, total }) => seen.push([subject, done, total]),
    });
    expect(seen.slice(0, 2)).toEqual([
      [bench.path('p1'), 0, 4],
      [bench.path('p2'), 0, 6],
    ]);
  });

  it('never gives a number twice', async () => {
    await addFiles(bench, target, { n1: '1', n2: '2' });
    await target.close();
    target = await bench.open(`case-${String(cases)}`);
    await addFiles(bench, target, { n3: '3' });
    expect(target.exhibits().map(({ id }) => id)).toEqual(['E001', 'E002', 'E003']);
  });
});
