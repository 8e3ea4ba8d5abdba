import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../src/base/bytes.ts';
import { WalkStopped } from '../../../src/containers/walk-stopped.ts';
import { WindowedReader } from '../../../src/containers/windowed-reader.ts';

const content = Uint8Array.from({ length: 300_000 }, (_, index) => (index * 7 + (index >> 8)) & 255);

describe('reading through windows', () => {
  it('gives the same bytes as the source, in whatever order they are asked for', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.nat(310_000), fc.nat(70_000), fc.boolean()), { maxLength: 20 }),
        async (reads) => {
          const reader = new WindowedReader(bytesInMemory(content), 1e12);
          for (const [offset, length, some] of reads) {
            const expected = content.subarray(offset, offset + length);
            const got = some ? await reader.readSome(offset, length) : await reader.read(offset, length);
            if (some && expected.length > 0) expect(got.length).toBeGreaterThan(0);
            else expect(got.length).toBe(expected.length);
            expect(Buffer.compare(got, expected.subarray(0, got.length))).toBe(0);
          }
        },
      ),
      { numRuns: 100 },
    );
  });

  it('reads little for headers far apart, and much at once for headers side by side', async () => {
    let reads = 0;
    const source = {
      sizeBytes: 1e9,
      read: (_offset: number, length: number) => {
        reads++;
        return Promise.resolve(new Uint8Array(length));
      },
    };
    const sparse = new WindowedReader(source, 1e9);
    for (let n = 0; n < 100; n++) await sparse.read(n * 1_000_000, 16);
    expect(sparse.readBytes).toBeLessThan(300_000);
    reads = 0;
    const dense = new WindowedReader(source, 1e9);
    for (let n = 0; n < 10_000; n++) await dense.read(n * 16, 16);
    expect(reads).toBeLessThan(10);
  });

  it('stops when it has read as much as it may', async () => {
    const reader = new WindowedReader(bytesInMemory(content), 10_000);
    await reader.read(0, 8000);
    await expect(reader.read(100_000, 8000)).rejects.toBeInstanceOf(WalkStopped);
  });

  it('gives nothing beyond the end', async () => {
    const reader = new WindowedReader(bytesInMemory(content), 1e9);
    expect(await reader.read(300_000, 10)).toHaveLength(0);
    expect(await reader.readSome(400_000, 10)).toHaveLength(0);
    expect(await reader.read(299_995, 10)).toHaveLength(5);
  });
});
