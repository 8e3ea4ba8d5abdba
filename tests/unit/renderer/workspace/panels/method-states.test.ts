import { describe, expect, it } from 'vitest';
import type { Outcome } from '../../../../../src/base/finding.ts';
import {
  differingParameters,
  gravestFirst,
  stateOf,
  type KeptExamination,
} from '../../../../../renderer/workspace/panels/method-states.ts';

function kept(method: string, key: string, change: Partial<KeptExamination> = {}): KeptExamination {
  return {
    ...{ method, key, version: 1, status: 'completed', details: {}, cached: true },
    ...{ parameters: {}, findings: [], artefacts: [] },
    ...change,
  };
}
const found = (outcome: Outcome) => ({
  ...{ method: 'm', code: 'c', outcome, measures: {}, details: {}, places: [], artefacts: [], limits: [] },
});

describe('findings', () => {
  it('stand gravest first and keep their place in their examination', () => {
    const placed = gravestFirst([
      kept('a', 'k1', { findings: [found('information'), found('inconsistent')] }),
      kept('b', 'k2', { findings: [found('abstained'), found('inconclusive'), found('consistent')] }),
    ]);
    expect(placed.map(({ finding, examination, index }) => `${finding.outcome} ${examination.key} ${index}`)).toEqual([
      ...['inconsistent k1 1', 'inconclusive k2 1', 'consistent k2 2', 'abstained k2 0', 'information k1 0'],
    ]);
  });
});

describe('the state of a method', () => {
  it('is that of a completed examination before any other', () => {
    const all = [kept('a', 'k1', { status: 'failed' }), kept('a', 'k2'), kept('a', 'k3', { status: 'not-completed' })];
    expect(stateOf('a', all, true)).toMatchObject({ state: 'completed', examination: { key: 'k2' } });
  });

  it('says when nothing was examined, and when something is on its way', () => {
    expect(stateOf('b', [kept('a', 'k1')], false)).toEqual({ state: 'not-chosen' });
    expect(stateOf('b', [kept('a', 'k1')], true)).toEqual({ state: 'running' });
  });
});

it('kept examinations of a method name the parameters in which they differ', () => {
  const differing = differingParameters([
    kept('a', 'k1', { parameters: { quality: 90, size: 16 } }),
    kept('a', 'k2', { parameters: { quality: 75, size: 16 } }),
    kept('b', 'k3', { parameters: { quality: 1 } }),
  ]);
  expect([...differing.values()]).toEqual([[['quality', 90]], [['quality', 75]], []]);
});
