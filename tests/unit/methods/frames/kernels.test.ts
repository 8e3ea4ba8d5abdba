import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Frame, FrameHash } from '../../../../src/media/taps.ts';
import { chooseCells } from '../../../../src/methods/frames/choose-cells.ts';
import { drawSheet, layOut, toRgb, turn } from '../../../../src/methods/frames/contact-sheet.ts';
import { FrameList } from '../../../../src/methods/frames/frame-list.ts';
import { equalRuns, regularDuplicates, repeatedSequences } from '../../../../src/methods/frames/repeated-frames.ts';
import { HighestScores, RegularSampler } from '../../../../src/methods/frames/sample-frames.ts';
import { SceneDetector } from '../../../../src/methods/frames/scene-detector.ts';

/** A list of frames from letters: the same letter, the same picture. */
function listOf(letters: string): FrameList {
  const list = new FrameList();
  Array.from(letters).forEach((letter, index) => {
    const hash = letter.charCodeAt(0).toString(16).padStart(4, '0').repeat(8);
    list.add({ index, pts: index * 40, durationTicks: 40, sizeBytes: 100, hash });
  });
  return list;
}

const frame = (index: number): Frame => ({
  index,
  pts: index,
  width: 2,
  height: 2,
  data: new Uint8Array(6).fill(index),
});

describe('FrameList', () => {
  it('gives back times, durations and hashes of any length', () => {
    fc.assert(
      fc.property(fc.constantFrom(16, 32), fc.array(fc.option(fc.integer()), { maxLength: 3000 }), (size, times) => {
        const list = new FrameList();
        const frames = times.map((pts, index): FrameHash => {
          const hash = index.toString(16).padStart(2 * size, '0');
          return { index, pts, durationTicks: index, sizeBytes: 1, hash };
        });
        for (const one of frames) list.add(one);
        expect([...list.pts()]).toEqual(times.map((time) => time ?? NaN));
        expect(frames.every(({ index, hash }) => list.hash(index) === hash)).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('tells where the size changes', () => {
    const list = new FrameList();
    [10, 10, 20, 20, 10].forEach((sizeBytes, index) => {
      list.add({ index, pts: 0, durationTicks: 0, sizeBytes, hash: '00' });
    });
    expect(list.sizeChanges).toEqual([2, 4]);
  });
});

describe('equalRuns', () => {
  it('divides all frames into runs', () => {
    expect(equalRuns(listOf('aabccc'))).toEqual([
      { first: 0, length: 2 },
      { first: 2, length: 1 },
      { first: 3, length: 3 },
    ]);
    expect(equalRuns(listOf(''))).toEqual([]);
  });

  it('covers every frame once', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b') }), (letters) => {
        const runs = equalRuns(listOf(letters));
        expect(runs.reduce((sum, { length }) => sum + length, 0)).toBe(letters.length);
        runs.forEach(({ first, length }, i) => {
          expect(first + length).toBe(runs[i + 1]?.first ?? letters.length);
        });
      }),
    );
  });
});

describe('repeatedSequences', () => {
  const find = (letters: string, least: number) =>
    repeatedSequences(listOf(letters), equalRuns(listOf(letters)), least);

  it('finds a part that comes again, and where', () => {
    expect(find('xyabcdefzzqabcdefw', 4)).toEqual([
      { firstFrame: 2, repeatedAtFrame: 11, frames: 6, differentFrames: 6 },
    ]);
  });

  it('finds a part that comes again at once', () => {
    expect(find('abcdabcd', 4)).toEqual([{ firstFrame: 0, repeatedAtFrame: 4, frames: 4, differentFrames: 4 }]);
  });

  it('finds each of several repetitions', () => {
    expect(find('abcd-abcd+abcd', 4).map(({ firstFrame, repeatedAtFrame }) => [firstFrame, repeatedAtFrame])).toEqual([
      [0, 5],
      [5, 10],
    ]);
  });

  it('does not take a still or blinking picture for a repetition', () => {
    expect(find('a'.repeat(500), 4)).toEqual([]);
    expect(find('ab'.repeat(250), 4)).toEqual([]);
  });

  it('does not take other pictures in another order for one', () => {
    expect(find('abcdefghfedcba', 4)).toEqual([]);
  });

  it('says nothing that is not so', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('a', 'b', 'c'), maxLength: 60 }), (letters) => {
        for (const { firstFrame, repeatedAtFrame, differentFrames } of find(letters, 2)) {
          expect(repeatedAtFrame).toBeGreaterThan(firstFrame);
          expect(letters[firstFrame]).toBe(letters[repeatedAtFrame]);
          expect(differentFrames).toBeGreaterThanOrEqual(2);
        }
      }),
    );
  });
});

describe('regularDuplicates', () => {
  it('finds the distance that a conversion of the rate keeps', () => {
    expect(regularDuplicates(equalRuns(listOf('abcdd'.repeat(12))))).toMatchObject({ period: 5, share: 1 });
  });
  it('is silent about a few duplicates, and about irregular ones', () => {
    expect(regularDuplicates(equalRuns(listOf('abcdd'.repeat(5))))).toBeUndefined();
    const irregular = Array.from({ length: 15 }, (_, i) => `${'xyz'.repeat(i)}aa`).join('');
    expect(regularDuplicates(equalRuns(listOf(irregular)))).toBeUndefined();
  });
});

describe('SceneDetector', () => {
  const plane = (fill: (i: number) => number): Uint8Array => Uint8Array.from({ length: 100 }, (_, i) => fill(i));

  it('scores a cut, and not a steady pan', () => {
    const detector = new SceneDetector(100);
    expect(detector.compare(plane(() => 16)).scenePercent).toBe(0);
    expect(detector.compare(plane(() => 16)).scenePercent).toBe(0);
    const cut = detector.compare(plane(() => 216));
    expect(cut.differenceLevels).toBe(200);
    expect(cut.scenePercent).toBeCloseTo((100 * 200) / 256);
    expect(cut.histogramPercent).toBe(100);

    const pan = new SceneDetector(100);
    const scores = [0, 1, 2, 3, 4].map((shift) => pan.compare(plane((i) => ((i + shift) % 2) * 100)).scenePercent);
    expect(scores.slice(2).every((score) => score === 0)).toBe(true);
  });

  it('sees the histogram keep still where only places change', () => {
    const detector = new SceneDetector(100);
    detector.compare(plane((i) => (i < 50 ? 20 : 220)));
    const change = detector.compare(plane((i) => (i < 50 ? 220 : 20)));
    expect(change.differenceLevels).toBe(200);
    expect(change.histogramPercent).toBe(0);
  });

  it('does not keep the lent frame', () => {
    const detector = new SceneDetector(100);
    const lent = plane(() => 10);
    detector.compare(lent);
    lent.fill(200);
    expect(detector.compare(lent).differenceLevels).toBe(190);
  });
});

describe('RegularSampler', () => {
  it('spreads a bounded number over any length', () => {
    fc.assert(
      fc.property(fc.integer({ min: 2, max: 50 }), fc.integer({ min: 1, max: 3000 }), (most, count) => {
        const sampler = new RegularSampler(most);
        for (let i = 0; i < count; i += 1) sampler.take(frame(i));
        const indexes = sampler.frames().map(({ index }) => index);
        expect(indexes.length).toBeLessThanOrEqual(most);
        expect(indexes.length).toBeGreaterThanOrEqual(Math.min(count, Math.floor(most / 2)));
        const step = (indexes[1] ?? 1) - (indexes[0] ?? 0);
        expect(indexes).toEqual(indexes.map((_, i) => i * step));
      }),
    );
  });
});

describe('HighestScores', () => {
  it('keeps the highest, the earlier of equals', () => {
    const scores = new HighestScores(3);
    [5, 9, 5, 7, 9, 1].forEach((score, index) => {
      scores.take(frame(index), score);
    });
    expect(scores.frames().map(({ index }) => index)).toEqual([1, 4, 3]);
  });
});

describe('chooseCells', () => {
  const samples = (...indexes: number[]) => indexes.map((index) => frame(index));

  it('takes the first frame, the scenes and what lies furthest apart', () => {
    const cells = chooseCells(samples(0, 10, 20, 30, 40), samples(25), 4);
    expect(cells.map(({ frame: { index }, because }) => [index, because])).toEqual([
      [0, 'regular'],
      [10, 'regular'],
      [25, 'scene-change'],
      [40, 'regular'],
    ]);
  });

  it('fills half of the sheet with scenes at most, and never shows a frame twice', () => {
    const cells = chooseCells(samples(0, 1, 2, 3, 4, 5, 6, 7), samples(1, 2, 3, 4, 5), 4);
    expect(cells.filter(({ because }) => because === 'scene-change')).toHaveLength(2);
    expect(new Set(cells.map(({ frame: { index } }) => index)).size).toBe(4);
  });

  it('shows all there are where there are few', () => {
    expect(chooseCells(samples(0, 1, 2), [], 24)).toHaveLength(3);
    expect(chooseCells([], [], 24)).toEqual([]);
  });
});

describe('the contact sheet', () => {
  it('comes close to 4:3', () => {
    expect(layOut(24, 320, 180)).toMatchObject({ columns: 4, rows: 6 });
    expect(layOut(24, 180, 320)).toMatchObject({ columns: 8, rows: 3 });
    expect(layOut(1, 100, 100)).toMatchObject({ columns: 1, rows: 1, width: 108, height: 108 });
  });

  it('turns white, black, grey and the primaries as BT.601 and BT.709 say', () => {
    const colour = (matrix: 'bt601' | 'bt709', y: number, cb: number, cr: number): number[] => {
      const data = new Uint8Array([y, y, y, y, cb, cr]);
      return [...toRgb({ index: 0, pts: 0, width: 2, height: 2, data }, { matrix }).data.subarray(0, 3)];
    };
    expect(colour('bt601', 235, 128, 128)).toEqual([255, 255, 255]);
    expect(colour('bt601', 16, 128, 128)).toEqual([0, 0, 0]);
    const red = colour('bt601', 81, 90, 240);
    expect(red[0]).toBeGreaterThan(252);
    expect(Math.max(red[1]!, red[2]!)).toBeLessThan(3);
    expect(colour('bt709', 63, 102, 240)[0]).toBeGreaterThan(252);
    expect(colour('bt709', 63, 102, 240)[1]).toBeLessThan(3);
  });

  it('turns pictures clockwise', () => {
    const picture = { width: 2, height: 1, data: new Uint8Array([1, 1, 1, 2, 2, 2]) };
    expect(turn(picture, 90)).toEqual({ width: 1, height: 2, data: new Uint8Array([1, 1, 1, 2, 2, 2]) });
    expect(turn(picture, 180)).toEqual({ width: 2, height: 1, data: new Uint8Array([2, 2, 2, 1, 1, 1]) });
    expect(turn(picture, 270)).toEqual({ width: 1, height: 2, data: new Uint8Array([2, 2, 2, 1, 1, 1]) });
    const large = { width: 3, height: 2, data: Uint8Array.from({ length: 18 }, (_, i) => i) };
    expect(turn(turn(large, 90), 270)).toEqual(large);
    expect(turn(turn(turn(turn(large, 90), 90), 90), 90)).toEqual(large);
  });

  it('keeps to its size whatever the shape of the pictures', () => {
    const tall = { index: 0, pts: 0, width: 20, height: 3000, data: new Uint8Array(20 * 3000 * 1.5) };
    const { layout, raster } = drawSheet([tall, tall], 0, { matrix: 'bt601' });
    expect(layout.cellHeight).toBeLessThanOrEqual(320);
    expect(raster.data.length).toBe(layout.width * layout.height * 3);
  });
});
