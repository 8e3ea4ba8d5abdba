import { describe, expect, it } from 'vitest';
import type { KeptExamination } from '../../../../../renderer/workspace/kept-examination.ts';
import { slidShift } from '../../../../../renderer/workspace/axis/use-axis-pointer.ts';
import { curvePoints, extentOf } from '../../../../../renderer/workspace/panels/sync/curve-geometry.ts';
import { shownRun } from '../../../../../renderer/workspace/panels/sync/sync-run.ts';

const run = (key: string, parameters: object, status = 'completed'): KeptExamination =>
  ({ key, parameters, status }) as unknown as KeptExamination;

describe('the run that the sync panel shows', () => {
  const skip = run('a', { content: 'skip' });
  const first = run('b', { content: 'measure', region: null });
  const latest = run('c', { content: 'measure', region: { x: 1, y: 2, width: 8, height: 8 } });

  it('is the latest that measured the content, until a person chooses another', () => {
    expect(shownRun([first, latest, skip], null)?.key).toBe('c');
    expect(shownRun([first, latest, skip], 'a')?.key).toBe('a');
    expect(shownRun([skip], null)?.key).toBe('a');
  });

  it('is one that failed only where there is no other', () => {
    const failed = run('d', {}, 'failed');
    expect(shownRun([first, failed], null)?.key).toBe('b');
    expect(shownRun([failed], null)?.key).toBe('d');
    expect(shownRun([], null)).toBeUndefined();
  });
});

describe('sound slid by hand', () => {
  it('is heard later when it is dragged to the right, by whole milliseconds within bounds', () => {
    expect([slidShift(0, 10, 4.04), slidShift(0, -10, 4), slidShift(120, 30, 4)]).toEqual([-40, 40, 0]);
    expect([slidShift(0, 1e6, 4), slidShift(0, -1e6, 4)]).toEqual([-500, 500]);
  });
});

describe('a curve', () => {
  it('fills its frame and leaves out what is no number', () => {
    const across = extentOf([-100, 0, 100]);
    const points = curvePoints([-100, 0, 100], [0, NaN, 2], { across, up: extentOf([0, 2]), width: 200, height: 56 });
    expect(points).toBe('0.0,53.0 200.0,3.0');
    expect([extentOf([]), extentOf([3, 3])]).toEqual([
      { low: 0, high: 1 },
      { low: 2.5, high: 3.5 },
    ]);
  });
});
