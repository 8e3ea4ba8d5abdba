import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { defaultBounds } from '../../../../src/containers/structure.ts';
import { walkStructure } from '../../../../src/containers/walk-structure.ts';
import {
  element,
  elementId,
  elementOfUnknownSize,
  joinBytes,
  sampleLiveWebm,
  sampleMatroska,
  u32,
  zeros,
} from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

const head = element(0x1a45dfa3, element(0x4282, 'matroska'));

describe('the elements of a Matroska file', () => {
  it('have the offsets and sizes that their headers say', async () => {
    const bytes = sampleMatroska();
    const structure = await walkBytes(bytes);
    const segment = nodeAt(structure, 'Segment');
    expect(segment).toMatchObject({ headerBytes: 12, sizeBytes: bytes.length - segment.offsetBytes });
    expect(nodeAt(structure, 'Segment/SeekHead').offsetBytes).toBe(segment.offsetBytes + 12);
    expect(structure.nodes.filter(({ known }) => !known)).toEqual([]);
  });

  it('have values of their kinds', async () => {
    const structure = await walkBytes(sampleMatroska());
    const value = (path: string) => fieldsAt(structure, path)['value'];
    expect(value('EBML/DocType')).toBe('webm');
    expect(value('Segment/Info/TimestampScale')).toBe(1_000_000);
    expect(value('Segment/Info/Duration')).toBe(2000);
    expect(value('Segment/Info/DateUTC')).toBe('2020-01-06T10:40:00.000Z');
    expect(value('Segment/Info/MuxingApp')).toBe('Lavf59.27.100');
    expect(value('Segment/Tracks/TrackEntry/Video/PixelWidth')).toBe(320);
    expect(value('Segment/Tags/Tag/SimpleTag/TagString')).toBe('hand');
    expect(fieldsAt(structure, 'Segment/SeekHead/Seek/SeekID')['element']).toBe('Info');
  });

  it('of unknown id are kept under the number', async () => {
    const structure = await walkBytes(joinBytes(head, element(0x18538067, element(0x4abc, [1, 2]))));
    expect(nodeAt(structure, 'Segment/0x4ABC')).toMatchObject({ known: false, sizeBytes: 12 });
  });

  it('of unknown size end where the next of their level begins', async () => {
    const bytes = sampleLiveWebm();
    const structure = await walkBytes(bytes);
    expect(fieldsAt(structure, 'Segment')['sizeUnknown']).toBe(true);
    const [first, second] = [nodeAt(structure, 'Segment/Cluster[0]'), nodeAt(structure, 'Segment/Cluster[1]')];
    expect(second.offsetBytes).toBe(first.offsetBytes + first.sizeBytes);
    expect(second.offsetBytes + second.sizeBytes).toBe(bytes.length);
    expect(fieldsAt(structure, 'Segment/Cluster[0]')['blocks']).toBe(3);
  });

  it('that claim more than their parent holds are cut, with an error', async () => {
    const lying = joinBytes(elementId(0x1549a966), [0x40, 0xff], element(0x4d80, 'a'));
    const structure = await walkBytes(joinBytes(head, element(0x18538067, lying)));
    expect(errorCodes(structure)).toEqual(['size-beyond-parent']);
    expect(fieldsAt(structure, 'Segment/Info/MuxingApp')['value']).toBe('a');
  });

  it('that are none stop their level', async () => {
    const structure = await walkBytes(joinBytes(head, element(0x18538067, [0, 0, 0, 0], zeros(8))));
    expect(structure.errors).toMatchObject([{ code: 'not-an-element', details: { lengthBytes: 12 } }]);
  });

  it('with values of a length that the format forbids are errors', async () => {
    const wrong = [element(0x2ad7b1, zeros(9)), element(0x4489, zeros(3))];
    const structure = await walkBytes(joinBytes(head, element(0x18538067, element(0x1549a966, ...wrong))));
    expect(errorCodes(structure)).toEqual(['value-size-not-allowed', 'value-size-not-allowed']);
  });

  it('keep every digit of numbers beyond 2^53, and negative ones', async () => {
    const values = [element(0x73c5, [0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff]), element(0x537f, [0xff, 0xfe])];
    const structure = await walkBytes(
      joinBytes(head, element(0x18538067, element(0x1654ae6b, element(0xae, ...values)))),
    );
    expect(fieldsAt(structure, 'Segment/Tracks/TrackEntry/TrackUID')['value']).toBe('18446744073709551615');
    expect(fieldsAt(structure, 'Segment/Tracks/TrackEntry/TrackOffset')['value']).toBe(-2);
  });
});

describe('clusters', () => {
  it('count their blocks by track, and list the first ones with their heads', async () => {
    const structure = await walkBytes(sampleMatroska());
    expect(fieldsAt(structure, 'Segment/Cluster')).toMatchObject({
      ...{ blocks: 3, keyBlocks: 1, allBlocksCounted: true, 'blocksOfTrack[1]': 3 },
    });
    expect(fieldsAt(structure, 'Segment/Cluster/SimpleBlock[1]')).toEqual({
      ...{ track: 1, relativeTimestamp: 40, keyframe: false, lacing: 0 },
    });
    expect(fieldsAt(structure, 'Segment/Cluster/BlockGroup/Block')).toMatchObject({ track: 1, relativeTimestamp: 80 });
  });

  it('list no more blocks than the bounds allow, and count the rest', async () => {
    const blocks = Array.from({ length: 50 }, () => element(0xa3, [0x81, 0, 0, 0, 1, 2, 3]));
    const bytes = joinBytes(head, element(0x18538067, element(0x1f43b675, ...blocks)));
    const structure = await walkStructure(bytesInMemory(bytes), { ...defaultBounds, maxTableEntries: 5 });
    expect(structure.nodes.filter(({ type }) => type === 'SimpleBlock')).toHaveLength(5);
    expect(fieldsAt(structure, 'Segment/Cluster')['blocks']).toBe(50);
  });
});

describe('checksums', () => {
  it('that fit their element say so', async () => {
    expect(fieldsAt(await walkBytes(sampleMatroska()), 'Segment/Info/CRC-32')['matches']).toBe(true);
  });

  it('find a single changed letter', async () => {
    const bytes = sampleMatroska();
    const at = Buffer.from(bytes).indexOf('a writer');
    bytes[at] = 'b'.charCodeAt(0);
    const structure = await walkBytes(bytes);
    expect(errorCodes(structure)).toEqual(['checksum-mismatch']);
    expect(fieldsAt(structure, 'Segment/Info/CRC-32')['matches']).toBe(false);
  });
});

describe('positions', () => {
  it('that point at no such element are errors', async () => {
    const seek = element(0x4dbb, element(0x53ab, elementId(0x1549a966)), element(0x53ac, u32(5)));
    const cue = element(0xbb, element(0xb3, [0]), element(0xb7, element(0xf7, [1]), element(0xf1, u32(9))));
    const structure = await walkBytes(
      joinBytes(head, element(0x18538067, element(0x114d9b74, seek), element(0x1c53bb6b, cue))),
    );
    expect(structure.errors).toMatchObject([
      { code: 'position-wrong', details: { expected: 'Info', found: null } },
      { code: 'position-wrong', details: { expected: 'Cluster', found: null } },
    ]);
    expect(fieldsAt(structure, 'Segment/Cues')['cuePoints']).toBe(1);
  });
});

describe('what follows the segment', () => {
  it('is kept as trailing data', async () => {
    const bytes = sampleMatroska();
    const structure = await walkBytes(joinBytes(bytes, 'text behind the film'));
    expect(structure.nodes.at(-1)).toMatchObject({ type: 'trailing-data', offsetBytes: bytes.length, sizeBytes: 20 });
  });

  it('may be a second file, whose head is a node like the first', async () => {
    const bytes = sampleMatroska();
    const structure = await walkBytes(joinBytes(bytes, bytes));
    expect(nodeAt(structure, 'EBML[1]').offsetBytes).toBe(bytes.length);
    expect(structure.errors).toEqual([]);
  });

  it('belongs to a segment of unknown size until something ends it', async () => {
    const structure = await walkBytes(joinBytes(head, elementOfUnknownSize(0x18538067, element(0xec, zeros(4))), head));
    expect(nodeAt(structure, 'Segment').sizeBytes).toBe(5 + 13);
    expect(nodeAt(structure, 'EBML[1]')).toBeDefined();
  });
});
