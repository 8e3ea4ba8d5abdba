import { createHash } from 'node:crypto';
import { crc32 } from 'node:zlib';
import { readdir, readFile } from 'node:fs/promises';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJsonFile } from '../../../src/base/canonical-json.ts';
import { verifiedSignature } from '../../../src/seal/sealed-folder/seal-folder.ts';
import { bagFiles, listedTagFiles, manifestText } from '../../../src/bundle/bag/bag-files.ts';
import { memorySource } from '../../../src/bundle/byte-source.ts';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { pathProblem } from '../../../src/bundle/zip/entry-path.ts';
import { readZip } from '../../../src/bundle/zip/read-zip.ts';
import { writeZip, type EntryToWrite } from '../../../src/bundle/zip/write-zip.ts';
import { localHeader } from '../../../src/bundle/zip/zip-form.ts';
import { openBench, type Bench } from '../case/case-fixture.ts';
import { addReport, packCase, smallCase, takeIn } from './bundle-fixture.ts';

let bench: Bench;
let other: Bench;
let good: Buffer;
let content: Map<string, Buffer>;
let folder: string;

beforeAll(async () => {
  [bench, other] = await Promise.all([openBench(), openBench()]);
  const made = await smallCase(bench, 'case');
  await packCase(bench, made, bench.path('good.zip'));
  await addReport(made);
  await packCase(bench, made, bench.path('reports.zip'), { scope: 'reports' });
  await made.close();
  good = await readFile(bench.path('good.zip'));
  const { entries } = await readZip(memorySource(good));
  folder = entries[0]?.path.split('/')[0] ?? '';
  content = new Map(
    entries.map((entry) => {
      const start = entry.offset + localHeader(entry).length;
      return [entry.path.slice(folder.length + 1), good.subarray(start, start + entry.sizeBytes)];
    }),
  );
});

afterAll(() => Promise.all([bench.remove(), other.remove()]));

function entry(path: string, bytes: Uint8Array): EntryToWrite {
  return { path, sizeBytes: bytes.length, crc32: crc32(bytes), bytes: () => [bytes] };
}

async function zipOf(entries: readonly EntryToWrite[]): Promise<Buffer> {
  const pieces: Uint8Array[] = [];
  for await (const piece of writeZip(entries)) pieces.push(piece);
  return Buffer.concat(pieces);
}

/** The good bundle, with its files changed before it is packed in the right form. */
async function repacked(change: (files: Map<string, Buffer>) => void): Promise<Buffer> {
  const files = new Map(content);
  change(files);
  return zipOf([...files].map(([path, bytes]) => entry(`${folder}/${path}`, bytes)));
}

/** The good bundle with a raw change to every place where these bytes stand. */
function patched(from: string, to: string): Buffer {
  const changed = Buffer.from(good);
  for (let at = changed.indexOf(from); at !== -1; at = changed.indexOf(from, at + 1)) changed.write(to, at, 'latin1');
  return changed;
}

function inDirectory(path: string, change: (record: Buffer) => void): Buffer {
  const changed = Buffer.from(good);
  const name = changed.lastIndexOf(`${folder}/${path}`);
  change(changed.subarray(name - 46));
  return changed;
}

const evidence = 'data/case/exhibits/E001/original.bin';

describe('taking in a bundle that is not what it should be', () => {
  const cases: readonly [string, string, () => Promise<Buffer> | Buffer][] = [
    [
      'a name that leads out of the folder',
      'bundle-path-unsafe',
      () =>
        patched(
          `${folder}/${evidence}`,
          `${folder}/data/../../../../../../etc/evil.bin`
            .padEnd(`${folder}/${evidence}`.length, 'x')
            .slice(0, `${folder}/${evidence}`.length),
        ),
    ],
    [
      'an absolute name',
      'bundle-path-unsafe',
      () =>
        repacked((files) => void files.set('x', Buffer.alloc(1))).then((zip) =>
          replaceName(zip, `${folder}/x`, `/${'e'.repeat(folder.length)}x`),
        ),
    ],
    [
      'a name with a backslash',
      'bundle-path-unsafe',
      () => repacked((files) => void files.set('data\\evil', Buffer.alloc(1))),
    ],
    [
      'a name with a line end',
      'bundle-path-unsafe',
      () => repacked((files) => void files.set('data/a\nb', Buffer.alloc(1))),
    ],
    [
      'a name that Windows keeps for a device',
      'bundle-path-unsafe',
      () => repacked((files) => void files.set('data/case/con.txt', Buffer.alloc(1))),
    ],
    [
      'a decomposed name',
      'bundle-path-unsafe',
      () => repacked((files) => void files.set('data/case/e\u0301.txt', Buffer.alloc(1))),
    ],
    ['a symbolic link', 'bundle-link', () => inDirectory(evidence, (record) => record.writeUInt16LE(0o120777, 40))],
    ['a device', 'bundle-link', () => inDirectory(evidence, (record) => record.writeUInt16LE(0o060644, 40))],
    ['the same name twice', 'bundle-duplicate', () => duplicated(evidence)],
    ['the same name in other letters', 'bundle-duplicate', () => duplicated(evidence.replace('original', 'ORIGINAL'))],
    ['a name that is a folder elsewhere', 'bundle-duplicate', () => duplicated('data/case')],
    [
      'an entry that claims a petabyte',
      'bundle-bomb',
      () => inDirectory(evidence, (record) => record.writeUInt32LE(0xfffffffe, 24)),
    ],
    ['entries that share bytes', 'bundle-bomb', () => inDirectory(evidence, (record) => record.writeUInt32LE(0, 42))],
    ['a compressed entry', 'bundle-repacked', () => inDirectory(evidence, (record) => record.writeUInt16LE(8, 10))],
    [
      'an entry encrypted by an archiver',
      'bundle-repacked',
      () => inDirectory(evidence, (record) => record.writeUInt16LE(0x0801, 8)),
    ],
    [
      'a file that is in no list',
      'bundle-unlisted',
      () => repacked((files) => void files.set('data/case/extra.txt', Buffer.from('x'))),
    ],
    [
      'a tag file that is in no list',
      'bundle-unlisted',
      () => repacked((files) => void files.set('extra.txt', Buffer.from('x'))),
    ],
    [
      'a file that was changed',
      'bundle-altered',
      () => repacked((files) => void files.set(evidence, Buffer.from('changed'))),
    ],
    ['a file that is missing', 'bundle-incomplete', () => repacked((files) => void files.delete(evidence))],
    ['lists that were made anew to fit', 'bundle-seal-broken', () => repacked(relisted)],
    ['somebody else’s case, sealed anew in another name', 'bundle-custody-broken', sealedAnew],
    ['no signature', 'bundle-incomplete', () => repacked((files) => void files.delete(bagFiles.signature))],
    ['text that is no archive', 'bundle-unreadable', () => Buffer.from('not an archive at all, only text')],
    ['nothing at all', 'bundle-unreadable', () => Buffer.alloc(0)],
    ['an archive without entries', 'bundle-unreadable', () => zipOf([])],
    ['an archive that is no bag', 'bundle-unreadable', () => zipOf([entry('a/b.txt', Buffer.from('b'))])],
    ['reports without a case', 'bundle-without-evidence', () => readFile(bench.path('reports.zip'))],
  ];

  it.each(cases)('refuses %s with %s, and leaves nothing behind', async (_what, code, make) => {
    const before = await readdir(other.folder, { recursive: true });
    await expect(takeIn(other, await make(), other.path('case'))).rejects.toMatchObject({ code });
    expect(await readdir(other.folder, { recursive: true })).toEqual(before);
  });

  it('refuses what changes between being verified and being unpacked', async () => {
    const source = memorySource(good);
    let reads = 0;
    const at = good.indexOf(content.get(evidence) ?? '');
    const changing = {
      ...source,
      read: async (offset: number, length: number) => {
        const bytes = Buffer.from(await source.read(offset, length));
        const isEvidence = offset === at && length > 100;
        if (isEvidence && ++reads > 1) bytes[0] = (bytes[0] ?? 0) ^ 1;
        return bytes;
      },
    };
    await expect(takeIn(other, good, other.path('case'), { source: changing })).rejects.toMatchObject({
      code: 'bundle-altered',
    });
    expect(await readdir(other.folder)).not.toContain('case');
  });
});

/** Changes an entry's name in its header and in the directory, to one of the same length. */
function replaceName(zip: Buffer, from: string, to: string): Buffer {
  const changed = Buffer.from(zip);
  for (let at = changed.indexOf(from); at !== -1; at = changed.indexOf(from, at + 1)) changed.write(to, at);
  return changed;
}

async function duplicated(path: string): Promise<Buffer> {
  return zipOf([
    ...[...content].map(([name, bytes]) => entry(`${folder}/${name}`, bytes)),
    entry(`${folder}/${path}`, Buffer.from('another')),
  ]);
}

/** What a thief does who has a key of their own: seals somebody else's case anew, in the right form. */
async function sealedAnew(): Promise<Buffer> {
  const { signer } = other;
  const { certificate } = signer;
  const files = new Map(content);
  const record = JSON.parse(files.get(bagFiles.record)?.toString() ?? '') as Record<string, unknown>;
  files.set(bagFiles.record, Buffer.from(canonicalJsonFile({ ...record, sealedBy: certificate.sha256 })));
  files.set(bagFiles.certificate, Buffer.from(certificate.pem));
  list(files, bagFiles.tagManifestSha256, 'sha256', isTag);
  list(files, bagFiles.tagManifestSha512, 'sha512', isTag);
  const tagManifest = files.get(bagFiles.tagManifestSha256) ?? Buffer.alloc(0);
  const signature = await verifiedSignature(tagManifest, signer, { signingTime: certificate.notBefore });
  files.set(bagFiles.signature, Buffer.from(signature));
  return zipOf([...files].map(([path, bytes]) => entry(`${folder}/${path}`, bytes)));
}

const isPayload = (path: string): boolean => path.startsWith('data/');
const isTag = (path: string): boolean => listedTagFiles.includes(path);

function list(
  files: Map<string, Buffer>,
  manifest: string,
  name: 'sha256' | 'sha512',
  isListed: (path: string) => boolean,
): void {
  const listed = [...files].filter(([path]) => isListed(path));
  const lines = listed.map(([path, bytes]) => ({ path, digest: createHash(name).update(bytes).digest('hex') }));
  files.set(manifest, Buffer.from(manifestText(lines)));
}

/** What a forger does who has no key: changes the evidence and every list, and keeps the signature. */
function relisted(files: Map<string, Buffer>): void {
  // Of the same size, so that the stated sum still holds.
  files.set(evidence, Buffer.alloc(content.get(evidence)?.length ?? 0, 1));
  list(files, bagFiles.manifestSha256, 'sha256', isPayload);
  list(files, bagFiles.manifestSha512, 'sha512', isPayload);
  list(files, bagFiles.tagManifestSha256, 'sha256', isTag);
  list(files, bagFiles.tagManifestSha512, 'sha512', isTag);
}

describe('readZip', () => {
  it('never throws, and never finds a changed archive in order', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.record({ at: fc.nat(good.length - 1), value: fc.nat(255) }), { minLength: 1, maxLength: 8 }),
        async (changes) => {
          const changed = Buffer.from(good);
          for (const { at, value } of changes) changed[at] = value;
          const { checks } = await verifyBundle(memorySource(changed));
          const failed = checks.some(({ outcome }) => outcome === 'failed');
          expect(failed).toBe(Buffer.compare(changed, good) !== 0);
        },
      ),
      { numRuns: 100 },
    );
  });

  it('never throws on bytes of any kind that end like an archive', async () => {
    const end = good.subarray(good.length - 22);
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.boolean(), async (bytes, ends) => {
        const { problems } = await readZip(memorySource(ends ? Buffer.concat([bytes, end]) : bytes));
        expect(problems.length).toBeGreaterThan(0);
      }),
      { numRuns: 200 },
    );
  });

  it('reads back what is written, whatever the names and contents', async () => {
    const name = fc
      .stringMatching(/^[a-z0-9][a-z0-9._-]{0,20}[a-z0-9]$/)
      .filter((text) => pathProblem(text) === undefined);
    await fc.assert(
      fc.asyncProperty(
        fc.uniqueArray(fc.record({ path: name, bytes: fc.uint8Array({ maxLength: 50 }) }), {
          minLength: 1,
          maxLength: 8,
          selector: ({ path }) => path,
        }),
        async (files) => {
          const zip = await zipOf(files.map(({ path, bytes }) => entry(path, bytes)));
          const { entries, problems } = await readZip(memorySource(zip));
          expect(problems).toEqual([]);
          expect(entries.map(({ path, sizeBytes }) => ({ path, sizeBytes }))).toEqual(
            files.map(({ path, bytes }) => ({ path, sizeBytes: bytes.length })),
          );
        },
      ),
      { numRuns: 50 },
    );
  });
});
