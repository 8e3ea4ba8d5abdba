import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIcc } from '../../../../src/methods/metadata/read-icc.ts';
import { iptcText, readIptc } from '../../../../src/methods/metadata/read-iptc.ts';
import { readPhotoshop } from '../../../../src/methods/metadata/read-photoshop.ts';

function dataSet(number: number, text: string, record = 2): Buffer {
  const data = Buffer.from(text);
  return Buffer.concat([Buffer.from([0x1c, record, number, data.length >> 8, data.length & 255]), data]);
}

function resource(id: number, data: Uint8Array, name = ''): Buffer {
  const head = Buffer.alloc(6);
  head.write('8BIM', 'latin1');
  head.writeUInt16BE(id, 4);
  const pascal = Buffer.from([name.length, ...Buffer.from(name), ...(name.length % 2 === 0 ? [0] : [])]);
  const size = Buffer.alloc(4);
  size.writeUInt32BE(data.length);
  return Buffer.concat([head, pascal, size, data, Buffer.alloc(data.length & 1)]);
}

/** A profile with a header and one tag. */
function profile(signature: string, tag: Buffer): Buffer {
  const head = Buffer.alloc(128 + 4 + 12);
  head.write('lcms', 4, 'latin1');
  head.writeUInt8(4, 8);
  head.writeUInt8(0x30, 9);
  head.write('mntrRGB XYZ ', 12, 'latin1');
  [2024, 2, 29, 12, 30, 1].forEach((part, i) => head.writeUInt16BE(part, 24 + i * 2));
  head.writeUInt32BE(1, 128);
  head.write(signature, 132, 'latin1');
  head.writeUInt32BE(head.length, 136);
  head.writeUInt32BE(tag.length, 140);
  return Buffer.concat([head, tag]);
}

describe('readIptc', () => {
  it('reads data sets with their places, and a long one', () => {
    const long = Buffer.concat([Buffer.from([0x1c, 2, 120, 0x80, 2, 0, 3]), Buffer.from('abc')]);
    const bytes = Buffer.concat([dataSet(5, 'Title'), long, Buffer.alloc(3)]);
    const { dataSets, brokenAt } = readIptc(bytes);
    expect(brokenAt).toBeUndefined();
    expect(dataSets.map(({ dataSet: number, data, offsetBytes }) => [number, iptcText(data), offsetBytes])).toEqual([
      [5, 'Title', 0],
      [120, 'abc', 10],
    ]);
  });

  it('says where it breaks', () => {
    expect(readIptc(Buffer.concat([dataSet(5, 'T'), Buffer.from('junk!')])).brokenAt).toBe(6);
    expect(readIptc(Buffer.from([0x1c, 2, 5, 0xff, 0xff, 9, 9])).brokenAt).toBe(0);
  });

  it('takes text as UTF-8, else Latin-1', () => {
    expect(iptcText(Buffer.from('Алматы'))).toBe('Алматы');
    expect(iptcText(Uint8Array.of(0xfc))).toBe('ü');
  });
});

describe('readPhotoshop', () => {
  it('reads resources with their names and padding', () => {
    const bytes = Buffer.concat([resource(0x0404, Buffer.from('abc')), resource(0x040b, Buffer.from('xy'), 'url')]);
    const { resources, brokenAt } = readPhotoshop(bytes);
    expect(brokenAt).toBeUndefined();
    expect(
      resources.map(({ id, name, offsetBytes, dataOffsetBytes }) => [id, name, offsetBytes, dataOffsetBytes]),
    ).toEqual([
      [0x0404, '', 0, 12],
      [0x040b, 'url', 16, 30],
    ]);
    expect(Buffer.from(resources[1]?.data ?? []).toString()).toBe('xy');
  });

  it('stops at what is no resource and at a size beyond the end', () => {
    expect(readPhotoshop(Buffer.from('8BUMxxxxxxxxxxxx')).brokenAt).toBe(0);
    const lying = resource(0x0404, Buffer.from('abcd'));
    lying.writeUInt32BE(0xffff_fff0, 8);
    expect(readPhotoshop(lying).brokenAt).toBe(0);
  });
});

describe('readIcc', () => {
  it('reads the header and a description of either form', () => {
    const text = Buffer.from('desc\0\0\0\0\0\0\0\x05sRGB\0', 'latin1');
    const old = readIcc(profile('desc', text));
    expect(old).toContainEqual(expect.objectContaining({ key: 'desc', value: 'sRGB' }));
    expect(old).toContainEqual(expect.objectContaining({ key: 24, value: '2024:02:29 12:30:01' }));
    expect(old).toContainEqual(expect.objectContaining({ key: 8, value: '4.3.0' }));
    const wide = Buffer.from('sRGB', 'utf16le').swap16();
    const mluc = Buffer.alloc(28);
    mluc.write('mluc', 'latin1');
    mluc.writeUInt32BE(1, 8);
    mluc.writeUInt32BE(12, 12);
    mluc.write('enUS', 16, 'latin1');
    mluc.writeUInt32BE(wide.length, 20);
    mluc.writeUInt32BE(28, 24);
    expect(readIcc(profile('desc', Buffer.concat([mluc, wide])))).toContainEqual(
      expect.objectContaining({ key: 'desc', value: 'sRGB' }),
    );
  });

  it('is not led astray by counts of four thousand million', () => {
    const mluc = Buffer.alloc(32);
    mluc.write('mluc', 'latin1');
    mluc.writeUInt32BE(0xffff_ffff, 8);
    const bytes = profile('desc', mluc);
    bytes.writeUInt32BE(0xffff_ffff, 128);
    expect(readIcc(bytes).length).toBeGreaterThan(0);
  });
});

it('none of the small readers throws, whatever the bytes', () => {
  const starts = [
    Buffer.alloc(0),
    dataSet(5, 'x'),
    resource(0x0404, Buffer.from('ab')),
    profile('desc', Buffer.from('desc')),
  ];
  fc.assert(
    fc.property(fc.constantFrom(...starts), fc.uint8Array({ maxLength: 200 }), (start, rest) => {
      const bytes = Buffer.concat([start, rest]);
      readIptc(bytes);
      readPhotoshop(bytes);
      readIcc(bytes);
    }),
    { numRuns: 400 },
  );
});
