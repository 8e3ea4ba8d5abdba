import type { Examined } from './trial.ts';
import type { TrialResult } from './validation-record.ts';
import { trials } from './trials.ts';

/** Asks every question of what was examined. What cannot be judged is not run, and never counts as passed. */
export async function judge(examined: Examined): Promise<readonly TrialResult[]> {
  const results: TrialResult[] = [];
  for (const trial of trials) {
    const answer = await trial.ask(examined);
    const { id, area, medium, expected } = trial;
    results.push({
      id,
      area,
      ...(medium === undefined ? {} : { medium }),
      expected,
      measured: answer?.measured ?? '–',
      outcome: answer === undefined ? 'not-run' : answer.passed ? 'passed' : 'failed',
    });
  }
  return results;
}
