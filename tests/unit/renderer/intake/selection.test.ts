import { describe, expect, it } from 'vitest';
import {
  chooseAll,
  chooseOnly,
  extendTo,
  findTyped,
  moveTo,
  nothingChosen,
  toggle,
} from '../../../../renderer/intake/selection.ts';

const list = ['a', 'b', 'c', 'd'].map((path) => ({ path, name: path }));
const chosen = ({ chosen: paths }: { chosen: ReadonlySet<string> }): string => [...paths].join('');

describe('choosing in a list', () => {
  it('moves without choosing, and stays inside the list', () => {
    const moved = moveTo(nothingChosen, list, 9, false);
    expect([moved.at, chosen(moved)]).toEqual([3, '']);
    expect(moveTo(moved, list, -2, false).at).toBe(0);
  });

  it('chooses everything from the anchor on while Shift is held, in both directions', () => {
    const from = chooseOnly(list, 2);
    expect(chosen(moveTo(from, list, 3, true))).toBe('cd');
    expect(chosen(moveTo(moveTo(from, list, 3, true), list, 1, true))).toBe('bc');
    expect(chosen(extendTo(from, list, 0))).toBe('abc');
  });

  it('adds one and takes it away again', () => {
    const both = toggle(chooseOnly(list, 0), list, 2);
    expect(chosen(both)).toBe('ac');
    expect(chosen(toggle(both, list, 0))).toBe('c');
  });

  it('chooses all', () => {
    expect(chosen(chooseAll(nothingChosen, list))).toBe('abcd');
  });

  it('bears an empty list', () => {
    expect(chosen(chooseOnly([], 0))).toBe('');
    expect(moveTo(nothingChosen, [], 1, true).chosen.size).toBe(0);
    expect(findTyped([], 0, 'a')).toBe(-1);
  });
});

describe('finding by typing', () => {
  const names = ['clip 1', 'clip 2', 'Interview', 'sound'].map((name) => ({ name }));

  it('goes to the next name with that letter, and round', () => {
    expect(findTyped(names, 0, 'c')).toBe(1);
    expect(findTyped(names, 1, 'c')).toBe(0);
    expect(findTyped(names, 0, 'i')).toBe(2);
  });

  it('stays where it is while the word goes on', () => {
    expect(findTyped(names, 0, 'cl')).toBe(0);
    expect(findTyped(names, 0, 'clip 2')).toBe(1);
    expect(findTyped(names, 0, 'clx')).toBe(-1);
  });
});
