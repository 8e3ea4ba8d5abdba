import { describe, expect, it } from 'vitest';
import type { ByteSource } from '../../../src/bundle/byte-source.ts';
import { readZip } from '../../../src/bundle/zip/read-zip.ts';
import { centralRecord, endRecords, localHeader, placeEntries } from '../../../src/bundle/zip/zip-form.ts';

/** An archive of many gigabytes of which only headers and directory exist; contents read as zeros. */
function hugeArchive(sizes: readonly number[]): ByteSource & { readonly parts: Map<number, Buffer> } {
  const { placed, directoryOffset } = placeEntries(
    sizes.map((sizeBytes, index) => ({ path: `bag/${String(index)}.bin`, sizeBytes, crc32: index })),
  );
  const directory = Buffer.concat(placed.map(centralRecord));
  const tail = Buffer.concat([directory, endRecords(placed.length, directoryOffset, directory.length)]);
  const parts = new Map([
    ...placed.map((entry): [number, Buffer] => [entry.offset, localHeader(entry)]),
    [directoryOffset, tail],
  ]);
  const sizeBytes = directoryOffset + tail.length;
  return {
    parts,
    sizeBytes,
    read(offset, length) {
      const bytes = Buffer.alloc(Math.max(0, Math.min(length, sizeBytes - offset)));
      for (const [at, part] of parts)
        if (at < offset + bytes.length && at + part.length > offset)
          part.copy(bytes, Math.max(0, at - offset), Math.max(0, offset - at));
      return Promise.resolve(bytes);
    },
    close: () => Promise.resolve(),
  };
}

const gibibyte = 1024 ** 3;

describe('an archive beyond 4 GiB', () => {
  it('is read whole: sizes and places beyond 32 bits', async () => {
    const archive = hugeArchive([10, 5 * gibibyte, 0xffffffff, 0xfffffffe, 7]);
    const { entries, problems } = await readZip(archive);
    expect(problems).toEqual([]);
    expect(entries.map(({ sizeBytes }) => sizeBytes)).toEqual([10, 5 * gibibyte, 0xffffffff, 0xfffffffe, 7]);
    expect(entries.at(-1)?.offset).toBeGreaterThan(12 * gibibyte);
  });

  it('shows every flipped bit of its headers, directory and end records', async () => {
    const archive = hugeArchive([10, 5 * gibibyte, 7]);
    const unseen: string[] = [];
    for (const [at, part] of archive.parts)
      for (let index = 0; index < part.length; index += 1)
        for (let bit = 0; bit < 8; bit += 1) {
          part[index] = (part[index] ?? 0) ^ (1 << bit);
          if ((await readZip(archive)).problems.length === 0) unseen.push(`${String(at + index)}.${String(bit)}`);
          part[index] = (part[index] ?? 0) ^ (1 << bit);
        }
    expect(unseen).toEqual([]);
  });
});
