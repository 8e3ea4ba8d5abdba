import { describe, expect, it } from 'vitest';
import { defaultBounds } from '../../../../src/containers/structure.ts';
import { walkStructure } from '../../../../src/containers/walk-structure.ts';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import {
  box,
  fullBox,
  joinBytes,
  movieHeader,
  quarterTurnMatrix,
  sampleFragmentedMp4,
  sampleHeic,
  sampleMp4,
  track,
  u16,
  u32,
  u64,
  zeros,
} from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

const fileType = box('ftyp', 'isom', u32(0));

describe('times and durations', () => {
  it('are given as UTC and as stored', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', movieHeader())));
    expect(fieldsAt(structure, 'moov/mvhd')).toMatchObject({
      creationTime: '2019-07-24T08:25:57Z',
      creationTimeRaw: 3_646_801_557,
      modificationTime: '2019-07-24T08:25:58Z',
      timescale: 1000,
      duration: 2000,
      rate: 1,
      volume: 1,
      nextTrackId: 3,
    });
  });

  it('of 64 bits are read, and what has no calendar date has none', async () => {
    const header = (time: bigint): Uint8Array =>
      fullBox('mvhd', 1, 0, u64(time), u64(0n), u32(600), u64(0xffff_ffff_ffff_ffffn), zeros(80));
    const late = await walkBytes(joinBytes(fileType, box('moov', header(0xffff_ffff_ffff_fff0n))));
    expect(fieldsAt(late, 'moov/mvhd')).toMatchObject({
      creationTime: null,
      creationTimeRaw: '18446744073709551600',
      modificationTime: null,
      modificationTimeRaw: 0,
      duration: null,
    });
    const usual = await walkBytes(joinBytes(fileType, box('moov', header(3_646_801_557n))));
    expect(fieldsAt(usual, 'moov/mvhd')['creationTime']).toBe('2019-07-24T08:25:57Z');
  });

  it('have the place of their bytes', async () => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', movieHeader())));
    const field = nodeAt(structure, 'moov/mvhd').fields.find(({ name }) => name === 'creationTime');
    expect(field).toMatchObject({ offsetBytes: 16 + 8 + 8 + 4, lengthBytes: 4 });
  });
});

describe('the track header', () => {
  it.each([
    ['none', undefined, 0, false],
    ['a quarter clockwise', quarterTurnMatrix, 90, false],
    ['a half', [0xffff_0000, 0, 0, 0, 0xffff_0000, 0, 0, 0, 0x4000_0000].flatMap(u32), 180, false],
    ['three quarters', [0, 0xffff_0000, 0, 0x1_0000, 0, 0, 0, 0, 0x4000_0000].flatMap(u32), 270, false],
    ['mirrored', [0xffff_0000, 0, 0, 0, 0x1_0000, 0, 0, 0, 0x4000_0000].flatMap(u32), 180, true],
    ['no plain turn', [0x8000, 0x8000, 0, 0x8000, 0x8000, 0, 0, 0, 0x4000_0000].flatMap(u32), null, false],
  ])('gives the turn of its matrix: %s', async (_name, matrix, rotationDeg, mirrored) => {
    const options = { id: 7, handler: 'vide' as const, timescale: 600, ...(matrix && { matrix }) };
    const structure = await walkBytes(joinBytes(fileType, box('moov', track(options))));
    expect(fieldsAt(structure, 'moov/trak/tkhd')).toMatchObject({
      ...{ trackId: 7, enabled: true, width: 320, height: 240, rotationDeg, mirrored },
    });
  });
});

describe('the tables of samples', () => {
  it('are summed up whole and listed in part', async () => {
    const rows = Array.from({ length: 300 }, (_, i) => [...u32(1), ...u32(i + 1)]).flat();
    const stbl = box('stbl', fullBox('stts', 0, 0, u32(300), rows));
    const bytes = joinBytes(fileType, box('moov', box('trak', box('mdia', box('minf', stbl)))));
    const structure = await walkStructure(bytesInMemory(bytes), { ...defaultBounds, maxTableEntries: 10 });
    const fields = fieldsAt(structure, 'moov/trak/mdia/minf/stbl/stts');
    expect(fields).toMatchObject({
      ...{ entryCount: 300, sampleCount: 300, durationTicks: 45_150, minSampleDelta: 1, maxSampleDelta: 300 },
      ...{ entriesListed: 10, 'entries[9].sampleDelta': 10 },
    });
    expect(fields['entries[10].sampleDelta']).toBeUndefined();
  });

  it('of the sample hold what was written', async () => {
    const structure = await walkBytes(sampleMp4());
    const stbl = 'moov/trak[0]/mdia/minf/stbl';
    expect(fieldsAt(structure, `${stbl}/ctts`)).toMatchObject({ minSampleOffset: 512, maxSampleOffset: 512 });
    expect(fieldsAt(structure, `${stbl}/stsz`)).toMatchObject({ totalBytes: 16, minSize: 6, maxSize: 10 });
    expect(fieldsAt(structure, `${stbl}/stsc`)).toMatchObject({ 'entries[0].samplesPerChunk': 2 });
    expect(fieldsAt(structure, `${stbl}/stco`)).toMatchObject({ minOffset: 40, maxOffset: 40 });
    expect(fieldsAt(structure, `${stbl}/stss`)).toMatchObject({ 'entries[0].sample': 1 });
  });

  it('take negative offsets, in version 0 too', async () => {
    const ctts = fullBox('ctts', 0, 0, u32(1), u32(1), u32(0xffff_fff6));
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('trak', box('stbl', ctts)))));
    expect(structure.nodes.at(-1)?.fields.find(({ name }) => name === 'minSampleOffset')?.value).toBe(-10);
  });
});

describe('sample entries', () => {
  it('give the picture its size, coding and encoder', async () => {
    const structure = await walkBytes(sampleMp4());
    const entry = 'moov/trak[0]/mdia/minf/stbl/stsd/avc1';
    expect(fieldsAt(structure, entry)).toMatchObject({ width: 320, height: 240, compressorName: 'made by hand' });
    expect(fieldsAt(structure, `${entry}/avcC`)).toMatchObject({
      ...{ profile: 'High', level: 3.1, lengthSizeBytes: 4, 'sequenceParameterSet[0]': '67010203' },
    });
  });

  it('give the sound its rate, channels and profile', async () => {
    const structure = await walkBytes(sampleMp4());
    const entry = 'moov/trak[1]/mdia/minf/stbl/stsd/mp4a';
    expect(fieldsAt(structure, entry)).toMatchObject({ channelCount: 2, sampleRateHz: 44_100 });
    expect(fieldsAt(structure, `${entry}/esds`)).toMatchObject({
      ...{ objectTypeIndication: 0x40, maxBitrate: 128_000, averageBitrate: 96_000 },
      ...{ profile: 'AAC LC', audioSampleRateHz: 44_100, channelConfiguration: 2 },
    });
  });

  it('of QuickTime version 1 have their further fields before the boxes inside', async () => {
    const entry = box(
      'mp4a',
      ...[zeros(6), u16(1), u16(1), zeros(6), u16(2), u16(16), zeros(4), u32(48_000 * 65_536)],
      ...[u32(1024), u32(1), u32(2), u32(3), box('wave', box('frma', 'mp4a'), u32(8), zeros(4))],
    );
    const media = box(
      'mdia',
      fullBox('hdlr', 0, 0, 'mhlrsoun', zeros(12), [0]),
      box('minf', box('stbl', fullBox('stsd', 0, 0, u32(1), entry))),
    );
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('trak', media))));
    const path = 'moov/trak/mdia/minf/stbl/stsd/mp4a';
    expect(fieldsAt(structure, path)).toMatchObject({ samplesPerPacket: 1024, bytesPerSample: 3 });
    expect(fieldsAt(structure, `${path}/wave/frma`)['dataFormat']).toBe('mp4a');
    expect(structure.errors).toEqual([]);
  });
});

describe('handler names', () => {
  it.each([
    ['a C string', joinBytes(zeros(4), 'vide', zeros(12), 'VideoHandler\0')],
    ['a counted string', joinBytes('mhlrvide', 'appl', zeros(8), [12], 'VideoHandler')],
  ])('are read as %s', async (_name, payload) => {
    const structure = await walkBytes(joinBytes(fileType, box('moov', box('trak', fullBox('hdlr', 0, 0, payload)))));
    expect(fieldsAt(structure, 'moov/trak/hdlr')).toMatchObject({ handlerType: 'vide', name: 'VideoHandler' });
  });
});

describe('fragments', () => {
  it('give decode time, run of samples and index', async () => {
    const structure = await walkBytes(sampleFragmentedMp4());
    expect(fieldsAt(structure, 'moof/traf/tfhd')).toMatchObject({ trackId: 1, defaultBaseIsMoof: true });
    expect(fieldsAt(structure, 'moof/traf/tfdt')['baseMediaDecodeTime']).toBe(90_000);
    expect(fieldsAt(structure, 'moof/traf/trun')).toMatchObject({
      ...{ sampleCount: 2, dataOffset: 100, durationTicks: 1024, totalBytes: 16, 'entries[1].size': 9 },
    });
    expect(fieldsAt(structure, 'sidx')).toMatchObject({ timescale: 90_000, referenceCount: 1 });
    expect(fieldsAt(structure, 'mfra/mfro')['randomAccessBytes']).toBe(24);
  });
});

describe('still pictures', () => {
  it('give items, places, properties and turn', async () => {
    const structure = await walkBytes(sampleHeic());
    expect(fieldsAt(structure, 'meta/pitm')['itemId']).toBe(1);
    expect(fieldsAt(structure, 'meta/iinf/infe[1]')).toMatchObject({ itemId: 2, itemType: 'Exif' });
    expect(fieldsAt(structure, 'meta/iloc')).toMatchObject({
      ...{ 'items[0].itemId': 1, 'items[0].extents[0].offset': 300, 'items[0].extents[0].length': 20 },
    });
    expect(fieldsAt(structure, 'meta/iprp/ipco/ispe')).toMatchObject({ width: 640, height: 480 });
    // Three quarters anticlockwise are one clockwise.
    expect(fieldsAt(structure, 'meta/iprp/ipco/irot')).toEqual({ angleSteps: 3, rotationDeg: 90 });
    expect(fieldsAt(structure, 'meta/iprp/ipma')['entries[0].properties']).toBe('1 2!');
    expect(fieldsAt(structure, 'meta/iref/cdsc')).toMatchObject({ fromItemId: 2, 'entries[0].toItemId': 1 });
  });
});

describe('a payload that ends inside a field', () => {
  it('keeps the fields before it and says where it ends', async () => {
    const structure = await walkBytes(
      joinBytes(fileType, box('moov', fullBox('mvhd', 0, 0, u32(0), u32(0), u32(600)))),
    );
    expect(fieldsAt(structure, 'moov/mvhd')['timescale']).toBe(600);
    expect(errorCodes(structure)).toEqual(['payload-too-short']);
  });
});
