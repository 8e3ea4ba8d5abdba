import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { readTiffValue } from '../../../../src/containers/tiff/tiff-value.ts';
import {
  defaultTiffBounds,
  walkTiff,
  type TiffEntry,
  type TiffWalk,
} from '../../../../src/containers/tiff/walk-tiff.ts';
import { buildTiff, cameraTiff } from './build-tiff.ts';

const walk = (bytes: Uint8Array): Promise<TiffWalk> => walkTiff(bytesInMemory(bytes));

function entry(result: TiffWalk, ifd: string, tag: number): TiffEntry {
  const found = result.entries.find((one) => one.ifd === ifd && one.tag === tag);
  if (found === undefined) throw new Error(`no ${ifd} 0x${tag.toString(16)}`);
  return found;
}

describe('walkTiff', () => {
  for (const littleEndian of [true, false]) {
    it(`reads every directory and keeps unknown tags (${littleEndian ? 'II' : 'MM'})`, async () => {
      const result = await walk(cameraTiff(littleEndian));
      expect(result.errors).toEqual([]);
      expect(new Set(result.entries.map(({ ifd }) => ifd))).toEqual(new Set(['ifd0', 'exif', 'gps', 'ifd1']));
      expect(entry(result, 'ifd0', 0x010f).value).toEqual({ kind: 'text', text: 'Example Works' });
      expect(entry(result, 'ifd0', 0x0112).value).toEqual({ kind: 'numbers', numbers: [6] });
      expect(entry(result, 'ifd0', 0x5abc).value).toEqual({ kind: 'numbers', numbers: [1, 2, 3] });
      expect(entry(result, 'exif', 0x9204).value).toEqual({ kind: 'rationals', rationals: [[-1, 3]] });
      expect(entry(result, 'gps', 0x0002).value).toMatchObject({
        rationals: [
          [43, 1],
          [14, 1],
          [1536, 100],
        ],
      });
    });

    it(`tells at which byte each entry and each value stands (${littleEndian ? 'II' : 'MM'})`, async () => {
      const tiff = cameraTiff(littleEndian);
      const result = await walk(tiff);
      const make = entry(result, 'ifd0', 0x010f);
      expect(tiff.toString('latin1', make.valueOffsetBytes, make.valueOffsetBytes + 13)).toBe('Example Works');
      for (const { offsetBytes, tag } of result.entries) {
        expect(littleEndian ? tiff.readUInt16LE(offsetBytes) : tiff.readUInt16BE(offsetBytes)).toBe(tag);
      }
    });
  }

  it('counts offsets from the base and reads nothing past the end', async () => {
    const tiff = cameraTiff();
    const file = Buffer.concat([Buffer.from('Exif\0\0'), tiff, Buffer.from('after')]);
    const result = await walkTiff(bytesInMemory(file), { base: 6, end: 6 + tiff.length });
    expect(result.errors).toEqual([]);
    const make = entry(result, 'ifd0', 0x010f);
    expect(file.toString('latin1', make.valueOffsetBytes, make.valueOffsetBytes + 13)).toBe('Example Works');
    const short = await walkTiff(bytesInMemory(file), { base: 6, end: 60 });
    expect(short.errors.map(({ code }) => code)).toContain('directory-cut');
  });

  it('reads BigTIFF', async () => {
    const bytes = Buffer.alloc(16 + 8 + 20 + 8 + 16);
    bytes.write('II', 'latin1');
    bytes.writeUInt16LE(43, 2);
    bytes.writeUInt16LE(8, 4);
    bytes.writeBigUInt64LE(16n, 8);
    bytes.writeBigUInt64LE(1n, 16);
    bytes.writeUInt16LE(0x0110, 24);
    bytes.writeUInt16LE(2, 26);
    bytes.writeBigUInt64LE(12n, 28);
    bytes.writeBigUInt64LE(52n, 36);
    bytes.write('Large Model\0', 52, 'latin1');
    const result = await walk(bytes);
    expect(result.errors).toEqual([]);
    expect(entry(result, 'ifd0', 0x0110).value).toEqual({ kind: 'text', text: 'Large Model' });
  });

  it('follows a loop of directories once and says so', async () => {
    const looped = buildTiff({
      first: { fields: [{ tag: 0x0112, type: 3, value: [1] }], next: 'second' },
      second: { fields: [{ tag: 0x8769, type: 4, value: { to: 'first' } }], next: 'first' },
    });
    const result = await walk(looped);
    expect(result.entries.length).toBe(2);
    expect(result.errors.map(({ code }) => code)).toEqual(['directory-visited', 'directory-visited']);
  });

  it('does not reserve memory for a count of four thousand million', async () => {
    const tiff = cameraTiff();
    // The first entry's count: text of 4 GB.
    tiff.writeUInt32LE(0xffff_ffff, 8 + 2 + 4);
    const result = await walk(tiff);
    expect(entry(result, 'ifd0', 0x010f)).toMatchObject({ cut: true, valueBytes: 0xffff_ffff });
    expect(result.errors).toContainEqual(expect.objectContaining({ code: 'value-outside', tag: 0x010f }));
  });

  it('stops at its bounds of directories, entries and bytes', async () => {
    const field = { tag: 0x0112, type: 3, value: [1] } as const;
    const chain = buildTiff(
      Object.fromEntries(
        Array.from({ length: 20 }, (_, i) => [
          `d${String(i)}`,
          { fields: [field], ...(i < 19 ? { next: `d${String(i + 1)}` } : {}) },
        ]),
      ),
    );
    expect((await walk(chain)).entries.length).toBe(20);
    const result = await walkTiff(bytesInMemory(chain), undefined, { ...defaultTiffBounds, maxDirectories: 8 });
    expect(result.entries.length).toBe(8);
    expect(result.errors.map(({ code }) => code)).toContain('too-many-directories');
    const few = await walkTiff(bytesInMemory(cameraTiff()), undefined, { ...defaultTiffBounds, maxEntries: 3 });
    expect(few.entries.length).toBe(3);
    expect(few.errors.map(({ code }) => code)).toContain('too-many-entries');
    const little = await walkTiff(bytesInMemory(cameraTiff()), undefined, { ...defaultTiffBounds, maxReadBytes: 20 });
    expect(little.errors.map(({ code }) => code)).toContain('too-many-bytes');
  });

  it('keeps a field whose type is none, as bytes, with an error', async () => {
    const odd = buildTiff({ ifd0: { fields: [{ tag: 0x1234, type: 3, value: [7] }] } });
    odd.writeUInt16LE(99, 8 + 2 + 2);
    const result = await walk(odd);
    expect(entry(result, 'ifd0', 0x1234).value.kind).toBe('bytes');
    expect(result.errors).toEqual([expect.objectContaining({ code: 'unknown-type', tag: 0x1234 })]);
  });

  it('says that text is no TIFF', async () => {
    expect((await walk(Buffer.from('no picture'))).errors).toEqual([{ code: 'not-tiff', ifd: 'ifd0', offsetBytes: 0 }]);
  });

  it('survives being cut at every byte', async () => {
    const tiff = cameraTiff();
    for (let length = 0; length < tiff.length; length += 1) {
      const result = await walk(tiff.subarray(0, length));
      for (const { value } of result.entries) expect(value).toBeDefined();
    }
  });

  it('survives any bytes behind a TIFF header, within its bounds', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ minLength: 8, maxLength: 400 }), fc.boolean(), async (bytes, littleEndian) => {
        const tiff = Buffer.from(bytes);
        tiff.write(littleEndian ? 'II*\0' : 'MM\0*', 'latin1');
        if (littleEndian) tiff.writeUInt32LE(8, 4);
        else tiff.writeUInt32BE(8, 4);
        const result = await walk(tiff);
        expect(result.entries.length).toBeLessThanOrEqual(defaultTiffBounds.maxEntries);
        for (const { value, valueBytes } of result.entries) {
          if (value.kind === 'bytes') expect(value.bytes.length).toBeLessThanOrEqual(valueBytes);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('readTiffValue', () => {
  it('reads each type in either order', () => {
    const bytes = Buffer.alloc(8);
    bytes.writeInt32LE(-5, 0);
    expect(readTiffValue(bytes.subarray(0, 4), 9, true)).toEqual({ kind: 'numbers', numbers: [-5] });
    bytes.writeDoubleBE(1.5, 0);
    expect(readTiffValue(bytes, 12, false)).toEqual({ kind: 'numbers', numbers: [1.5] });
    expect(readTiffValue(Uint8Array.of(0xff), 6, true)).toEqual({ kind: 'numbers', numbers: [-1] });
    bytes.writeBigUInt64LE(77n, 0);
    expect(readTiffValue(bytes, 16, true)).toEqual({ kind: 'numbers', numbers: [77] });
  });

  it('takes text as UTF-8, else Latin-1, and keeps a NUL between two strings', () => {
    expect(readTiffValue(Buffer.from('Қ\0'), 2, true)).toEqual({ kind: 'text', text: 'Қ' });
    expect(readTiffValue(Uint8Array.of(0xe9, 0), 2, true)).toEqual({ kind: 'text', text: 'é' });
    expect(readTiffValue(Buffer.from('one\0two\0\0'), 2, true)).toEqual({ kind: 'text', text: 'one\0two' });
  });
});
