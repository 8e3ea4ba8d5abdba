import { appendFile, chmod, cp, mkdir, readdir, readFile, rename, rm, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPassed } from '../../../src/base/check.ts';
import type { Case } from '../../../src/case/case.ts';
import { openCase } from '../../../src/case/open-case.ts';
import { verifyCase } from '../../../src/case/verify/verify-case.ts';
import { createPracticeIdentity, unlockPracticeIdentity } from '../../../src/seal/identity/practice-identity.ts';
import { addFiles, openBench, type Bench } from './case-fixture.ts';

let bench: Bench;
let cases = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());

const nextName = () => `case-${String(++cases)}`;
/** A closed case with two exhibits and a note. */
async function prepared(): Promise<{ name: string; layout: Case['layout']; folder: string }> {
  const name = nextName();
  const made = await bench.create(name);
  await addFiles(bench, made, { [`${name}-a`]: 'one', [`${name}-b`]: 'two' });
  await made.addNote({ kind: 'note', body: { text: 'a note' } });
  await made.close();
  return { name, layout: made.layout, folder: made.folder };
}
const sound = async (folder: string) => allPassed(await verifyCase(folder, { state: bench.state }));
const actions = (opened: Case) => opened.custody.entries().map(({ action }) => action);

describe('createCase', () => {
  it('makes a case that opens again without asking for the passphrase', async () => {
    const { name } = await prepared();
    const before = bench.unlocked();
    const opened = await bench.open(name);
    expect(opened.record).toMatchObject({ title: 'A title', examiner: 'The examiner', timeZone: 'Asia/Almaty' });
    expect(opened.exhibits().map(({ name: n }) => n)).toEqual([`${name}-a`, `${name}-b`]);
    expect(opened.notes().map(({ id, body }) => [id, body])).toEqual([['N001', { text: 'a note' }]]);
    expect(opened.recovered).toEqual({ removed: [], completed: [], repaired: [] });
    expect(bench.unlocked()).toBe(before);
    await opened.close();
  });

  it('makes the folders above, and refuses a folder that holds anything', async () => {
    const made = await bench.create('a/b/c');
    await made.close();
    await mkdir(bench.path('occupied'));
    await writeFile(bench.path('occupied', 'file'), '');
    await expect(bench.create('occupied')).rejects.toMatchObject({ code: 'case-exists' });
    await expect(bench.create('a/b/c')).rejects.toMatchObject({ code: 'case-exists' });
    expect(await readdir(bench.path('occupied'))).toEqual(['file']);
  });

  it('begins anew over what a kill left of an earlier attempt', async () => {
    const name = nextName();
    const made = await bench.create(name);
    await made.close();
    await rm(made.layout.record);
    await writeFile(join(made.folder, '.case.json.part'), '{"sch');
    const again = await bench.create(name);
    expect(actions(again)).toEqual(['key.certified', 'case.created']);
    await again.close();
    expect(await sound(again.folder)).toBe(true);
  });

  it('does not take a case whose record is lost for one that was never made', async () => {
    const { name, layout } = await prepared();
    await rm(layout.record);
    await expect(bench.create(name)).rejects.toMatchObject({ code: 'case-exists' });
  });
});

describe('openCase', () => {
  it('says what is no case, a newer case, or a damaged one', async () => {
    await expect(bench.open('nowhere')).rejects.toMatchObject({ code: 'not-a-case' });
    const { name, layout } = await prepared();
    const record = await readFile(layout.record, 'utf8');
    await writeFile(layout.record, record.replace('assay.case/1', 'assay.case/2'));
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'case-newer' });
    await writeFile(layout.record, '{');
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'case-damaged', details: { file: 'case.json' } });
  });

  it('opens for reading beside a writer, and changes nothing', async () => {
    const { name, folder } = await prepared();
    const writer = await bench.open(name);
    const reader = await openCase({ folder, mode: 'read', clock: () => new Date() });
    expect(reader.exhibits()).toHaveLength(2);
    await expect(reader.addNote({ kind: 'note', body: {} })).rejects.toMatchObject({ code: 'defect' });
    await reader.close();
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'case-locked' });
    await writer.close();
    expect(await readdir(folder)).not.toContain('case.lock');
  });

  it('gives another identity its own key, certified by an entry of its own', async () => {
    const { name, folder } = await prepared();
    const other = await createPracticeIdentity({ folder: bench.path('other'), clock: () => new Date() });
    await expect(
      openCase({
        ...{ folder, mode: 'write', identity: other, state: bench.state },
        ...{ clock: () => new Date(), randomUuid: () => 'other' },
      }),
    ).rejects.toMatchObject({ code: 'custody-key-missing' });
    const opened = await bench.open(name, { identity: other, unlock: () => unlockPracticeIdentity(other) });
    await opened.addNote({ kind: 'note', body: {} });
    expect(actions(opened).slice(-2)).toEqual(['key.certified', 'note.added']);
    await opened.close();
    expect(await sound(folder)).toBe(true);
  });

  it('leaves out an exhibit whose record was changed, says so, and opens', async () => {
    const { name, layout } = await prepared();
    const path = join(layout.exhibit('E001'), 'exhibit.json');
    const record = await readFile(path, 'utf8');
    await chmod(path, 0o644);
    await writeFile(path, record.replace('questioned', 'reference'));
    const opened = await bench.open(name);
    expect(opened.exhibits().map(({ id }) => id)).toEqual(['E002']);
    expect(opened.damaged()).toEqual(['E001']);
    expect(() => opened.exhibit('E001')).toThrow(/case-damaged/);
    expect(() => opened.exhibit('E009')).toThrow(/unknown-name/);
    await opened.close();
  });
});

describe('openCase after a kill', () => {
  it('keeps the torn end of the custody log in an entry', async () => {
    const { name, folder, layout } = await prepared();
    const torn = '{"action":"note.added","actor":"Prac';
    await appendFile(layout.custody, torn);
    expect(await sound(folder)).toBe(true);
    const opened = await bench.open(name);
    expect(opened.recovered.repaired).toEqual(['custody.jsonl']);
    const entry = opened.custody.entries().at(-1);
    expect(entry?.action).toBe('log.repaired');
    expect(Buffer.from(String(entry?.detail['bytes']), 'base64').toString()).toBe(torn);
    await opened.close();
    expect(await sound(folder)).toBe(true);
  });

  it('takes over an entry that is whole but not yet named by the head', async () => {
    const { name, folder, layout } = await prepared();
    const head = await readFile(layout.custodyHead);
    const opened = await bench.open(name);
    await opened.addNote({ kind: 'note', body: {} });
    await opened.close();
    await writeFile(layout.custodyHead, head);
    expect(await sound(folder)).toBe(true);
    const again = await bench.open(name);
    expect(JSON.parse(await readFile(layout.custodyHead, 'utf8'))).toMatchObject(again.custody.head() ?? {});
    await again.close();
  });

  it('writes the note whose entry is there and whose line is not', async () => {
    const { name, folder, layout } = await prepared();
    const whole = await readFile(layout.notes);
    for (const left of [0, 5, whole.length - 1]) {
      await truncate(layout.notes, left);
      const opened = await bench.open(name);
      expect(opened.recovered.completed).toEqual(['notes.jsonl']);
      await opened.close();
      expect(await readFile(layout.notes)).toEqual(whole);
      expect(await sound(folder)).toBe(true);
    }
  });

  it('removes what was never recorded, and says so', async () => {
    const { name, folder, layout } = await prepared();
    await mkdir(join(layout.exhibits, '.E003.part'));
    await writeFile(join(layout.exhibits, '.E003.part', 'original.mp4'), 'half');
    await writeFile(join(folder, '.custody-head.json.part'), 'half');
    const examinations = layout.examinations('E001');
    await mkdir(join(examinations, `.${'a'.repeat(64)}.part`), { recursive: true });
    await mkdir(join(examinations, 'b'.repeat(64)));
    await writeFile(join(examinations, 'b'.repeat(64), 'result.json'), '{}');
    const opened = await bench.open(name);
    const removed = [
      '.custody-head.json.part',
      'exhibits/.E003.part',
      `exhibits/E001/examinations/.${'a'.repeat(64)}.part`,
      `exhibits/E001/examinations/${'b'.repeat(64)}`,
    ];
    expect(opened.recovered.removed).toEqual(removed);
    expect(opened.custody.entries().at(-1)).toMatchObject({ action: 'leftovers.cleared', detail: { removed } });
    await opened.close();
    expect(await sound(folder)).toBe(true);
  });

  it('gives an exhibit its name that was recorded and had not got it', async () => {
    const { name, folder, layout } = await prepared();
    await rename(layout.exhibit('E002'), join(layout.exhibits, '.E002.part'));
    expect(await sound(folder)).toBe(true);
    const opened = await bench.open(name);
    expect(opened.recovered.completed).toEqual(['exhibits/E002']);
    expect(opened.exhibits().map(({ id }) => id)).toEqual(['E001', 'E002']);
    await opened.close();
    expect(await sound(folder)).toBe(true);
  });

  it('never gives that name to anything but what was recorded', async () => {
    const { name, folder, layout } = await prepared();
    const staged = join(layout.exhibits, '.E002.part');
    await rename(layout.exhibit('E002'), staged);
    await chmod(join(staged, 'original.bin'), 0o644);
    await writeFile(join(staged, 'original.bin'), 'planted');
    const opened = await bench.open(name);
    expect(opened.recovered).toMatchObject({ completed: [], removed: ['exhibits/.E002.part'] });
    expect(opened.damaged()).toEqual(['E002']);
    await opened.close();
    expect(await sound(folder)).toBe(false);
  });
});

describe('openCase on a log that was tampered with', () => {
  it('refuses to add to a broken chain, and names the entry', async () => {
    const { name, layout } = await prepared();
    const text = await readFile(layout.custody, 'utf8');
    await writeFile(layout.custody, text.split('\n').toSpliced(2, 1).join('\n'));
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'custody-broken', details: { entry: 2 } });
    expect(await readdir(bench.path(name))).not.toContain('case.lock');
  });

  it('refuses to add on top of entries that nobody with a key wrote', async () => {
    const { name, layout } = await prepared();
    const opened = await bench.open(name);
    const head = await readFile(layout.custodyHead);
    await opened.addNote({ kind: 'note', body: {} });
    await opened.close();
    await writeFile(layout.custodyHead, head);
    const lines = (await readFile(layout.custody, 'utf8')).trimEnd().split('\n');
    const last = JSON.parse(lines.at(-1) ?? '') as { signature: string };
    const other = JSON.parse(lines.at(-2) ?? '') as { signature: string };
    lines[lines.length - 1] = JSON.stringify({ ...last, signature: other.signature });
    await writeFile(layout.custody, `${lines.join('\n')}\n`);
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'custody-broken' });
  });

  it('refuses an older copy of the whole case, until the person accepts it', async () => {
    const { name, folder } = await prepared();
    await cp(folder, bench.path('backup'), { recursive: true });
    const opened = await bench.open(name);
    await opened.addNote({ kind: 'note', body: { text: 'later' } });
    const seen = opened.custody.head()?.seq;
    await opened.close();
    await rm(folder, { recursive: true });
    await rename(bench.path('backup'), folder);
    await expect(bench.open(name)).rejects.toMatchObject({ code: 'custody-rolled-back', details: { seen } });
    const accepted = await bench.open(name, { acceptRolledBack: true });
    expect(accepted.custody.entries().at(-1)).toMatchObject({ action: 'custody.rolled-back', detail: { seen } });
    await accepted.close();
    await (await bench.open(name)).close();
    expect(await sound(folder)).toBe(true);
  });
});

describe('notes', () => {
  it('supersede one another, are numbered, and are read from signed entries alone', async () => {
    const { name, layout } = await prepared();
    const opened = await bench.open(name);
    const [second, third] = await Promise.all([
      opened.addNote({ kind: 'bookmark', body: { startMs: 10 } }),
      opened.addNote({ kind: 'note', body: { text: 'better' }, supersedes: 'N001' }),
    ]);
    expect([second.id, third.id]).toEqual(['N002', 'N003']);
    await expect(opened.addNote({ kind: 'note', body: {}, supersedes: 'N009' })).rejects.toMatchObject({
      code: 'unknown-name',
    });
    await appendFile(layout.notes, '{"id":"N004","kind":"note"}\n');
    expect(opened.notes().map(({ id }) => id)).toEqual(['N001', 'N002', 'N003']);
    await opened.close();
    expect((await readFile(layout.notes, 'utf8')).trimEnd().split('\n')).toHaveLength(4);
    const failed = (await verifyCase(opened.folder)).filter(({ outcome }) => outcome === 'failed');
    expect(failed.map(({ code, subject }) => [code, subject])).toEqual([['note-unlisted', 'notes.jsonl#3']]);
  });
});
