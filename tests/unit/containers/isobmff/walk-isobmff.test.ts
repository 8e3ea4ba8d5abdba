import { describe, expect, it } from 'vitest';
import {
  box,
  fullBox,
  joinBytes,
  movieHeader,
  sampleMp4,
  u32,
  u64,
  zeros,
} from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

const fileType = box('ftyp', 'isom', u32(0));

describe('the boxes of an ISO base media file', () => {
  it('have the offsets and sizes that their headers say', async () => {
    const structure = await walkBytes(sampleMp4());
    const top = structure.nodes.filter(({ parent }) => parent === -1);
    expect(top.map(({ type, offsetBytes, sizeBytes }) => [type, offsetBytes, sizeBytes])).toEqual([
      ['ftyp', 0, 32],
      ['mdat', 32, 24],
      ['moov', 56, nodeAt(structure, 'moov').sizeBytes],
      ['free', 56 + nodeAt(structure, 'moov').sizeBytes, 24],
    ]);
  });

  it('are named by a path with an index where siblings repeat', async () => {
    const structure = await walkBytes(sampleMp4());
    expect(nodeAt(structure, 'moov/trak[1]/mdia/minf/stbl/stsd/mp4a/esds').path).toBe(
      'moov/trak[1]/mdia/minf/stbl/stsd/mp4a/esds',
    );
    expect(nodeAt(structure, 'moov/trak/tkhd').path).toBe('moov/trak[0]/tkhd');
  });

  it('may have a 64-bit size', async () => {
    const large = joinBytes(u32(1), 'mdat', u64(24n), zeros(8));
    const structure = await walkBytes(joinBytes(fileType, large, box('moov')));
    expect(nodeAt(structure, 'mdat')).toMatchObject({ offsetBytes: 16, sizeBytes: 24, headerBytes: 16 });
    expect(nodeAt(structure, 'moov').offsetBytes).toBe(40);
    expect(structure.errors).toEqual([]);
  });

  it('of size 0 run to the end of the file', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov'), u32(0), 'mdat', zeros(100)));
    expect(nodeAt(structure, 'mdat')).toMatchObject({ offsetBytes: 24, sizeBytes: 108 });
    expect(structure.errors).toEqual([]);
  });

  it('that claim more than there is are cut, with an error at their offset', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov'), u32(1000), 'mdat', zeros(10)));
    expect(nodeAt(structure, 'mdat').sizeBytes).toBe(18);
    expect(structure.errors).toEqual([
      {
        code: 'size-beyond-file',
        offsetBytes: 24,
        path: 'mdat',
        details: { declaredBytes: 1000, availableBytes: 18 },
      },
    ]);
  });

  it('that claim a 64-bit size beyond all reason keep every digit of it in the error', async () => {
    const huge = joinBytes(u32(1), 'mdat', u64(0xffff_ffff_ffff_ffffn));
    const structure = await walkBytes(joinBytes(fileType, huge));
    expect(structure.errors[0]?.details['declaredBytes']).toBe('18446744073709551615');
  });

  it('that are smaller than their own header stop their level and no other', async () => {
    const bad = box('edts', u32(7), 'elst', zeros(8));
    const structure = await walkBytes(joinBytes(fileType, box('moov', bad, movieHeader())));
    expect(errorCodes(structure)).toEqual(['size-too-small']);
    expect(nodeAt(structure, 'moov/mvhd')).toBeDefined();
  });

  it('of unknown type are kept, and said to be unknown', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('q!z7', zeros(3))), box('SEFD', zeros(5))));
    expect(nodeAt(structure, 'moov/q!z7')).toMatchObject({ known: false, sizeBytes: 11 });
    expect(nodeAt(structure, 'SEFD')).toMatchObject({ known: false, sizeBytes: 13 });
    expect(structure.errors).toEqual([]);
  });

  it('may have types that no printer shows, which are written out', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('\x00/\xa9\xff', zeros(4)))));
    expect(structure.nodes.at(-1)).toMatchObject({ type: '\\x00\\x2F©\\xFF', path: 'moov/\\x00\\x2F©\\xFF' });
  });

  it('of extended type give their identifier, and what it is for where that is published', async () => {
    const xmp = [0xbe, 0x7a, 0xcf, 0xcb, 0x97, 0xa9, 0x42, 0xe8, 0x9c, 0x71, 0x99, 0x94, 0x91, 0xe3, 0xaf, 0xac];
    const structure = await walkBytes(
      joinBytes(fileType, box('uuid', xmp, '<x/>'), box('uuid', zeros(16)), box('moov')),
    );
    expect(fieldsAt(structure, 'uuid[0]')).toEqual({
      extendedType: 'be7acfcb-97a9-42e8-9c71-999491e3afac',
      meaning: 'XMP',
    });
    expect(nodeAt(structure, 'uuid[0]')).toMatchObject({ headerBytes: 24, known: true });
    expect(nodeAt(structure, 'uuid[1]').known).toBe(false);
  });
});

describe('what follows the last box', () => {
  it.each([
    ['text', 'These words stand behind the film and are no box.'],
    ['zeros', '\0'.repeat(40)],
    ['a few bytes', 'abc'],
    ['another format', '\x89PNG\r\n\x1a\n0000IHDR'],
  ])('is kept as trailing data: %s', async (_name, tail) => {
    const structure = await walkBytes(joinBytes(fileType, box('moov'), tail));
    expect(structure.nodes.at(-1)).toMatchObject({
      type: 'trailing-data',
      offsetBytes: 24,
      sizeBytes: tail.length,
      known: false,
    });
  });
});

describe('user data', () => {
  it('may end with the 32-bit zero that QuickTime allows', async () => {
    const text = box('©swr', u32(0x0004_15c7), 'tool');
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('udta', text, u32(0)))));
    expect(structure.errors).toEqual([]);
    expect(fieldsAt(structure, 'moov/udta/©swr')).toEqual({ language: 'eng', value: 'tool' });
  });

  it('keeps a text whose length is wrong, and says so', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('udta', box('©xyz', '+51.4-000.1/')))));
    expect(fieldsAt(structure, 'moov/udta/©xyz')['value']).toBe('+51.4-000.1/');
    expect(errorCodes(structure)).toContain('text-length-wrong');
  });

  it('in 3GPP form gives place and language', async () => {
    const loci = fullBox(
      'loci',
      0,
      0,
      [0x15, 0xc7],
      'Here\0',
      [1],
      u32(24 << 16),
      u32(60 << 16),
      u32(0),
      'earth\0',
      '\0',
    );
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('udta', loci))));
    expect(fieldsAt(structure, 'moov/udta/loci')).toMatchObject({
      language: 'eng',
      name: 'Here',
      longitudeDeg: 24,
      latitudeDeg: 60,
    });
  });
});

describe('the meta box', () => {
  const handler = fullBox('hdlr', 0, 0, zeros(4), 'mdta', zeros(13));
  const keys = fullBox('keys', 0, 0, u32(1), u32(8 + 26), 'mdta', 'com.apple.quicktime.make\0\0');
  const item = box('ilst', box('\0\0\0\x01', box('data', u32(1), u32(0), 'Apple')));

  it.each([
    ['ISO', fullBox('meta', 0, 0, handler, keys, item)],
    ['QuickTime', box('meta', handler, keys, item)],
  ])('is read in its %s form, and items get the names of their keys', async (form, meta) => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', meta)));
    expect(fieldsAt(structure, 'moov/meta')['form']).toBe(form);
    expect(fieldsAt(structure, 'moov/meta/ilst/\\x00\\x00\\x00\\x01')['key']).toBe('com.apple.quicktime.make');
    expect(fieldsAt(structure, 'moov/meta/ilst/\\x00\\x00\\x00\\x01/data')['value']).toBe('Apple');
    expect(structure.errors).toEqual([]);
  });

  it('gives numbers of items as numbers', async () => {
    const values = [
      box('a1!!', box('data', u32(21), u32(0), [0xff, 0xfe])),
      box('a2!!', box('data', u32(22), u32(0), [0, 0, 1, 0])),
      box('a3!!', box('data', u32(24), u32(0), [0x3f, 0xf8, 0, 0, 0, 0, 0, 0])),
      box('a4!!', box('data', u32(0), u32(0), [1, 2, 3])),
    ];
    const structure = await walkBytes(
      joinBytes(fileType, box('moov', fullBox('meta', 0, 0, handler, box('ilst', ...values)))),
    );
    const value = (type: string) => fieldsAt(structure, `moov/meta/ilst/${type}/data`)['value'];
    expect([value('a1!!'), value('a2!!'), value('a3!!'), value('a4!!')]).toEqual([-2, 256, 1.5, '010203']);
  });
});

describe('free space', () => {
  it('tells its size, whether it is empty, and the first text in it', async () => {
    const structure = await walkBytes(sampleMp4());
    expect(fieldsAt(structure, 'free')).toMatchObject({ contentBytes: 16, nonZeroBytes: 11, text: 'signed here' });
    expect(nodeAt(structure, 'free').fields.find(({ name }) => name === 'text')?.offsetBytes).toBe(
      nodeAt(structure, 'free').offsetBytes + 8,
    );
  });
});

describe('contradictions between boxes', () => {
  const movie = (...tables: Uint8Array[]): Uint8Array =>
    joinBytes(fileType, box('moov', box('trak', box('mdia', box('minf', box('stbl', ...tables))))));

  it('are errors: other numbers of samples in time and in size', async () => {
    const times = fullBox('stts', 0, 0, u32(1), u32(5), u32(10));
    const sizes = fullBox('stsz', 0, 0, u32(100), u32(6));
    const structure = await walkBytes(movie(times, sizes));
    expect(structure.errors).toMatchObject([
      { code: 'sample-count-mismatch', details: { timedSamples: 5, sizedSamples: 6 } },
    ]);
  });

  it('are errors: samples in chunks that do not exist', async () => {
    const places = fullBox('stsc', 0, 0, u32(1), u32(3), u32(1), u32(1));
    const structure = await walkBytes(movie(places, fullBox('stco', 0, 0, u32(1), u32(20))));
    expect(errorCodes(structure)).toEqual(['chunk-outside-table']);
  });

  it('are errors: chunks behind the end of the file', async () => {
    const structure = await walkBytes(movie(fullBox('stco', 0, 0, u32(2), u32(20), u32(99_999))));
    expect(structure.errors).toMatchObject([{ code: 'chunk-offset-outside-file', details: { chunks: 1, of: 2 } }]);
  });

  it('are errors: a box twice that may stand only once', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov'), box('moov')));
    expect(structure.errors).toMatchObject([{ code: 'repeated-box', path: 'moov[1]' }]);
  });

  it('are errors: no movie at all', async () => {
    expect(errorCodes(await walkBytes(joinBytes(fileType, box('mdat', zeros(5)))))).toEqual(['movie-box-missing']);
  });
});
