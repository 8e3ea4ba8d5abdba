import type { Check } from '../../base/check.ts';

/** Collects checks of a case; each named by where it looked. */
export interface CheckList {
  passed(area: Check['area'], code: string, subject: string, details?: Check['details']): void;
  failed(area: Check['area'], code: string, subject: string, details?: Check['details']): void;
  /** Said, but neither passed nor failed. */
  notChecked(area: Check['area'], code: string, subject: string, details?: Check['details']): void;
  /** Checks that another room made. */
  include(checks: readonly Check[]): void;
  all(): readonly Check[];
}

export function openCheckList(): CheckList {
  const checks: Check[] = [];
  const add =
    (outcome: Check['outcome']): CheckList['passed'] =>
    (area, code, subject, details = {}) =>
      void checks.push({ area, code, outcome, subject, details });
  return {
    passed: add('passed'),
    failed: add('failed'),
    notChecked: add('not-checked'),
    include: (others) => void checks.push(...others),
    all: () => checks,
  };
}
