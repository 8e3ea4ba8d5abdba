import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { StreamPackets } from '../../../../src/media/exhibit-media.ts';
import { measureBitRate } from '../../../../src/methods/packets/bit-rate.ts';
import { measureIntervals } from '../../../../src/methods/packets/intervals.ts';
import { findIrregularities, type IrregularitySettings } from '../../../../src/methods/packets/irregularities.ts';
import { groupLengths, pictureGroups } from '../../../../src/methods/packets/picture-groups.ts';
import { milliseconds, presentationOrder } from '../../../../src/methods/packets/presentation-order.ts';

interface Packet {
  pts?: number;
  dts?: number;
  duration?: number;
  size?: number;
  flags?: number;
}

function packetsOf(list: readonly Packet[]): StreamPackets {
  const column = (key: keyof Packet, missing: number): Float64Array =>
    Float64Array.from(list, (packet) => packet[key] ?? missing);
  return {
    ...{
      stream: 0,
      count: list.length,
      pts: column('pts', NaN),
      dts: column('dts', NaN),
      duration: column('duration', NaN),
    },
    ...{ sizeBytes: column('size', 100), position: column('size', NaN).map((_, i) => i * 1000) },
    ...{ flags: Uint8Array.from(list, ({ flags }) => flags ?? 0), skipSamples: new Map() },
  };
}

/** In ms: one tick is 1 ms. */
const timeBase = { num: 1, den: 1000 };
const settings: IrregularitySettings = { type: 'video', timeBase, medianTicks: 40, gapFactor: 2.5, toleranceMs: 2 };

function irregular(list: readonly Packet[], more: Partial<IrregularitySettings> = {}) {
  const packets = packetsOf(list);
  return findIrregularities(packets, presentationOrder(packets), { ...settings, ...more }).map(
    ({ kind, packet, startMs, endMs }) => [kind, packet, startMs, endMs],
  );
}

describe('presentationOrder', () => {
  it('sorts by presentation time and tells how far pictures were moved', () => {
    const packets = packetsOf([{ pts: 0 }, { pts: 120 }, { pts: 40 }, { pts: 80 }, { pts: 160 }]);
    const { order, reorderDepth } = presentationOrder(packets);
    expect([...order]).toEqual([0, 2, 3, 1, 4]);
    expect(reorderDepth).toBe(1);
  });

  it('takes the decoding time where there is no other, and leaves out what has none', () => {
    const { order, ticks, withoutTime } = presentationOrder(packetsOf([{ dts: 5 }, {}, { pts: 1 }]));
    expect([...order]).toEqual([2, 0]);
    expect([...ticks]).toEqual([5, NaN, 1]);
    expect(withoutTime).toBe(1);
  });

  it('is a permutation in order of time, whatever the times', () => {
    fc.assert(
      fc.property(fc.array(fc.option(fc.integer({ min: -1000, max: 1000 }))), (times) => {
        const packets = packetsOf(times.map((pts) => (pts === null ? {} : { pts })));
        const { order, ticks } = presentationOrder(packets);
        expect([...order].sort((a, b) => a - b)).toEqual(times.flatMap((time, i) => (time === null ? [] : [i])));
        for (let i = 1; i < order.length; i += 1) expect(ticks[order[i - 1]!]!).toBeLessThanOrEqual(ticks[order[i]!]!);
      }),
    );
  });
});

describe('milliseconds', () => {
  it('rounds to the microsecond', () => {
    expect(milliseconds(3003, { num: 1, den: 90000 })).toBe(33.367);
    expect(milliseconds(-1, { num: 1001, den: 30000 })).toBe(-33.367);
  });
});

describe('measureIntervals', () => {
  it('takes rounding of the time base for a constant rate', () => {
    const packets = packetsOf([0, 33, 67, 100, 133].map((pts) => ({ pts })));
    expect(measureIntervals(packets, presentationOrder(packets), 1)).toEqual({
      ...{ count: 4, median: 33, shortest: 33, longest: 34, deviating: 0 },
    });
  });

  it('leaves hidden packets out', () => {
    const packets = packetsOf([{ pts: -500, flags: 2 }, { pts: 0 }, { pts: 40 }, { pts: 80 }]);
    expect(measureIntervals(packets, presentationOrder(packets), 1)).toMatchObject({ count: 2, longest: 40 });
  });

  it('says nothing of fewer than two packets', () => {
    const packets = packetsOf([{ pts: 0 }]);
    expect(measureIntervals(packets, presentationOrder(packets), 1)).toBeUndefined();
  });
});

describe('findIrregularities', () => {
  it('finds missing pictures, but not a single dropped one', () => {
    expect(irregular([0, 40, 120, 160, 400].map((pts) => ({ pts })))).toEqual([['gap', 4, 200, 400]]);
  });

  it('finds pictures at the same time', () => {
    expect(irregular([0, 40, 40, 80].map((pts) => ({ pts })))).toEqual([['overlap', 2, 40, 80]]);
  });

  it('finds gaps and overlaps of sound beyond rounding', () => {
    const sound = { type: 'audio', medianTicks: 21 } as const;
    const at = (...times: number[]): Packet[] => times.map((pts) => ({ pts, duration: 21 }));
    expect(irregular(at(0, 21, 43, 64), sound)).toEqual([]);
    expect(irregular(at(0, 21, 142, 163), sound)).toEqual([['gap', 2, 42, 142]]);
    expect(irregular(at(0, 21, 30), sound)).toEqual([['overlap', 2, 30, 42]]);
  });

  it('finds decoding times that run backwards, and packets shown before they are decoded', () => {
    expect(
      irregular([
        { pts: 0, dts: 0 },
        { pts: 40, dts: 40 },
        { pts: 80, dts: 20 },
      ]),
    ).toEqual([['backwards', 2, 20, 40]]);
    expect(
      irregular([
        { pts: 0, dts: 0 },
        { pts: 40, dts: 60 },
      ]),
    ).toEqual([['presented-before-decoded', 1, 40, 60]]);
  });

  it('tells hidden and damaged packets with their length', () => {
    expect(
      irregular([
        { pts: -40, duration: 40, flags: 3 },
        { pts: 0, duration: 40, flags: 4 },
      ]),
    ).toEqual([
      ['hidden', 0, -40, 0],
      ['corrupt', 1, 0, 40],
    ]);
  });

  it('judges no times of subtitles and data', () => {
    expect(irregular([{ pts: 0 }, { pts: 100_000 }], { type: 'other' })).toEqual([]);
  });
});

describe('measureBitRate', () => {
  const rate = (list: readonly Packet[], windowMs: number, endTicks: number) => {
    const packets = packetsOf(list);
    return measureBitRate(packets, presentationOrder(packets), windowMs, 1, endTicks);
  };

  it('adds sizes up in windows and shortens the last to the end', () => {
    expect(rate([{ pts: 500 }, { pts: 1400 }, { pts: 1600, size: 50 }], 1000, 2000)).toEqual({
      ...{ windowMs: 1000, startMs: [500, 1500], bitsPerSecond: [1600, 800] },
    });
  });

  it('accounts for every byte', () => {
    const list = fc.array(fc.record({ pts: fc.nat(100_000), size: fc.nat(5000) }), { minLength: 1 });
    fc.assert(
      fc.property(list, fc.integer({ min: 100, max: 5000 }), (packets, windowMs) => {
        const end = Math.max(...packets.map(({ pts }) => pts)) + 40;
        const start = Math.min(...packets.map(({ pts }) => pts));
        const result = rate(packets, windowMs, end);
        const bytes = result.bitsPerSecond.reduce((sum, bits, i) => {
          const seconds = Math.min(result.windowMs, end - start - i * result.windowMs) / 1000;
          return sum + (bits * seconds) / 8;
        }, 0);
        const total = packets.reduce((sum, { size }) => sum + size, 0);
        expect(Math.abs(bytes - total)).toBeLessThan(1 + result.bitsPerSecond.length);
      }),
    );
  });

  it('lengthens its windows rather than make a million of them for one hostile time', () => {
    const { startMs, windowMs } = rate([{ pts: 0 }, { pts: 1e12 }], 1000, 1e12 + 40);
    expect(startMs.length).toBeLessThanOrEqual(20_000);
    expect(windowMs % 1000).toBe(0);
  });

  it('is empty without times', () => {
    expect(rate([{}, {}], 1000, NaN).startMs).toEqual([]);
  });
});

describe('pictureGroups', () => {
  const groups = (flags: readonly number[]) => {
    const packets = packetsOf(flags.map((flag, i) => ({ pts: i * 40, flags: flag })));
    return pictureGroups(packets, presentationOrder(packets));
  };

  it('divides at key packets', () => {
    const { groups: found, leadingPackets } = groups([1, 0, 0, 1, 0, 0, 1]);
    expect(
      found.map(({ firstPacket, packets, startTicks, sizeBytes }) => [firstPacket, packets, startTicks, sizeBytes]),
    ).toEqual([
      [0, 3, 0, 300],
      [3, 3, 120, 300],
      [6, 1, 240, 100],
    ]);
    expect(leadingPackets).toBe(0);
  });

  it('counts what comes before the first key packet', () => {
    expect(groups([0, 0, 1, 0]).leadingPackets).toBe(2);
    expect(groups([0, 0, 0])).toEqual({ groups: [], leadingPackets: 3 });
  });

  it('leaves the last group out of the lengths, unless it is the only one', () => {
    expect(groupLengths(groups([1, 0, 0, 1, 0, 0, 1]).groups)).toEqual({
      ...{ shortest: 3, longest: 3, mostCommon: 3, mostCommonShare: 1, pattern: '3 ×2' },
    });
    expect(groupLengths(groups([1, 0]).groups)?.mostCommon).toBe(2);
    expect(groupLengths([])).toBeUndefined();
  });

  it('lists lengths by how often they come', () => {
    expect(groupLengths(groups([1, 0, 1, 0, 0, 1, 0, 1, 0]).groups)?.pattern).toBe('2 ×2, 3 ×1');
  });
});
