import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { TrackEditList } from '../../../../src/containers/read-edit-lists.ts';
import type { Probe } from '../../../../src/media/exhibit-media.ts';
import { soundClock } from '../../../../src/media/sound-clock.ts';
import { editListOf, editTimeline } from '../../../../src/methods/av-sync/container/edit-timeline.ts';
import { encoderDelay, readGaplessTag } from '../../../../src/methods/av-sync/container/encoder-delay.ts';
import { packetsOf, soundStream, streamOf, type PacketInTest } from './streams.ts';

const probe: Probe = {
  ...{ formatName: 'mov,mp4', durationMs: null, startMs: null, bitRate: null },
  ...{ tags: {}, printed: {}, streams: [], messages: [] },
};
const list = (entries: TrackEditList['entries'], more: Partial<TrackEditList> = {}): TrackEditList => ({
  ...{ trackIndex: 1, trackId: 2, handler: 'soun', mediaTimeScale: 48_000, movieTimeScale: 1000 },
  ...{ entries, complete: true, node: 'moov/trak[1]/edts/elst', nodeId: 7 },
  ...more,
});
const aac = (first: Partial<PacketInTest> = {}): PacketInTest[] =>
  Array.from({ length: 5 }, (_, i) => ({ pts: i * 1024, duration: 1024, ...(i === 0 ? first : {}) }));

function delayOf(options: {
  codec?: string;
  packets?: readonly PacketInTest[];
  header?: { samples: number; node?: string };
  editList?: TrackEditList;
  tags?: Record<string, string>;
  packetSamples?: number;
}) {
  const stream = soundStream({ codec: options.codec ?? 'aac' });
  const packets = packetsOf(options.packets ?? aac(), 1);
  return encoderDelay({
    ...{ probe: { ...probe, tags: options.tags ?? {} }, stream, packets },
    clock: soundClock(stream, packets),
    packetSamples: options.packetSamples ?? 1024,
    header: options.header,
    editList: options.editList,
  });
}

describe('encoder delay', () => {
  it('is gathered from every place that states it', () => {
    const delay = delayOf({
      packets: aac({ pts: -2112, skip: { start: 2112, end: 0 } }),
      editList: list([{ segmentDuration: 100, mediaTime: 2112, rate: 1 }]),
      header: { samples: 2112, node: 'some/box' },
      tags: { iTunSMPB: ' 00000000 00000840 000001CA 00000000003F31F6 00000000 00000000' },
    });
    expect(delay.statements).toEqual([
      { source: 'skip-samples', samples: 2112 },
      { source: 'codec-header', samples: 2112, node: 'some/box' },
      { source: 'edit-list', samples: 2112, node: 'moov/trak[1]/edts/elst' },
      { source: 'itunsmpb', samples: 2112 },
    ]);
    expect(delay.undeclaredSamples).toBe(0);
  });

  it.each([
    ['aac', 1024, 2112],
    ['aac', 2048, 4224],
    ['mp3', 1152, 1105],
    ['opus', 960, 312],
    ['ac3', 1536, 256],
    ['pcm_s16le', 1024, 0],
    ['flac', 4096, 0],
    ['vorbis', 1024, 0],
    ['unheard_of', 777, 777],
  ])('that %s with %i samples a packet leaves unsaid is %i samples', (codec, packetSamples, wanted) => {
    expect(delayOf({ codec, packetSamples }).undeclaredSamples).toBe(wanted);
  });

  it('counts the padding at the end', () => {
    const packets = [...aac(), { pts: 5120, duration: 1024, skip: { start: 0, end: 300 } }];
    expect(delayOf({ packets }).paddingSamples).toBe(300);
  });
});

describe('Apple’s gapless tag', () => {
  it('gives delay, padding and length', () => {
    expect(readGaplessTag(' 00000000 00000840 000001CA 00000000003F31F6')).toEqual({
      delaySamples: 2112,
      paddingSamples: 458,
      lengthSamples: 4_141_558,
    });
  });

  it('is undefined for anything else and never throws', () => {
    for (const text of [undefined, '', '00000000', ' 00000000 0000084 000001CA 00000000003F31F6', 'x'.repeat(99)])
      expect(readGaplessTag(text)).toBeUndefined();
    fc.assert(fc.property(fc.string(), (text) => void readGaplessTag(text)));
  });
});

describe('the edit list on the time axis', () => {
  it('keeps every entry, not the first alone', () => {
    const timeline = editTimeline(
      list([
        { segmentDuration: 200, mediaTime: -1, rate: 1 },
        { segmentDuration: 1000, mediaTime: 1024, rate: 1 },
        { segmentDuration: 500, mediaTime: 144_000, rate: 1 },
        { segmentDuration: 300, mediaTime: 150_000, rate: 0 },
      ]),
    )!;
    expect(timeline).toMatchObject({ delayMs: 200, mediaEdits: 2, cuts: true, tickMs: 1 });
    expect(timeline.trimmedMs).toBeCloseTo(21.333, 3);
    expect(timeline.edits.map(({ kind, startMs, segmentMs }) => [kind, startMs, segmentMs])).toEqual([
      ['empty', 0, 200],
      ['media', 200, 1000],
      ['media', 1200, 500],
      ['dwell', 1700, 300],
    ]);
  });

  it('is no cut where it only says how the track starts', () => {
    const delayed = editTimeline(
      list([
        { segmentDuration: 178, mediaTime: -1, rate: 1 },
        { segmentDuration: 0, mediaTime: 0, rate: 1 },
      ]),
    )!;
    expect(delayed).toMatchObject({ delayMs: 178, cuts: false });
    expect(delayed.edits[1]!.segmentMs).toBeNull();
    expect(editTimeline(list([{ segmentDuration: 9, mediaTime: 5, rate: 2 }]))!.cuts).toBe(true);
  });

  it('is undefined without entries or without time scales', () => {
    expect(editTimeline(undefined)).toBeUndefined();
    expect(editTimeline(list([]))).toBeUndefined();
    expect(editTimeline(list([{ segmentDuration: 1, mediaTime: 0, rate: 1 }], { movieTimeScale: 0 }))).toBeUndefined();
  });

  it('belongs to the stream with its track id, else to the one at its place', () => {
    const lists = [list([], { trackIndex: 0, trackId: 7 }), list([], { trackIndex: 1, trackId: 3 })];
    expect(editListOf(lists, streamOf({ index: 0, printed: { id: '0x3' } }))!.trackId).toBe(3);
    expect(editListOf(lists, streamOf({ index: 0 }))!.trackId).toBe(7);
    expect(editListOf(lists, streamOf({ index: 5 }))).toBeUndefined();
  });
});
