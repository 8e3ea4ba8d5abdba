import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { WaveformPyramid, waveformColumns } from '../../../../src/methods/audio/waveform-pyramid.ts';
import { chunks, interleave, noise, sine } from './signals.ts';

type Rows = number[][];

function build(signal: Float32Array, channels: number, samplesPerBin: number, sizes: readonly number[]) {
  const rows = new Map<string, Rows>();
  const pyramid = new WaveformPyramid(
    channels,
    samplesPerBin,
    (sample) => sample,
    (channel, level, values) => {
      const key = `${channel}/${level}`;
      const list = rows.get(key) ?? [];
      for (let i = 0; i < values.length; i += waveformColumns) list.push([...values.subarray(i, i + waveformColumns)]);
      rows.set(key, list);
    },
  );
  for (const part of chunks(signal, sizes, channels)) pyramid.push(part);
  return { ...pyramid.finish(), rows };
}

/** The definition, written down directly. */
function direct(samples: Float32Array, bin: number): Rows {
  const rows: Rows = [];
  for (let at = 0; at < samples.length; at += bin) {
    const part = samples.subarray(at, at + bin);
    const squares = part.reduce((sum, value) => sum + value * value, 0);
    rows.push([at, Math.min(...part), Math.max(...part), Math.sqrt(squares / part.length)]);
  }
  return rows;
}

describe('the waveform pyramid', () => {
  it('gives the extremes and the root mean square of a sine in every bin', () => {
    const { rows, rowsOfLevel } = build(sine(1000, 0.5, 1, 48_000), 1, 480, [1024]);
    expect(rowsOfLevel).toEqual([100]);
    for (const [, low, high, rms] of rows.get('0/0')!) {
      expect(low).toBeCloseTo(-0.5, 4);
      expect(high).toBeCloseTo(0.5, 4);
      expect(rms).toBeCloseTo(0.5 / Math.SQRT2, 4);
    }
  });

  it('gives the same rows however the sound is cut into chunks, and the same as the definition', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 1, max: 70 }), { minLength: 1, maxLength: 8 }),
        fc.integer({ min: 1, max: 900 }),
        fc.integer({ min: 1, max: 20 }),
        (sizes, length, bin) => {
          const left = noise(0.9, length, 3);
          const right = noise(0.3, length, 4);
          const { rows, rowsOfLevel } = build(interleave(left, right), 2, bin, sizes);
          const close = (got: Rows, wanted: Rows) => {
            expect(got).toHaveLength(wanted.length);
            got.forEach((row, i) => row.forEach((value, j) => expect(value).toBeCloseTo(wanted[i]![j]!, 5)));
          };
          close(rows.get('0/0')!, direct(left, bin));
          close(rows.get('1/0')!, direct(right, bin));
          expect(rowsOfLevel[0]).toBe(Math.ceil(length / bin));
        },
      ),
      { numRuns: 60 },
    );
  });

  it('adds coarser levels of four bins until one fits an overview of 2000', () => {
    const samples = noise(1, 40_001, 9);
    const { rows, rowsOfLevel } = build(samples, 1, 2, [777]);
    expect(rowsOfLevel).toEqual([20_001, 5_001, 1_251]);
    expect(rows.get('0/2')).toHaveLength(1_251);
    const wanted = direct(samples, 32);
    rows.get('0/2')!.forEach((row, i) => {
      expect(row[0]).toBe(i * 32);
      expect(row[1]).toBe(wanted[i]![1]);
      expect(row[2]).toBe(wanted[i]![2]);
      expect(row[3]).toBeCloseTo(wanted[i]![3]!, 5);
    });
  });

  it('gives no rows for no sound', () => {
    expect(build(new Float32Array(0), 1, 256, [1]).rowsOfLevel).toEqual([]);
  });
});
