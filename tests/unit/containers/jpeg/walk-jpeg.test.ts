import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { scanEntropyCoded } from '../../../../src/containers/jpeg/scan-entropy-coded.ts';
import { WindowedReader } from '../../../../src/containers/windowed-reader.ts';
import {
  joinBytes,
  quality50,
  sampleJpeg,
  sampleMultiPicture,
  segment,
  u16,
  u32,
  zeros,
} from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

const picture = (...segments: Uint8Array[]): Uint8Array => joinBytes([0xff, 0xd8], ...segments, [0xff, 0xd9]);

describe('the segments of a JPEG file', () => {
  it('follow each other without a gap', async () => {
    const bytes = sampleJpeg();
    const { nodes, errors } = await walkBytes(bytes);
    expect(nodes.map(({ type }) => type).join(' ')).toBe('SOI APP0 COM DQT DRI SOF0 DHT SOS entropy-coded-data EOI');
    let end = 0;
    for (const node of nodes) {
      expect(node.offsetBytes).toBe(end);
      end += node.sizeBytes;
    }
    expect(end).toBe(bytes.length);
    expect(errors).toEqual([]);
  });

  it('give process, size and sampling', async () => {
    const structure = await walkBytes(sampleJpeg());
    expect(fieldsAt(structure, 'SOF0')).toMatchObject({
      process: 'baseline',
      width: 64,
      height: 48,
      sampling: '4:2:0',
    });
    expect(fieldsAt(structure, 'DRI')['restartInterval']).toBe(4);
    expect(fieldsAt(structure, 'COM')['value']).toBe('a comment');
    expect(fieldsAt(structure, 'DHT')).toMatchObject({ 'tables[0].class': 'DC', 'tables[0].standardLengths': true });
  });

  it('may have fill bytes before their marker', async () => {
    const structure = await walkBytes(
      joinBytes([0xff, 0xd8, 0xff, 0xff, 0xff], segment(0xfe, 'x').subarray(1), [0xff, 0xd9]),
    );
    expect(structure.errors).toEqual([]);
    expect(nodeAt(structure, 'COM').offsetBytes).toBe(4);
  });

  it('are found again after bytes that are no marker, which are an error', async () => {
    const structure = await walkBytes(
      joinBytes([0xff, 0xd8], segment(0xfe, 'x'), [1, 2, 3], segment(0xfe, 'y'), [0xff, 0xd9]),
    );
    expect(structure.errors).toEqual([
      { code: 'marker-expected', offsetBytes: 7, path: '', details: { lengthBytes: 3 } },
    ]);
    expect(nodeAt(structure, 'COM[1]').offsetBytes).toBe(10);
  });

  it('that claim more than there is are cut', async () => {
    const structure = await walkBytes(joinBytes([0xff, 0xd8, 0xff, 0xe1, 0xff, 0xff], zeros(10)));
    expect(errorCodes(structure)).toEqual(['size-beyond-file', 'end-of-image-missing']);
  });
});

describe('quantisation tables', () => {
  it('name the quality whose standard table they equal', async () => {
    expect(fieldsAt(await walkBytes(sampleJpeg()), 'DQT')).toMatchObject({
      'tables[0].standard': 'luminance',
      'tables[0].quality': 50,
      'tables[0].values': quality50.join(' '),
    });
  });

  it('name none where one value differs', async () => {
    const other = quality50.map((value, index) => (index === 63 ? value + 1 : value));
    const structure = await walkBytes(picture(segment(0xdb, [0], other)));
    expect(fieldsAt(structure, 'DQT')).toMatchObject({ 'tables[0].standard': null, 'tables[0].quality': null });
  });

  it('may be several in one segment, of 8 and of 16 bits', async () => {
    const wide = Array.from({ length: 64 }, () => u16(300)).flat();
    const structure = await walkBytes(picture(segment(0xdb, [0], quality50, [0x11], wide)));
    expect(fieldsAt(structure, 'DQT')).toMatchObject({ 'tables[0].bits': 8, 'tables[1].bits': 16, 'tables[1].id': 1 });
  });
});

describe('application segments', () => {
  const applications: readonly (readonly [string, Uint8Array, Record<string, unknown>])[] = [
    ['JFIF', segment(0xe0, 'JFIF\0', [1, 2, 1], u16(72), u16(72), [0, 0]), { version: '1.02', densityX: 72 }],
    ['Exif', segment(0xe1, 'Exif\0\0', 'MM\0*', u32(8)), { byteOrder: 'MM', tiffOffset: 12 }],
    ['XMP', segment(0xe1, 'http://ns.adobe.com/xap/1.0/\0', '<x/>'), {}],
    [
      'ICC',
      segment(0xe2, 'ICC_PROFILE\0', [1, 1], u32(548), 'appl', [4, 0, 0, 0], 'mntrRGB '),
      { profileBytes: 548, colourSpace: 'RGB ', profileVersion: '4.0' },
    ],
    ['Adobe', segment(0xee, 'Adobe', u16(100), u16(0), u16(0), [1]), { version: 100, colourTransform: 1 }],
    ['Ducky', segment(0xec, 'Ducky', u16(1), u16(4), u32(60)), { quality: 60 }],
    [
      'Photoshop',
      segment(0xed, 'Photoshop 3.0\0', '8BIM', u16(0x0406), [0, 0], u32(7), u16(4), zeros(6)),
      { photoshopQuality: 8, 'resources[0].id': 0x0406 },
    ],
    [
      'JUMBF',
      segment(0xeb, 'JP', u16(1), u32(1), u32(99), 'jumb', u32(40), 'jumd', zeros(16), [3], 'c2pa\0'),
      { label: 'c2pa', pieceNumber: 1 },
    ],
  ];

  it.each(applications)('are named and read: %s', async (name, bytes, expected) => {
    const structure = await walkBytes(picture(bytes));
    const node = structure.nodes[1];
    expect(fieldsAt(structure, node?.path ?? '')).toMatchObject({ identifier: name, ...expected });
    expect(structure.errors).toEqual([]);
  });

  it('of unknown makers keep the readable beginning', async () => {
    const structure = await walkBytes(picture(segment(0xe9, 'MakerX\0', [1, 2])));
    expect(fieldsAt(structure, 'APP9')).toEqual({ identifier: 'MakerX', identified: false });
  });
});

describe('entropy-coded data', () => {
  it('goes on over stuffed bytes and restart markers', async () => {
    const structure = await walkBytes(sampleJpeg());
    expect(nodeAt(structure, 'entropy-coded-data').sizeBytes).toBe(10);
    expect(fieldsAt(structure, 'entropy-coded-data')['restartMarkers']).toBe(2);
  });

  it('with restart markers out of turn is an error', async () => {
    const bytes = sampleJpeg();
    const at = Buffer.from(bytes).indexOf(Buffer.from([0xff, 0xd1]));
    bytes[at + 1] = 0xd5;
    expect((await walkBytes(bytes)).errors).toMatchObject([{ code: 'restart-out-of-turn', details: { markers: 1 } }]);
  });

  it('without a marker after it has no end of image', async () => {
    const structure = await walkBytes(sampleJpeg({ end: false }));
    expect(structure.errors).toMatchObject([{ code: 'end-of-image-missing' }]);
  });

  it('ends at the same marker wherever blocks of reading meet', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 65_530, max: 65_545 }), fc.nat(7), async (length, restart) => {
        const bytes = joinBytes(zeros(length), [0xff, 0xd0 + restart], [0xff, 0], [0xff, 0xd9]);
        const scan = await scanEntropyCoded(new WindowedReader(bytesInMemory(bytes), 1e9), 0, bytes.length);
        expect(scan).toEqual({
          ...{ end: length + 4, restartMarkers: 1, restartsOutOfTurn: restart === 0 ? 0 : 1, endsInMarker: true },
        });
      }),
      { numRuns: 60 },
    );
  });
});

describe('several pictures', () => {
  it('are walked each, at the places that the index lists', async () => {
    const bytes = sampleMultiPicture();
    const structure = await walkBytes(bytes);
    const second = nodeAt(structure, 'picture');
    expect(second.offsetBytes + second.sizeBytes).toBe(bytes.length);
    expect(nodeAt(structure, 'picture/SOF0').offsetBytes).toBeGreaterThan(second.offsetBytes);
    expect(structure.errors).toEqual([]);
  });

  it('that are listed but not there are an error, and the bytes trailing data', async () => {
    const bytes = sampleMultiPicture();
    const at = sampleMultiPicture().length - sampleJpeg().length;
    bytes.fill(0, at, at + 2);
    const structure = await walkBytes(bytes);
    expect(errorCodes(structure)).toEqual(['listed-picture-missing']);
    expect(structure.nodes.at(-1)).toMatchObject({ type: 'trailing-data', offsetBytes: at });
  });
});

describe('what follows the end of image', () => {
  it('is kept as trailing data', async () => {
    const bytes = sampleJpeg();
    const structure = await walkBytes(joinBytes(bytes, 'PK\x03\x04 and more'));
    expect(structure.nodes.at(-1)).toMatchObject({ type: 'trailing-data', offsetBytes: bytes.length, sizeBytes: 13 });
  });
});
