import type { Finding } from './finding.ts';
import { formatMeasure } from './format-measure.ts';
import type { Text, TextValues } from './text.ts';

/** A finding in words, each part apart from the others. */
export interface DescribedFinding {
  readonly observation: string;
  readonly interpretation?: string;
  readonly proposition?: string;
  /** Why the method abstained. */
  readonly reason?: string;
  readonly limits: readonly string[];
}

export type DescribableFinding = Pick<Finding, 'code' | 'proposition' | 'reason' | 'measures' | 'details' | 'limits'>;

/** The values that a finding's sentences may name: its details, and its measures as they are read. */
export function findingValues(text: Text, finding: DescribableFinding): TextValues {
  const measures = Object.entries(finding.measures).map(([name, measure]) => [
    name,
    formatMeasure(text, name, measure),
  ]);
  return { ...finding.details, ...(Object.fromEntries(measures) as Record<string, string>) };
}

/** Words of a finding from its method's texts (`methods/<id>:findings.<code>` and the keys that it names). */
export function describeFinding(text: Text, methodId: string, finding: DescribableFinding): DescribedFinding {
  const values = findingValues(text, finding);
  const say = (key: string): string => text(`methods/${methodId}:${key}`, values);
  const interpretation = `findings.${finding.code}.interpretation`;
  return {
    observation: say(`findings.${finding.code}.observation`),
    ...(text.has(`methods/${methodId}:${interpretation}`) ? { interpretation: say(interpretation) } : {}),
    ...(finding.proposition === undefined ? {} : { proposition: say(`propositions.${finding.proposition}`) }),
    ...(finding.reason === undefined ? {} : { reason: say(`reasons.${finding.reason}`) }),
    limits: finding.limits.map((limit) => say(`limits.${limit}`)),
  };
}
