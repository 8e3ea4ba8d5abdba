import type { Check } from '../../src/base/check.ts';

/** The checks of one area, those that failed first, then those that could not be made. */
export interface CheckGroup {
  readonly area: Check['area'];
  readonly failed: readonly Check[];
  readonly notChecked: readonly Check[];
  readonly passed: readonly Check[];
}

const areas: readonly Check['area'][] = ['integrity', 'signature', 'certificate', 'timestamp', 'custody', 'schema'];

/** Checks by area, in the order in which a person asks: is it whole, who signed, when, what was done to it. */
export function groupChecks(checks: readonly Check[]): CheckGroup[] {
  return areas.flatMap((area) => {
    const of = (outcome: Check['outcome']): Check[] =>
      checks.filter((check) => check.area === area && check.outcome === outcome);
    const group = { area, failed: of('failed'), notChecked: of('not-checked'), passed: of('passed') };
    return checks.some((check) => check.area === area) ? [group] : [];
  });
}
