import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { hashListText, labelsOf, readHashListEntries, readHashListHead } from '../../../../src/base/hash-list.ts';
import { openHashLists } from '../../../../src/bundle/hash-list/hash-lists.ts';
import { readHashList } from '../../../../src/bundle/hash-list/read-hash-list.ts';
import { createPracticeIdentity, unlockPracticeIdentity } from '../../../../src/seal/identity/practice-identity.ts';
import { verifiedSignature } from '../../../../src/seal/sealed-folder/seal-folder.ts';
import { withKnownFiles } from '../../../../src/workbench/with-known-files.ts';

let folder: string;
const head = { name: 'A list', source: 'a source', date: '2026-11-20' };
const sha256 = 'a'.repeat(64);
const md5 = 'b'.repeat(32);

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-lists-'));
});

afterEach(() => rm(folder, { recursive: true, force: true }));

async function file(name: string, content: string | Uint8Array): Promise<string> {
  await writeFile(join(folder, name), content);
  return join(folder, name);
}

describe('a hash list', () => {
  it('has the same bytes for the same entries, in whatever order they come', () => {
    const hash = fc.stringMatching(/^[0-9a-f]{64}$|^[0-9a-f]{32}$/);
    fc.assert(
      fc.property(fc.array(fc.record({ hash, label: fc.string() }), { maxLength: 20 }), (entries) => {
        const bytes = Buffer.from(hashListText(head, entries));
        expect(hashListText(head, [...entries].reverse())).toBe(bytes.toString());
        const read = readHashListEntries(bytes);
        expect(read?.length).toBe(readHashListHead(bytes)?.entries);
        for (const entry of entries) expect(labelsOf(bytes, entry.hash).length).toBeGreaterThan(0);
        expect(labelsOf(bytes, 'f'.repeat(63))).toEqual([]);
      }),
    );
  });

  it('is none with a line that is no entry, out of order, or counted wrong', () => {
    const good = hashListText(head, [
      { hash: md5, label: 'x' },
      { hash: sha256, label: 'y' },
    ]);
    expect(readHashListEntries(Buffer.from(good))).toHaveLength(2);
    const [first = '', second = '', third = ''] = good.split('\n');
    for (const text of [
      [first, third, second, ''].join('\n'),
      [first, second, ''].join('\n'),
      [first, second, third, 'x', ''].join('\n'),
      good.slice(0, -1),
      good.replace('A list', 'Another  list').replace('{"date"', '{ "date"'),
    ])
      expect(readHashListEntries(Buffer.from(text))).toBeUndefined();
  });
});

describe('readHashList', () => {
  it('takes what sha256sum and md5sum print, and tables', async () => {
    const path = await file(
      'sums.txt',
      [
        `${sha256}  clip one.mp4`,
        `${md5.toUpperCase()} *old.avi`,
        `"third","${md5}","${'c'.repeat(64)}","12 345"`,
        '# a remark',
        'deadbeef  too short',
        `${'d'.repeat(65)}  too long`,
      ].join('\r\n'),
    );
    const { bytes } = await readHashList(path, head);
    expect(readHashListEntries(bytes)).toEqual([
      { hash: sha256, label: 'clip one.mp4' },
      { hash: md5, label: 'old.avi' },
      { hash: 'c'.repeat(64), label: 'third 12 345' },
    ]);
  });

  it('wants words for a plain list, and refuses what holds no hash', async () => {
    const path = await file('sums.txt', `${sha256}  x`);
    await expect(readHashList(path, { name: 'x' })).rejects.toMatchObject({ code: 'hash-list-words-missing' });
    await expect(readHashList(path, { ...head, date: 'May' })).rejects.toMatchObject({ code: 'setting-invalid' });
    const nothing = await file('nothing.txt', 'no hash in here');
    await expect(readHashList(nothing, head)).rejects.toMatchObject({ code: 'hash-list-unreadable' });
  });

  it('takes a signed list over with its signature, and none that was changed', async () => {
    const identity = await createPracticeIdentity({ folder: join(folder, 'id'), clock: () => new Date() });
    const signer = await unlockPracticeIdentity(identity);
    const text = hashListText(head, [{ hash: sha256, label: 'x' }]);
    const path = await file('list.txt', text);
    const signature = await verifiedSignature(Buffer.from(text), signer, { signingTime: identity.createdAt });
    await file('list.txt.p7s', signature);
    expect((await readHashList(path, {})).signature).toEqual(Buffer.from(signature));
    await file('list.txt', text.replace('  x', '  y'));
    await expect(readHashList(path, {})).rejects.toMatchObject({ code: 'hash-list-broken' });
  });
});

describe('openHashLists', () => {
  it('keeps a list under its own SHA-256, and gives nothing else out under that name', async () => {
    const lists = openHashLists(folder);
    const bytes = Buffer.from(hashListText(head, [{ hash: sha256, label: 'x' }]));
    const digest = await lists.keep(bytes, Buffer.from('no signature'));
    expect(digest).toBe(createHash('sha256').update(bytes).digest('hex'));
    expect(await lists.read(digest)).toEqual(bytes);
    expect(await lists.list({})).toMatchObject([{ name: 'A list', entries: 1, digest, signer: undefined }]);
    expect((await lists.find(digest.slice(0, 12))).digest).toBe(digest);
    await expect(lists.find('1234')).rejects.toMatchObject({ code: 'unknown-name' });
    const path = join(folder, 'hash-lists', `${digest}.txt`);
    await writeFile(path, `${await readFile(path, 'utf8')}x`);
    expect(await lists.read(digest)).toBeUndefined();
    await lists.remove(digest);
    expect(await lists.digests()).toEqual([]);
  });

  it('has every exhibit looked up where there are lists, unless somebody chose the methods', async () => {
    const lists = openHashLists(folder);
    expect(await withKnownFiles({ profile: 'triage' }, lists)).toEqual({ profile: 'triage' });
    const digest = await lists.keep(Buffer.from(hashListText(head, [])), Buffer.from(''));
    const chosen = await withKnownFiles({ profile: 'triage' }, lists);
    expect(chosen).toMatchObject({ settings: { 'known-files.lists': [digest] } });
    expect((chosen as { methods?: string[] }).methods).toContain('known-files');
    expect(await withKnownFiles({ methods: ['ela'] }, lists)).toEqual({ methods: ['ela'] });
    const asked = { methods: ['known-files'], settings: { 'known-files.lists': [] } };
    expect(await withKnownFiles(asked, lists)).toEqual(asked);
  });
});
