import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ProbedStream, StreamPackets } from '../../../src/media/exhibit-media.ts';
import { samplesPerPacket } from '../../../src/media/samples-per-packet.ts';
import { soundClock, timeOfSample } from '../../../src/media/sound-clock.ts';

interface Packet {
  pts: number;
  duration?: number;
  size?: number;
  discard?: boolean;
  skip?: { start: number; end: number };
}

function packetsOf(list: readonly Packet[]): StreamPackets {
  return {
    stream: 1,
    count: list.length,
    pts: Float64Array.from(list, (p) => p.pts),
    dts: Float64Array.from(list, (p) => p.pts),
    duration: Float64Array.from(list, (p) => p.duration ?? NaN),
    sizeBytes: Float64Array.from(list, (p) => p.size ?? 100),
    position: new Float64Array(list.length).fill(NaN),
    flags: Uint8Array.from(list, (p) => 1 | (p.discard === true ? 2 : 0)),
    skipSamples: new Map(list.flatMap((p, i) => (p.skip ? [[i, p.skip] as const] : []))),
  };
}

const streamOf = (more: Partial<ProbedStream> = {}): ProbedStream => ({
  index: 1,
  type: 'audio',
  codec: 'aac',
  timeBase: { num: 1, den: 48_000 },
  startPts: null,
  durationTicks: null,
  sampleRateHz: 48_000,
  channels: 2,
  attachedPicture: false,
  tags: {},
  printed: {},
  sideData: [],
  ...more,
});

const aac = (count: number, from = 0): Packet[] =>
  Array.from({ length: count }, (_, i) => ({ pts: from + i * 1024, duration: 1024 }));

describe('the sound clock', () => {
  it('starts at the first packet where nothing is skipped', () => {
    const clock = soundClock(streamOf(), packetsOf(aac(10, 4800)));
    expect(clock).toMatchObject({ startMs: 100, skippedSamples: 0, expectedSamples: 10_240, source: 'codec-frame' });
    expect(timeOfSample(clock, 4800)).toBeCloseTo(200, 9);
  });

  it('leaves encoder delay out, also where it spans discarded packets', () => {
    // As ffprobe shows an MP4 whose edit list begins 2112 samples in.
    const list = aac(10, -2112);
    list[0]!.skip = { start: 2112, end: 0 };
    list[0]!.discard = true;
    list[1]!.discard = true;
    const clock = soundClock(streamOf({ startPts: 0 }), packetsOf(list));
    expect(clock.startMs).toBeCloseTo(0, 9);
    expect(clock.skippedSamples).toBe(2112);
    expect(clock.expectedSamples).toBe(10_240 - 2112);
    expect(clock.anchors).toHaveLength(1);
  });

  it('puts nothing out for packets that an edit hides later on, and goes on after them', () => {
    const list = aac(10);
    for (const hidden of [4, 5]) list[hidden]!.discard = true;
    const clock = soundClock(streamOf(), packetsOf(list));
    expect(clock.expectedSamples).toBe(8 * 1024);
    expect(clock.anchors.map(({ sample, ms }) => [sample, Math.round(ms * 48)])).toEqual([
      [0, 0],
      [4096, 6144],
    ]);
  });

  it('takes the start that ffprobe implies where no packet says how much is skipped', () => {
    const list = [
      { pts: -128, duration: 128 },
      ...Array.from({ length: 5 }, (_, i) => ({ pts: i * 576, duration: 576 })),
    ];
    const clock = soundClock(streamOf({ codec: 'vorbis', startPts: 0 }), packetsOf(list));
    expect(clock).toMatchObject({ startMs: 0, skippedSamples: 128, expectedSamples: 2880 });
  });

  it('drops the delay of a decoder that does so by itself', () => {
    const list = Array.from({ length: 5 }, (_, i) => ({ pts: -7 + i * 20, duration: 20 }));
    const clock = soundClock(
      streamOf({ codec: 'opus', timeBase: { num: 1, den: 1000 }, startPts: -7 }),
      packetsOf(list),
      312,
    );
    expect(clock.startMs).toBeCloseTo(-0.5, 9);
    expect(clock.expectedSamples).toBe(5 * 960 - 312);
  });

  it('drops what the last packet says is padding', () => {
    const list = aac(4);
    list[3]!.skip = { start: 0, end: 500 };
    expect(soundClock(streamOf(), packetsOf(list)).expectedSamples).toBe(4096 - 500);
  });

  it('follows a jump in time, and tells the time of samples on both sides', () => {
    const list = [...aac(10), ...aac(10, 10 * 1024 + 24_000)];
    const clock = soundClock(streamOf(), packetsOf(list));
    expect(clock.anchors).toEqual([
      { sample: 0, ms: 0 },
      { sample: 10_240, ms: expect.closeTo(10_240 / 48 + 500, 6) as number },
    ]);
    expect(timeOfSample(clock, 10_239)).toBeCloseTo(10_239 / 48, 6);
    expect(timeOfSample(clock, 10_240 + 48)).toBeCloseTo(10_240 / 48 + 501, 6);
  });

  it('does not take the rounding of a millisecond time base for jumps', () => {
    const list = Array.from({ length: 500 }, (_, i) => ({ pts: Math.round((i * 1024) / 48), duration: 21 }));
    const clock = soundClock(streamOf({ timeBase: { num: 1, den: 1000 } }), packetsOf(list));
    expect(clock).toMatchObject({ source: 'codec-frame', expectedSamples: 512_000 });
    expect(clock.anchors).toHaveLength(1);
  });

  it('counts uncompressed sound by its bytes', () => {
    const list = Array.from({ length: 4 }, (_, i) => ({ pts: i * 640, duration: 640, size: 1280 }));
    const clock = soundClock(streamOf({ codec: 'pcm_s16le', channels: 1 }), packetsOf(list));
    expect(clock).toMatchObject({ source: 'packet-bytes', expectedSamples: 2560 });
  });

  it('has no times, and counts from zero, where packets have none', () => {
    const clock = soundClock(streamOf(), packetsOf([{ pts: NaN }, { pts: NaN }]));
    expect(clock.startMs).toBeNull();
    expect(timeOfSample(clock, 480)).toBeCloseTo(10, 9);
    expect(soundClock(streamOf(), undefined).expectedSamples).toBeNull();
  });

  it('never gives a time that is no number, and its anchors always ascend', () => {
    const packet = fc.record({
      pts: fc.oneof(fc.integer({ min: -1e9, max: 1e9 }), fc.constant(NaN)),
      duration: fc.oneof(fc.integer({ min: 0, max: 5000 }), fc.constant(NaN)),
      size: fc.integer({ min: 0, max: 10_000 }),
      discard: fc.boolean(),
      skip: fc.option(fc.record({ start: fc.integer({ min: 0, max: 5000 }), end: fc.integer({ min: 0, max: 5000 }) }), {
        nil: undefined,
      }),
    });
    fc.assert(
      fc.property(
        fc.array(packet, { maxLength: 30 }),
        fc.constantFrom('aac', 'pcm_s16le', 'vorbis', 'opus'),
        (list, codec) => {
          const clean = list.map(({ skip, ...rest }) => (skip === undefined ? rest : { ...rest, skip }));
          const clock = soundClock(streamOf({ codec }), packetsOf(clean));
          for (const sample of [0, 1, 1000, 1e6]) expect(Number.isFinite(timeOfSample(clock, sample))).toBe(true);
          clock.anchors.forEach((anchor, i) => {
            if (i > 0) expect(anchor.sample).toBeGreaterThanOrEqual(clock.anchors[i - 1]!.sample);
          });
        },
      ),
    );
  });
});

describe('samples per packet', () => {
  it.each([
    ['aac', 1024.2, 1024],
    ['aac', 2041, 2048],
    ['aac', 961, 960],
    ['mp3', 576, 576],
    ['opus', 958, 960],
    ['ac3', 1536, 1536],
  ])('of %s with a spacing of %d is %i', (codec, spacing, amount) => {
    expect(samplesPerPacket(codec, 2, spacing)).toEqual({ source: 'codec-frame', amount });
  });

  it('is left to the container where the spacing fits no frame of the codec, or the codec has none', () => {
    expect(samplesPerPacket('aac', 2, 1300).source).toBe('declared-duration');
    expect(samplesPerPacket('vorbis', 2, 1024).source).toBe('declared-duration');
    expect(samplesPerPacket('flac', 2, NaN).source).toBe('unknown');
  });

  it.each([
    ['pcm_s16le', 2, 4],
    ['pcm_s24be', 2, 6],
    ['pcm_f64le', 1, 8],
    ['pcm_mulaw', 1, 1],
    ['pcm_s16le_planar', 2, 4],
  ])('of %s with %i channels comes from its bytes: %i each', (codec, channels, amount) => {
    expect(samplesPerPacket(codec, channels, NaN)).toEqual({ source: 'packet-bytes', amount });
  });
});
