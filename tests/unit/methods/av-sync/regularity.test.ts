import { describe, expect, it } from 'vitest';
import { measureFrameRate } from '../../../../src/methods/av-sync/container/frame-rate.ts';
import { pictureGaps, soundJumps } from '../../../../src/methods/av-sync/container/gaps.ts';
import { shownPictures } from '../../../../src/methods/av-sync/container/presentation-order.ts';
import { soundPackets } from '../../../../src/methods/av-sync/container/sound-packets.ts';
import { packetsOf, soundStream, streamOf } from './streams.ts';

const times = (...ms: number[]) => Float64Array.from(ms);
const regular = (n: number, step: number, from = 0) => Float64Array.from({ length: n }, (_, i) => from + i * step);

describe('the frame rate', () => {
  it('is constant although a millisecond clock writes 33 and 34', () => {
    const rounded = regular(300, 1001 / 30).map(Math.round);
    const rate = measureFrameRate(rounded, 1);
    expect(rate.variable).toBe(false);
    expect(rate.irregularShare).toBe(0);
    expect(rate.frameMs).toBeCloseTo(1001 / 30, 1);
    expect(rate.gapFromMs).toBeLessThan(2 * 33);
  });

  it('stays constant with one dropped frame, which is a gap of one frame', () => {
    const dropped = [...regular(100, 40), ...regular(100, 40, 100 * 40 + 40)];
    const rate = measureFrameRate(Float64Array.from(dropped), 0.1);
    expect(rate.variable).toBe(false);
    const gaps = pictureGaps(Float64Array.from(dropped), rate.frameMs!, rate.gapFromMs);
    expect(gaps).toEqual([{ kind: 'picture-gap', startMs: 4000, endMs: 4040, jumpMs: 40 }]);
  });

  it('is variable where intervals differ, and then only a very long one is a gap', () => {
    const list = [0];
    for (let i = 0; i < 200; i++) list.push(list[i]! + (i % 3 === 0 ? 17 : 33) + (i === 150 ? 500 : 0));
    const rate = measureFrameRate(Float64Array.from(list), 0.1);
    expect(rate.variable).toBe(true);
    expect(rate).toMatchObject({ shortestMs: 17 });
    expect(rate.longestMs).toBeGreaterThan(500);
    expect(pictureGaps(Float64Array.from(list), rate.frameMs!, rate.gapFromMs)).toHaveLength(1);
  });

  it('is unknown for one picture', () => {
    expect(measureFrameRate(times(5), 1)).toMatchObject({ frameMs: null, variable: false });
  });
});

describe('jumps of sound time', () => {
  it('are gaps and overlaps beyond the tolerance, with their place', () => {
    const start = times(0, 20, 40, 110, 120, 139.5);
    const length = times(20, 20, 20, 20, 20, 20);
    expect(soundJumps(start, length, 5)).toEqual([
      { kind: 'sound-gap', startMs: 60, endMs: 110, jumpMs: 50 },
      { kind: 'sound-overlap', startMs: 120, endMs: 130, jumpMs: -10 },
    ]);
  });

  it('are none where a length is unknown', () => {
    expect(soundJumps(times(0, 500), times(NaN, 20), 5)).toEqual([]);
  });
});

describe('shown pictures', () => {
  it('come in presentation order, without what is hidden, what comes before the first key picture, and its leading pictures', () => {
    const packets = packetsOf([
      { pts: 0, key: false },
      { pts: 160, key: true },
      { pts: 80, key: false },
      { pts: 120, key: false },
      { pts: 240, key: false },
      { pts: 200, key: false },
      { pts: 280, key: false, discard: true },
    ]);
    const shown = shownPictures(streamOf(), packets);
    expect([...shown.startMs]).toEqual([160, 200, 240]);
    expect(shown.hidden).toBe(1);
    expect(shown.timesFrom).toBe('presentation');
  });

  it('take decoding times where the container has no others, and say so', () => {
    const packets = packetsOf([
      { pts: NaN, dts: 0 },
      { pts: NaN, dts: 40, key: false },
    ]);
    expect(shownPictures(streamOf(), packets)).toMatchObject({ timesFrom: 'decoding' });
    expect(shownPictures(streamOf(), packetsOf([])).timesFrom).toBe('none');
    expect(shownPictures(streamOf(), packetsOf([{ pts: NaN }])).timesFrom).toBe('none');
  });

  it('are all there where no packet is a key picture', () => {
    expect(shownPictures(streamOf(), packetsOf([0, 40, 80].map((pts) => ({ pts, key: false })))).startMs).toHaveLength(
      3,
    );
  });
});

describe('sound packets', () => {
  it('last as long as the codec’s frames, whatever the container says', () => {
    const heard = soundPackets(
      soundStream(),
      packetsOf(Array.from({ length: 10 }, (_, i) => ({ pts: i * 1025, duration: 1025 }))),
    );
    expect(heard).toMatchObject({ source: 'codec-frame', packetSamples: 1024, ownClock: true });
    expect(heard.lengthMs[0]).toBeCloseTo(1024 / 48, 9);
  });

  it('have no clock of their own where only the container says how long they last', () => {
    const heard = soundPackets(
      soundStream({ codec: 'vorbis' }),
      packetsOf([0, 576, 1600].map((pts) => ({ pts, duration: 576 }))),
    );
    expect(heard.ownClock).toBe(false);
  });
});
