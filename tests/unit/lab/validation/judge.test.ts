import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Finding } from '../../../../src/base/finding.ts';
import { encodeNpyColumns } from '../../../../src/base/npy.ts';
import { judge } from '../../../../src/lab/validation/judge.ts';
import { regionRatio } from '../../../../src/lab/validation/region-levels.ts';
import type { Examined } from '../../../../src/lab/validation/trial.ts';
import { trials } from '../../../../src/lab/validation/trials.ts';
import { wholeOutcome, type TrialResult } from '../../../../src/lab/validation/validation-record.ts';
import { profiles } from '../../../../src/examination/profiles.ts';
import { methodIds } from '../../../../src/methods/registry.ts';

const nothing: Examined = {
  media: { paths: [], raw: new Map() },
  record: () => undefined,
  examination: () => undefined,
  finding: () => undefined,
  reproduced: [],
  caseChecks: [],
  turnedBitIn: { turned: 'report.json', found: undefined },
};

const texts = JSON.parse(
  readFileSync(new URL('../../../../resources/locales/en/validation.json', import.meta.url), 'utf8'),
) as { trials: Record<string, string>; areas: Record<string, string> };

describe('the validation pack', () => {
  it('has words for every question, and a name for everything that it holds to account', () => {
    expect(trials.filter(({ id }) => texts.trials[id] === undefined)).toEqual([]);
    expect(trials.filter(({ area }) => !methodIds.includes(area) && texts.areas[area] === undefined)).toEqual([]);
  });

  it('asks every method of the first look at least once', () => {
    // What looks a file up in the laboratory's own lists has no answer that is known beforehand.
    const asked = profiles.triage.filter((id: string) => id !== 'known-files');
    expect(asked.filter((id) => !trials.some(({ area }) => area === id))).toEqual([]);
  });

  it('never counts as passed what could not be asked', async () => {
    const results = await judge(nothing);
    expect(new Set(results.map(({ outcome }) => outcome))).toEqual(new Set(['not-run', 'failed']));
    // Verification that finds nothing after a bit was turned has failed; everything else was not asked.
    expect(results.filter(({ outcome }) => outcome === 'failed').map(({ id }) => id)).toEqual(['turned-bit']);
  });

  it('fails for a wrong answer and passes for the right one', async () => {
    const answering = async (value: number): Promise<TrialResult['outcome'] | undefined> => {
      const finding = Finding.parse({
        code: 'container-lead-ahead',
        outcome: 'inconsistent',
        proposition: 'x',
        measures: { audioLeadMs: { value, unit: 'ms' } },
      });
      const results = await judge({
        ...nothing,
        finding: (medium, method, code) => (method === 'av-sync' && code === finding.code ? finding : undefined),
      });
      return results.find(({ id }) => id === 'container-lead')?.outcome;
    };
    expect([await answering(120), await answering(120.4), await answering(119), await answering(-120)]).toEqual([
      'passed',
      'passed',
      'failed',
      'failed',
    ]);
  });
});

describe('wholeOutcome', () => {
  const of = (...outcomes: TrialResult['outcome'][]) =>
    wholeOutcome(outcomes.map((outcome) => ({ id: 'x', area: 'x', expected: '', measured: '', outcome })));

  it('is failed for one failure, incomplete for one gap, and passed for neither', () => {
    expect([of('passed', 'failed', 'not-run'), of('passed', 'not-run'), of('passed'), of()]).toEqual([
      'failed',
      'incomplete',
      'passed',
      'incomplete',
    ]);
  });
});

describe('regionRatio', () => {
  const region = { x: 16, y: 0, width: 32, height: 16 };

  it('is the mean inside over the mean outside, blocks across the edge left out', async () => {
    const x = [0, 16, 32, 48, 8];
    const level = [1, 6, 2, 1, 100];
    const bytes = encodeNpyColumns([x, x.map(() => 0), level]);
    const artefact = {
      kind: 'series',
      name: 'ela-blocks',
      file: 'f',
      columns: [{ id: 'x' }, { id: 'y' }, { id: 'mean' }],
      details: { blockSize: 16 },
    };
    const examination = { result: { artefacts: [artefact] }, readArtefact: () => Promise.resolve(bytes) };
    expect(await regionRatio(examination as unknown as Parameters<typeof regionRatio>[0], region)).toBe(4);
  });

  it('is nothing where nothing was kept', async () => {
    expect(await regionRatio(undefined, region)).toBeUndefined();
  });
});
