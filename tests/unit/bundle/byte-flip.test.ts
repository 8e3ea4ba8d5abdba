import { readFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { seededRandom } from '../../../src/base/random.ts';
import { memorySource } from '../../../src/bundle/byte-source.ts';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { readZip } from '../../../src/bundle/zip/read-zip.ts';
import { centralRecord, localHeader } from '../../../src/bundle/zip/zip-form.ts';
import { openBench, type Bench } from '../case/case-fixture.ts';
import { packCase, smallCase } from './bundle-fixture.ts';

let bench: Bench;
let bytes: Buffer;
/** Which file each byte of the archive belongs to, header and directory record included; `.` for the end record. */
let owners: { readonly from: number; readonly to: number; readonly path: string }[];
let folder: string;

beforeAll(async () => {
  bench = await openBench();
  const made = await smallCase(bench, 'case');
  const { path } = await packCase(bench, made, bench.path('bundle.zip'));
  await made.close();
  bytes = await readFile(path);
  const { entries } = await readZip(memorySource(bytes));
  owners = [];
  for (const entry of entries)
    owners.push({
      from: entry.offset,
      to: entry.offset + localHeader(entry).length + entry.sizeBytes,
      path: entry.path,
    });
  let at = owners.at(-1)?.to ?? 0;
  for (const entry of entries) {
    const to = at + centralRecord(entry).length;
    owners.push({ from: at, to, path: entry.path });
    at = to;
  }
  owners.push({ from: at, to: bytes.length, path: '.' });
  folder = `${entries[0]?.path.split('/')[0] ?? ''}/`;
});

afterAll(() => bench.remove());

function ownerOf(position: number): string {
  return owners.find(({ from, to }) => position >= from && position < to)?.path ?? '?';
}

function withoutFolder(path: string): string {
  return path.startsWith(folder) ? path.slice(folder.length) : path;
}

/** With `all`, every check; otherwise those of files first, and the seal and the custody log only where they say nothing. */
async function failuresOf(changed: Uint8Array, all: boolean): Promise<string[]> {
  const { checks } = await verifyBundle(memorySource(changed), { enoughToRefuse: !all });
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ subject }) => withoutFolder(subject));
}

describe('a sealed bundle with evidence', () => {
  it('is whole as it was written', async () => {
    const { checks, signers } = await verifyBundle(memorySource(bytes));
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(signers.map(({ valid }) => valid)).toEqual([true]);
  });

  it(
    'shows every single flipped bit, and names the file, at 2,000 seeded positions',
    { timeout: 120_000 },
    async () => {
      const random = seededRandom(2026);
      const unseen: string[] = [];
      for (let count = 0; count < 2000; count += 1) {
        const position = Math.floor(random.unit() * bytes.length);
        const bit = Math.floor(random.unit() * 8);
        const changed = Buffer.from(bytes);
        changed[position] = (changed[position] ?? 0) ^ (1 << bit);
        const failures = await failuresOf(changed, count % 20 === 0);
        const owner = withoutFolder(ownerOf(position));
        if (!failures.includes(owner))
          unseen.push(`${String(position)}.${String(bit)} of ${owner}: ${failures.join(', ')}`);
      }
      expect(unseen).toEqual([]);
    },
  );

  it('shows every single flipped bit of what surrounds the contents', { timeout: 120_000 }, async () => {
    const { entries } = await readZip(memorySource(bytes));
    const [first, last] = [entries[1], entries.at(-1)];
    const spans = [
      ...[first, last].map((entry) => ({ from: entry?.offset ?? 0, length: entry ? localHeader(entry).length : 0 })),
      { from: owners.find(({ from }) => from > (last?.offset ?? 0))?.from ?? 0, length: 120 },
      { from: bytes.length - 22, length: 22 },
    ];
    const unseen: string[] = [];
    for (const { from, length } of spans)
      for (let position = from; position < from + length; position += 1)
        for (let bit = 0; bit < 8; bit += 1) {
          const changed = Buffer.from(bytes);
          changed[position] = (changed[position] ?? 0) ^ (1 << bit);
          const { problems } = await readZip(memorySource(changed));
          const owner = ownerOf(position);
          // The CRC is the content's: it is compared when that is read.
          const named = problems.map(({ path }) => (path === '' ? '.' : path));
          if (!named.includes(owner))
            unseen.push(`${String(position)}.${String(bit)} of ${owner}: ${named.join(', ')}`);
        }
    expect(unseen).toEqual([]);
  });

  it('shows bytes that are cut off, added before, between and after', async () => {
    for (const changed of [
      bytes.subarray(0, bytes.length - 1),
      bytes.subarray(1),
      Buffer.concat([bytes, Buffer.from([0])]),
      Buffer.concat([Buffer.from([0]), bytes]),
      bytes.subarray(0, bytes.length >> 1),
      Buffer.alloc(0),
    ])
      expect(await failuresOf(changed, true)).not.toEqual([]);
  });
});
