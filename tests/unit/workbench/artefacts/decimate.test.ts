import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { encodeNpyColumns } from '../../../../src/base/npy.ts';
import { decimate } from '../../../../src/workbench/artefacts/decimate.ts';
import { openNpyRows } from '../../../../src/workbench/artefacts/npy-rows.ts';
import { rowsInMemory } from '../../../../src/workbench/artefacts/row-source.ts';
import { openWavRows } from '../../../../src/workbench/artefacts/wav-rows.ts';
import { matchingRows } from '../../../../src/workbench/operations/table-rows.ts';
import { wavHeader } from '../../../../src/methods/audio/wav-header.ts';

const columns = ['time', 'value'];

describe('decimate', () => {
  it('gives the samples themselves where they fit', async () => {
    const source = rowsInMemory(columns, [
      [0, 40, 80, 120],
      [1, 2, 3, 4],
    ]);
    expect(await decimate(source, 40, 120, 8)).toEqual({ axis: [40, 80], min: [[2, 3]], max: [[2, 3]], exact: true });
  });

  it('keeps the lowest and highest of every bin: no peak is ever lost', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 20, maxLength: 300 }),
        fc.integer({ min: 2, max: 19 }),
        async (values, points) => {
          const source = rowsInMemory(columns, [values.map((_, i) => i), values]);
          const { min, max, exact, axis } = await decimate(source, 0, values.length, points);
          expect(exact).toBe(false);
          expect(axis).toHaveLength(points);
          for (let bin = 0; bin < points; bin++) {
            const width = values.length / points;
            const own = values.filter((_, i) => Math.min(points - 1, Math.floor(i / width)) === bin);
            expect(min[0]?.[bin]).toBe(Math.min(...own));
            expect(max[0]?.[bin]).toBe(Math.max(...own));
          }
        },
      ),
    );
  });

  it('says null for what has no value, and leaves out rows without a time', async () => {
    const source = rowsInMemory(columns, [
      [0, null, 2, 3],
      [1, 5, null, 4],
    ]);
    expect(await decimate(source, 0, 10, 8)).toEqual({
      axis: [0, 2, 3],
      min: [[1, null, 4]],
      max: [[1, null, 4]],
      exact: true,
    });
  });

  it('puts rows in the order of their time', async () => {
    const source = rowsInMemory(columns, [
      [80, 0, 40],
      [3, 1, 2],
    ]);
    expect((await decimate(source, 0, 100, 8)).max).toEqual([[1, 2, 3]]);
  });
});

describe('files of rows', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-rows-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('are read by stretches where they are long, with the same answer as in memory', async () => {
    const length = 400_000;
    const time = Float64Array.from({ length }, (_, i) => i * 2);
    const value = Float64Array.from({ length }, (_, i) => Math.sin(i / 1000) * i);
    const path = join(folder, 'long.npy');
    await writeFile(path, encodeNpyColumns([time, value]));
    const [file, memory] = [await openNpyRows(path, columns), rowsInMemory(columns, [time, value])];
    expect(file.inMemory).toBe(false);
    for (const [from, to] of [
      [0, 800_000],
      [12_345, 12_400],
      [799_990, 900_000],
      [-50, 3],
    ] as const)
      expect(await decimate(file, from, to, 100)).toEqual(await decimate(memory, from, to, 100));
    await file.close();
  });

  it('are refused where the head does not fit the file', async () => {
    const path = join(folder, 'lying.npy');
    const bytes = encodeNpyColumns([
      [1, 2],
      [3, 4],
    ]);
    await writeFile(path, bytes.subarray(0, bytes.length - 8));
    await expect(openNpyRows(path, columns)).rejects.toThrow(RangeError);
    await writeFile(path, bytes);
    await expect(openNpyRows(path, ['time', 'a', 'b'])).rejects.toThrow(RangeError);
    await writeFile(path, 'nonsense');
    await expect(openNpyRows(path, columns)).rejects.toThrow(RangeError);
  });

  it('give the samples of sound by channel, on the presentation axis', async () => {
    const path = join(folder, 'sound.wav');
    const samples = Int16Array.from([16_384, -16_384, 0, 8192]);
    const head = wavHeader({ encoding: 's16', channels: 2, sampleRateHz: 1000 }, samples.byteLength);
    await writeFile(path, Buffer.concat([head, Buffer.from(samples.buffer)]));
    const rows = await openWavRows(path, 500);
    expect(rows.columns).toEqual(['time', 'channel-1', 'channel-2']);
    expect(await decimate(rows, 0, 1, 8)).toEqual({
      axis: [0.5, 0.501],
      min: [
        [0.5, 0],
        [-0.5, 0.25],
      ],
      max: [
        [0.5, 0],
        [-0.5, 0.25],
      ],
      exact: true,
    });
    await rows.close();
  });
});

describe('matchingRows', () => {
  const rows = [
    ['Make', 'Canon', null],
    ['Model', 'EOS 7D', 3],
  ];

  it('finds rows in which every word stands somewhere, whatever the case', () => {
    expect(matchingRows(rows, 'eos model')).toEqual([rows[1]]);
    expect(matchingRows(rows, '')).toEqual(rows);
    expect(matchingRows(rows, 'null')).toEqual([]);
  });
});
