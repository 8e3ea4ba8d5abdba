import type { Finding } from './finding.ts';
import { formatMeasure } from './format-measure.ts';
import { shorten } from './shorten.ts';
import type { Text, TextValue, TextValues } from './text.ts';

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

/** Values of an exhibit inside a sentence are cut here; in full they stand in the finding and in its artefacts. */
const longestInSentence = 200;

/** The values that a finding's sentences may name: its details, and its measures as they are read. */
export function findingValues(text: Text, finding: Pick<Finding, 'measures' | 'details'>): TextValues {
  const values: Record<string, TextValue> = {};
  for (const [name, value] of Object.entries(finding.details))
    values[name] =
      typeof value === 'boolean'
        ? text(value ? 'units:yes' : 'units:no')
        : typeof value === 'string'
          ? shorten(value, longestInSentence)
          : value;
  for (const [name, measure] of Object.entries(finding.measures))
    // A measure called `count` also chooses the plural form, so it stays a number.
    values[name] =
      name === 'count' && typeof measure.value === 'number'
        ? measure.value
        : shorten(formatMeasure(text, name, measure), longestInSentence);
  return values;
}

/**
 * Words of a finding from its method's texts (`methods/<id>:findings.<code>` and the keys that it names). Results of another
 * version may name what this one has no words for: then its name is said, as one.
 */
export function describeFinding(text: Text, methodId: string, finding: DescribableFinding): DescribedFinding {
  const values = findingValues(text, finding);
  const say = (key: string): string => {
    const full = `methods/${methodId}:${key}`;
    const said = text(full, values);
    return said === full && text.has('report:unnamed') ? text('report:unnamed', { name: key }) : said;
  };
  const interpretation = `findings.${finding.code}.interpretation`;
  return {
    observation: say(`findings.${finding.code}.observation`),
    ...(text.has(`methods/${methodId}:${interpretation}`) ? { interpretation: say(interpretation) } : {}),
    ...(finding.proposition === undefined ? {} : { proposition: say(`propositions.${finding.proposition}`) }),
    ...(finding.reason === undefined ? {} : { reason: say(`reasons.${finding.reason}`) }),
    limits: finding.limits.map((limit) => say(`limits.${limit}`)),
  };
}
