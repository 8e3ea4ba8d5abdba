import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { Consumers } from '../../../../src/media/decode/consumers.ts';
import { FrameTimes } from '../../../../src/media/decode/frame-times.ts';
import { tapKey } from '../../../../src/media/decode/plan.ts';
import { readBlocks } from '../../../../src/media/decode/read-blocks.ts';
import { readLoudnessEntries } from '../../../../src/media/decode/read-audio.ts';
import { reportEvery } from '../../../../src/media/decode/report-every.ts';
import { outcomeOfStream, subscribe, type FrameHash, type FrameHashTap } from '../../../../src/media/taps.ts';

describe('FrameTimes', () => {
  it('answers at once where the time is known, and later where it is not', async () => {
    const times = new FrameTimes();
    times.add(10);
    times.add(null);
    expect(times.at(0)).toBe(10);
    expect(times.at(1)).toBeNull();
    const waiting = [times.at(2), times.at(2), times.at(3)];
    times.add(30);
    times.end();
    expect([await waiting[0], await waiting[1], await waiting[2]]).toEqual([30, 30, null]);
    expect(times.at(99)).toBeNull();
    expect(times.count).toBe(3);
  });

  it('holds more than its first array', () => {
    const times = new FrameTimes();
    for (let i = 0; i < 5000; i += 1) times.add(i * 3);
    expect([times.at(0), times.at(1023), times.at(1024), times.at(4999)]).toEqual([0, 3069, 3072, 14997]);
  });
});

describe('readBlocks', () => {
  it('gives the same blocks however the stream is cut, and what is left over', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.uint8Array({ maxLength: 20 })),
        fc.integer({ min: 1, max: 9 }),
        async (pieces, size) => {
          const block = new Uint8Array(size);
          const got: number[] = [];
          const rest = await readBlocks(
            Readable.from(pieces.filter((p) => p.length > 0).map((p) => Buffer.from(p))),
            block,
            () => {
              got.push(...block);
            },
          );
          const bytes = pieces.flatMap((piece) => [...piece]);
          expect([...got, ...block.subarray(0, rest)]).toEqual(bytes);
          expect(got.length % size).toBe(0);
          expect(rest).toBeLessThan(size);
        },
      ),
      { numRuns: 60 },
    );
  });

  it('waits for each block to be taken', async () => {
    let open = 0;
    const block = new Uint8Array(2);
    await readBlocks(Readable.from([Buffer.alloc(20)]), block, async () => {
      open += 1;
      expect(open).toBe(1);
      await new Promise((resolve) => setTimeout(resolve, 1));
      open -= 1;
    });
  });
});

describe('Consumers', () => {
  const tap: FrameHashTap = { kind: 'frame-hashes', stream: 0, algorithm: 'murmur3' };
  const item: FrameHash = { index: 0, pts: 0, durationTicks: 1, sizeBytes: 1, hash: 'aa' };

  it('gives an item to all who asked, and goes on with the others when one breaks', async () => {
    const heard: string[] = [];
    const broken = new Error('broken');
    const consumers = new Consumers([
      { owner: 'a', subscription: subscribe(tap, () => void heard.push('a')) },
      { owner: 'b', subscription: subscribe(tap, () => Promise.reject(broken)) },
      {
        owner: 'c',
        subscription: subscribe(tap, () => {
          throw broken;
        }),
      },
    ]);
    const hand = consumers.of<FrameHash>(tapKey(tap));
    await hand(item);
    await hand(item);
    expect(heard).toEqual(['a', 'a']);
    expect([...consumers.errors]).toEqual([
      ['c', broken],
      ['b', broken],
    ]);
    expect(consumers.allFailed).toBe(false);
  });

  it('says when nobody is left', async () => {
    let left = true;
    const consumers = new Consumers([
      { owner: 'a', subscription: subscribe(tap, () => Promise.reject(new Error('x'))) },
    ]);
    consumers.onAllFailed = () => {
      left = false;
    };
    await consumers.of<FrameHash>(tapKey(tap))(item);
    expect(left).toBe(false);
  });
});

describe('readLoudnessEntries', () => {
  const frame = (entries: Record<string, string>) => ({
    ...{
      pts: 0,
      ptsSeconds: 1.5,
      entries: new Map(Object.entries(entries).map(([key, value]) => [`lavfi.r128.${key}`, value])),
    },
  });

  it('reads the values at the end of the tenth of a second, with true peaks in decibels', () => {
    const reading = readLoudnessEntries(
      frame({ M: '-23.1', S: '-22.9', I: '-23.0', LRA: '3.5', true_peaks_ch0: '1.000', true_peaks_ch1: '0.500' }),
    );
    expect(reading).toMatchObject({ atMs: 1600, momentary: -23.1, shortTerm: -22.9, integrated: -23, range: 3.5 });
    expect(reading?.truePeak[0]).toBe(0);
    expect(reading?.truePeak[1]).toBeCloseTo(-6.02, 2);
  });

  it('takes silence for minus infinity, and a frame without values for none', () => {
    expect(
      readLoudnessEntries(frame({ M: '-inf', S: 'nan', I: '-70', LRA: '0', true_peaks_ch0: '0.000' })),
    ).toMatchObject({
      ...{ momentary: -Infinity, truePeak: [-Infinity] },
    });
    expect(readLoudnessEntries(frame({}))).toBeUndefined();
  });
});

describe('reportEvery', () => {
  it('tells at most a hundred steps, and never more than the total', () => {
    const told: { done: number; total?: number }[] = [];
    const progress = reportEvery((event) => told.push(event), 500, 10_000);
    for (let ms = 500; ms <= 10_600; ms += 10) progress.at(ms);
    progress.seconds(2);
    expect(told.length).toBeLessThanOrEqual(101);
    expect(told.every(({ done, total }) => total !== undefined && done <= total)).toBe(true);
  });

  it('goes without a total where the length is not known', () => {
    const told: object[] = [];
    reportEvery((event) => told.push(event), 0, null).seconds(3);
    expect(told).toEqual([{ stage: 'decode', done: 3000, unit: 'ms' }]);
  });
});

describe('outcomeOfStream', () => {
  it('is the stream’s own where it is known, and the whole outcome where it is not', () => {
    const outcome = {
      ...({
        status: 'incomplete',
        reason: 'too-large',
        messages: ['m'],
        streams: { 0: 'too-large', 1: 'complete' },
      } as const),
    };
    expect(outcomeOfStream(outcome, 0)).toEqual({ status: 'incomplete', reason: 'too-large', messages: ['m'] });
    expect(outcomeOfStream(outcome, 1)).toEqual({ status: 'complete', messages: ['m'] });
    expect(outcomeOfStream(outcome, 2)).toBe(outcome);
  });
});
