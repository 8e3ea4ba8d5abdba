import type { Check } from './check.ts';
import type { Text } from './text.ts';
import { visibleText } from './visible-text.ts';

/** One check in words. */
export interface DescribedCheck {
  readonly check: Check;
  /** `passed`, `failed`, `not checked` in the text's language. */
  readonly outcomeText: string;
  readonly text: string;
}

/** Checks of one area, with how the area stands as a whole. */
export interface DescribedArea {
  readonly area: Check['area'];
  readonly title: string;
  /** `failed` when any failed; `passed` when one passed, none failed, and nothing decisive was left unchecked. */
  readonly outcome: Check['outcome'];
  readonly outcomeText: string;
  /** Failed ones first, then those that were not checked. */
  readonly checks: readonly DescribedCheck[];
}

const areas: readonly Check['area'][] = ['integrity', 'signature', 'certificate', 'timestamp', 'custody', 'schema'];
const outcomes: readonly Check['outcome'][] = ['failed', 'not-checked', 'passed'];
/** Rooms whose texts hold sentences of checks, under `checks.<code>.<outcome>`. */
const namespaces = ['report', 'case', 'seal', 'bundle'] as const;

/**
 * Checks in plain words, area by area in a fixed order, so that integrity, signature, certificate and the rest are read
 * apart. A code without a sentence is named with its subject. Nothing of an exhibit can steer a terminal: all is made visible.
 */
export function describeChecks(checks: readonly Check[], text: Text): readonly DescribedArea[] {
  return areas.flatMap((area): DescribedArea[] => {
    const own = checks.filter((check) => check.area === area);
    if (own.length === 0) return [];
    const whole = wholeOutcome(own);
    return [
      {
        area,
        title: text(`report:check-areas.${area}`),
        outcome: whole,
        outcomeText: text(`report:check-outcomes.${whole}`),
        checks: [...own]
          .sort((a, b) => outcomes.indexOf(a.outcome) - outcomes.indexOf(b.outcome))
          .map((check) => describeCheck(check, text)),
      },
    ];
  });
}

/**
 * FORENSIC: what an area is asked for first. A certificate that is in order and that nobody vouches for, or a timestamp of
 * an authority that nobody knows, is not "passed", however much else about it holds.
 */
const decisive: ReadonlySet<string> = new Set([
  'signer-recognised',
  'signer-practice',
  'custody-identity',
  'signing-time',
  'timestamp-token',
]);

function wholeOutcome(checks: readonly Check[]): Check['outcome'] {
  if (checks.some(({ outcome }) => outcome === 'failed')) return 'failed';
  if (checks.some(({ outcome, code }) => outcome === 'not-checked' && decisive.has(code))) return 'not-checked';
  return checks.some(({ outcome }) => outcome === 'passed') ? 'passed' : 'not-checked';
}

/** One check in words. */
export function describeCheck(check: Check, text: Text): DescribedCheck {
  const { code, outcome, subject, details } = check;
  const key = namespaces.map((namespace) => `${namespace}:checks.${code}.${outcome}`).find(text.has);
  const words =
    key === undefined ? text(`report:check-unnamed`, { code, subject }) : text(key, { ...details, subject });
  return { check, outcomeText: text(`report:check-outcomes.${outcome}`), text: visibleText(words) };
}
