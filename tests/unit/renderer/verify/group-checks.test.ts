import { describe, expect, it } from 'vitest';
import { groupChecks } from '../../../../renderer/verify/group-checks.ts';
import type { Check } from '../../../../src/base/check.ts';

const check = (area: Check['area'], outcome: Check['outcome'], subject: string): Check => ({
  area,
  code: 'c',
  outcome,
  subject,
  details: {},
});

describe('groupChecks', () => {
  it('lists areas in the order in which a person asks, without those that have no check', () => {
    const groups = groupChecks([check('custody', 'passed', 'a'), check('integrity', 'passed', 'b')]);
    expect(groups.map(({ area }) => area)).toEqual(['integrity', 'custody']);
  });

  it('loses no check', () => {
    const [group] = groupChecks([
      check('signature', 'passed', 'a'),
      check('signature', 'failed', 'b'),
      check('signature', 'not-checked', 'c'),
      check('signature', 'failed', 'd'),
    ]);
    expect(group?.failed.map(({ subject }) => subject)).toEqual(['b', 'd']);
    expect(group?.notChecked.map(({ subject }) => subject)).toEqual(['c']);
    expect(group?.passed.map(({ subject }) => subject)).toEqual(['a']);
  });
});
