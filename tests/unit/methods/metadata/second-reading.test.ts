import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { walkTiff } from '../../../../src/containers/tiff/walk-tiff.ts';
import type { MethodContext } from '../../../../src/methods/method.ts';
import type { ReadTiff } from '../../../../src/methods/metadata/read-blocks.ts';
import { compareReaders, readAgain } from '../../../../src/methods/metadata/second-reading.ts';
import { buildTiff, cameraTiff } from '../../containers/tiff/build-tiff.ts';

const context = {
  compute: (_kernel: string, input: unknown) => readAgain(input as { block: Uint8Array }),
} as unknown as MethodContext;

async function tiff(bytes: Uint8Array): Promise<ReadTiff> {
  const source = bytesInMemory(bytes);
  const block = { kind: 'exif', source, offset: 0, length: bytes.length, shift: 0, node: '' } as const;
  return { block, origin: 'exif', walk: await walkTiff(source) };
}

describe('compareReaders', () => {
  it('finds both readers of one mind on a sound block, in either byte order', async () => {
    for (const littleEndian of [true, false]) {
      const result = await compareReaders([await tiff(cameraTiff(littleEndian))], context);
      expect(result.differences).toEqual([]);
      expect(result.compared).toBeGreaterThan(12);
      expect(result.notRead).toBe(0);
    }
  });

  it('names the values on which the readers differ', async () => {
    const lying = { compute: async () => ({ ifd0: { 271: 'Another Make', 274: 6 } }) } as unknown as MethodContext;
    const result = await compareReaders([await tiff(cameraTiff())], lying);
    expect(result.differences).toEqual([
      expect.objectContaining({ origin: 'exif/ifd0', tag: 0x010f, ours: 'Example Works', theirs: 'Another Make' }),
    ]);
  });

  it('does not ask about a block whose values reach outside, which exifr would reserve memory for', async () => {
    const bytes = cameraTiff();
    bytes.writeUInt32LE(0xffff_ffff, 8 + 2 + 4);
    const asked: unknown[] = [];
    const noting = {
      compute: async (_: string, input: unknown) => {
        asked.push(input);
        return null;
      },
    } as unknown as MethodContext;
    expect(await compareReaders([await tiff(bytes)], noting)).toMatchObject({ compared: 0, notRead: 1 });
    expect(asked).toEqual([]);
  });

  it('has no trouble with any sound block', async () => {
    const field = fc.oneof(
      fc.record({ tag: fc.nat(0xffff), type: fc.constant(2), value: fc.string({ maxLength: 20 }) }),
      fc.record({
        tag: fc.nat(0xffff),
        type: fc.constant(3),
        value: fc.array(fc.nat(0xffff), { minLength: 1, maxLength: 5 }),
      }),
      fc.record({
        ...{ tag: fc.nat(0xffff), type: fc.constantFrom(5, 10) },
        value: fc.array(fc.tuple(fc.nat(99), fc.nat(99)), { minLength: 1, maxLength: 3 }),
      }),
      fc.record({ tag: fc.nat(0xffff), type: fc.constant(7), value: fc.uint8Array({ minLength: 1, maxLength: 12 }) }),
    );
    const pointers = new Set([0x8769, 0x8825, 0xa005, 0x014a]);
    await fc.assert(
      fc.asyncProperty(fc.uniqueArray(field, { maxLength: 12, selector: ({ tag }) => tag }), async (fields) => {
        const sound = fields.filter(({ tag }) => !pointers.has(tag)).sort((a, b) => a.tag - b.tag);
        const result = await compareReaders([await tiff(buildTiff({ ifd0: { fields: sound } }))], context);
        expect(result.differences).toEqual([]);
      }),
      { numRuns: 150 },
    );
  });
});
