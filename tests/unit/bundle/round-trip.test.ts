import { mkdir, readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { detailOf } from '../../../src/case/custody/custody-action.ts';
import { openCase } from '../../../src/case/open-case.ts';
import { verifyCase } from '../../../src/case/verify/verify-case.ts';
import { addFiles, openBench, type Bench } from '../case/case-fixture.ts';
import { packCase, smallCase, takeIn } from './bundle-fixture.ts';

let anna: Bench;
let boris: Bench;

beforeEach(async () => {
  [anna, boris] = await Promise.all([openBench(), openBench()]);
});

afterEach(() => Promise.all([anna.remove(), boris.remove()]));

async function failuresOf(folder: string, state: string) {
  return (await verifyCase(folder, { state })).filter(({ outcome }) => outcome === 'failed');
}

/** Anna packs, Boris takes in, adds and packs, Anna takes in again. */
async function thereAndBack(): Promise<string> {
  const made = await smallCase(anna, 'case');
  const there = await packCase(anna, made, anna.path('there.zip'));
  await made.close();
  await takeIn(boris, there.path, boris.path('case'));
  const theirs = await boris.open('case');
  await addFiles(boris, theirs, { 'third.txt': 'what Boris has\n' });
  await theirs.addNote({ kind: 'note', body: { text: 'Seen by Boris' } });
  const back = await packCase(boris, theirs, boris.path('back.zip'));
  await theirs.close();
  await takeIn(anna, back.path, anna.path('returned'));
  return anna.path('returned');
}

describe('a case that two agencies pass back and forth', () => {
  it('keeps the log of every hand, in chapters that verify', async () => {
    const returned = await thereAndBack();
    const opened = await openCase({ folder: returned, mode: 'read', clock: () => new Date() });
    const entries = opened.custody.entries();
    expect(entries.map(({ action }) => action)).toEqual([
      ...['key.certified', 'case.created', 'exhibit.added', 'exhibit.added', 'note.added', 'case.exported'],
      ...['key.certified', 'case.imported', 'exhibit.added', 'note.added', 'case.exported', 'case.imported'],
    ]);
    expect(new Set(entries.map(({ key }) => key)).size).toBe(2);
    expect(opened.exhibits().map(({ id }) => id)).toEqual(['E001', 'E002', 'E003']);
    expect(opened.notes().map(({ body }) => body['text'])).toEqual(['A note', 'Seen by Boris']);
    const checks = await verifyCase(returned, { state: anna.state });
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(checks.filter(({ code }) => code === 'custody-chapters')).toMatchObject([{ details: { chapters: 3 } }]);
  });

  it('names the bundle and the end of the sender’s log in the entry that begins a chapter', async () => {
    const made = await smallCase(anna, 'case');
    const packed = await packCase(anna, made, anna.path('there.zip'));
    const end = made.custody.head();
    await made.close();
    await takeIn(boris, packed.path, boris.path('case'));
    const opened = await boris.open('case');
    const entry = opened.custody.entries().at(-1);
    expect(entry && detailOf(entry, 'case.imported')).toMatchObject({
      bundle: { sha256: packed.sha256, sizeBytes: packed.sizeBytes },
      head: end,
      sender: { fingerprint: anna.identity.fingerprint, practice: true, recognised: false },
    });
    await opened.close();
  });

  it('keeps originals read-only and the same', async () => {
    const returned = await thereAndBack();
    const original = `${returned}/exhibits/E001/original.bin`;
    expect((await stat(original)).mode & 0o777).toBe(0o444);
    expect(await readFile(original)).toEqual(await readFile(anna.path('case/exhibits/E001/original.bin')));
  });

  it('shows a chapter that does not go on from the sender’s end', async () => {
    const returned = await thereAndBack();
    const log = await readFile(`${returned}/custody.jsonl`, 'utf8');
    const lines = log.split('\n');
    // Boris's chapter without what Anna's log ended with.
    await writeFile(`${returned}/custody.jsonl`, [...lines.slice(0, 5), ...lines.slice(6)].join('\n'));
    const codes = (await failuresOf(returned, anna.state)).map(({ code }) => code);
    expect(codes).toContain('custody-chapter');
    expect(codes).toContain('custody-missing');
  });

  it('does not let the sender’s older copy be worked on once a newer one came back', async () => {
    await thereAndBack();
    const first = takeIn(anna, anna.path('there.zip'), anna.path('again'));
    await expect(first).rejects.toMatchObject({ code: 'bundle-older', details: { seen: 11, found: 5 } });
    expect(await readdir(anna.folder)).not.toContain('again');
    await expect(anna.open('case')).rejects.toMatchObject({ code: 'custody-rolled-back' });
  });

  it('says so when both went on working, and takes the other branch in only on purpose', async () => {
    const made = await smallCase(anna, 'case');
    const there = await packCase(anna, made, anna.path('there.zip'));
    await made.addNote({ kind: 'note', body: { text: 'Meanwhile' } });
    await made.close();
    await takeIn(boris, there.path, boris.path('case'));
    const theirs = await boris.open('case');
    const back = await packCase(boris, theirs, boris.path('back.zip'));
    await theirs.close();
    await expect(takeIn(anna, back.path, anna.path('returned'))).rejects.toMatchObject({ code: 'bundle-diverged' });
    expect(await readdir(anna.folder)).not.toContain('returned');
    // Anna's own branch is as workable as before.
    await (await anna.open('case')).close();
    await takeIn(anna, back.path, anna.path('returned'), { acceptOlder: true });
    expect(await failuresOf(anna.path('returned'), anna.state)).toEqual([]);
  });

  it('leaves nothing behind and remembers nothing when the new key cannot be certified', async () => {
    const made = await smallCase(anna, 'case');
    const there = await packCase(anna, made, anna.path('there.zip'));
    await made.close();
    const refused = takeIn(boris, there.path, boris.path('case'), {
      unlock: () => Promise.reject(new Error('wrong passphrase')),
    });
    await expect(refused).rejects.toThrow('wrong passphrase');
    expect((await readdir(boris.folder)).sort()).toEqual(['identity']);
    await takeIn(boris, there.path, boris.path('case'));
  });

  it('stops when it is cancelled, and leaves nothing', async () => {
    const made = await smallCase(anna, 'case');
    const there = await packCase(anna, made, anna.path('there.zip'));
    await made.close();
    const abort = new AbortController();
    const cancelled = takeIn(boris, there.path, boris.path('case'), {
      signal: abort.signal,
      progress: ({ stage }) => {
        if (stage === 'bundle-unpacking') abort.abort();
      },
    });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(boris.folder)).toEqual(['identity']);
  });

  it('writes into no folder that holds something', async () => {
    const made = await smallCase(anna, 'case');
    const there = await packCase(anna, made, anna.path('there.zip'));
    await made.close();
    await mkdir(boris.path('case'));
    await writeFile(boris.path('case/mine.txt'), 'mine');
    await expect(takeIn(boris, there.path, boris.path('case'))).rejects.toMatchObject({ code: 'case-exists' });
    expect(await readdir(boris.path('case'))).toEqual(['mine.txt']);
  });
});
