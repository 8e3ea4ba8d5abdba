import type { Outcome } from '../../src/base/finding.ts';

/** Outcomes in the order in which a person should look at them. */
export const outcomeOrder: readonly Outcome[] = [
  'inconsistent',
  'inconclusive',
  'consistent',
  'abstained',
  'information',
];

/** The outcome that a person should look at first; undefined where nothing was found yet. */
export function gravestOutcome(findings: readonly { readonly outcome: Outcome }[]): Outcome | undefined {
  return outcomeOrder.find((outcome) => findings.some((finding) => finding.outcome === outcome));
}
