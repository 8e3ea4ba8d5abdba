import { describe, expect, it } from 'vitest';
import { readEditLists } from '../../../src/containers/read-edit-lists.ts';
import {
  box,
  fullBox,
  joinBytes,
  movieHeader,
  sampleJpeg,
  sampleMp4,
  track,
  u32,
  u64,
} from '../../support/container-samples.ts';
import { walkBytes } from '../../support/walk-bytes.ts';

const movie = (...tracks: Uint8Array[]): Uint8Array =>
  joinBytes(box('ftyp', 'isom', u32(0)), box('moov', movieHeader(), ...tracks));

describe('edit lists', () => {
  it('are given for every track, with time scales, and empty where there is none', async () => {
    expect(readEditLists(await walkBytes(sampleMp4()))).toEqual([
      {
        trackIndex: 0,
        trackId: 1,
        handler: 'vide',
        mediaTimeScale: 12_800,
        movieTimeScale: 1000,
        entries: [{ segmentDuration: 2000, mediaTime: 1024, rate: 1 }],
        complete: true,
        node: 'moov/trak[0]/edts/elst',
        nodeId: 7,
      },
      {
        trackIndex: 1,
        trackId: 2,
        handler: 'soun',
        mediaTimeScale: 44_100,
        movieTimeScale: 1000,
        entries: [],
        complete: true,
        node: undefined,
        nodeId: undefined,
      },
    ]);
  });

  it('keep every entry, however many there are', async () => {
    const edits = Array.from({ length: 3000 }, (_, index) => [index, index * 2] as const);
    const [list] = readEditLists(await walkBytes(movie(track({ id: 1, handler: 'vide', timescale: 600, edits }))));
    expect(list?.entries).toHaveLength(3000);
    expect(list?.entries[2999]).toEqual({ segmentDuration: 2999, mediaTime: 5998, rate: 1 });
    expect(list?.complete).toBe(true);
  });

  it('know empty edits by a media time of -1, in both versions', async () => {
    const edits = [[500, 0xffff_ffff] as const, [1500, 0] as const];
    const long = fullBox('elst', 1, 0, u32(1), u64(500n), u64(0xffff_ffff_ffff_ffffn), u32(0x8000));
    const structure = await walkBytes(
      movie(track({ id: 1, handler: 'vide', timescale: 600, edits }), box('trak', box('edts', long))),
    );
    const lists = readEditLists(structure);
    expect(lists[0]?.entries.map(({ mediaTime }) => mediaTime)).toEqual([-1, 0]);
    expect(lists[1]?.entries).toEqual([{ segmentDuration: 500, mediaTime: -1, rate: 0.5 }]);
    expect(lists[1]).toMatchObject({ handler: undefined, mediaTimeScale: undefined, trackId: undefined });
  });

  it('say when the file claims more entries than it has', async () => {
    const lying = box('trak', box('edts', fullBox('elst', 0, 0, u32(9), u32(1), u32(2), u32(0x1_0000))));
    const [list] = readEditLists(await walkBytes(movie(lying)));
    expect(list).toMatchObject({ complete: false });
    expect(list?.entries).toHaveLength(1);
  });

  it('are none in files of other formats', async () => {
    expect(readEditLists(await walkBytes(sampleJpeg()))).toEqual([]);
  });
});
