import { describe, expect, it } from 'vitest';
import { nextRate } from '../../../../../renderer/workspace/axis/axis-commands.ts';
import { sampleAt } from '../../../../../renderer/workspace/axis/draw-series.ts';
import {
  clampHeight,
  movedLane,
  orderedLanes,
  readPreferences,
} from '../../../../../renderer/workspace/axis/lane-preferences.ts';
import { nextMoment, playingBounds } from '../../../../../renderer/workspace/axis/playback.ts';
import { pieceRange } from '../../../../../renderer/workspace/axis/sound-track.ts';
import { leadByHand, leadScale, percentOn } from '../../../../../renderer/workspace/panels/sync/lead-scale.ts';

const lanes = ['a', 'b', 'c', 'd'].map((id) => ({ id }));

describe('arranging lanes', () => {
  it('keeps the own order of lanes that were never moved', () => {
    expect(orderedLanes(lanes, []).map(({ id }) => id)).toEqual(['a', 'b', 'c', 'd']);
    expect(orderedLanes(lanes, ['gone', 'b', 'a']).map(({ id }) => id)).toEqual(['b', 'a', 'c', 'd']);
  });

  it('moves a lane among those that are shown, and not past an end', () => {
    expect(movedLane(['a', 'b', 'c'], 'b', -1)).toEqual(['b', 'a', 'c']);
    expect(movedLane(['a', 'b', 'c'], 'a', -1)).toEqual(['a', 'b', 'c']);
    expect(movedLane(['a', 'b', 'c'], 'a', 5)).toEqual(['b', 'c', 'a']);
  });

  it('takes settings that cannot be read as none', () => {
    expect(readPreferences('nonsense')).toEqual({ order: [], lanes: {} });
    expect(readPreferences({ lanes: { a: { hidden: true } } }).lanes['a']?.hidden).toBe(true);
  });

  it('keeps a lane as tall as can be read', () => {
    expect([clampHeight(1), clampHeight(50.4), clampHeight(9999)]).toEqual([28, 50, 400]);
  });
});

describe('playing', () => {
  const bounds = { startMs: 100, endMs: 200 };

  it('goes on inside, ends at the end and loops to the start', () => {
    expect(nextMoment(150, 1, bounds, false)).toEqual({ kind: 'on' });
    expect(nextMoment(200, 1, bounds, false)).toEqual({ kind: 'end', ms: 200 });
    expect(nextMoment(205, 1, bounds, true)).toEqual({ kind: 'jump', ms: 100 });
  });

  it('does the same backwards', () => {
    expect(nextMoment(100, -1, bounds, false)).toEqual({ kind: 'end', ms: 100 });
    expect(nextMoment(90, -1, bounds, true)).toEqual({ kind: 'jump', ms: 200 });
  });

  it('stays in the selected span only while it loops', () => {
    const whole = { startMs: 0, endMs: 1000 };
    expect(playingBounds({ looping: true, selected: bounds, whole })).toEqual(bounds);
    expect(playingBounds({ looping: false, selected: bounds, whole })).toEqual(whole);
    expect(playingBounds({ looping: true, selected: { startMs: 5, endMs: 5 }, whole })).toEqual(whole);
  });

  it('doubles the speed with each further press of J or L, up to eight times', () => {
    expect(nextRate({ playing: false, rate: 1 }, 1, 0.5)).toBe(0.5);
    expect(nextRate({ playing: true, rate: 4 }, 1, 1)).toBe(8);
    expect(nextRate({ playing: true, rate: 8 }, 1, 1)).toBe(8);
    expect(nextRate({ playing: true, rate: 2 }, -1, 1)).toBe(-1);
    expect(nextRate({ playing: true, rate: -1 }, -1, 1)).toBe(-2);
  });

  it('reads sound by whole seconds, the last as short as it is', () => {
    const head = {
      encoding: 's16',
      channels: 2,
      sampleRateHz: 1000,
      dataOffset: 44,
      dataBytes: 9000,
      frameBytes: 4,
    } as const;
    expect(pieceRange(head, 0)).toEqual({ start: 44, end: 4044 });
    expect(pieceRange(head, 2)).toEqual({ start: 8044, end: 9044 });
    expect(pieceRange(head, 5)).toEqual({ start: 20_044, end: 20_044 });
  });
});

describe('the value under the cursor', () => {
  it('is the latest that begins no later', () => {
    const axis = [0, 40, 80];
    expect([-1, 0, 39, 40, 500].map((ms) => sampleAt(axis, ms))).toEqual([-1, 0, 0, 1, 2]);
  });
});

describe('the lead in the sync panel', () => {
  it('has its sign turned against the shift of the sound that makes it fit', () => {
    expect(leadByHand(80)).toEqual({ leadMs: -80, side: 'behind' });
    expect(leadByHand(-40)).toEqual({ leadMs: 40, side: 'ahead' });
    expect(leadByHand(0)).toEqual({ leadMs: 0, side: 'together' });
  });

  it('widens its scale to whole steps so that the interval fits', () => {
    expect(leadScale(-20, 20)).toEqual({ lowestMs: -250, highestMs: 150 });
    expect(leadScale(-20, 730)).toEqual({ lowestMs: -250, highestMs: 750 });
    expect(percentOn({ lowestMs: -100, highestMs: 100 }, 0)).toBe(50);
  });
});
