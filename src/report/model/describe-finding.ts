import { describeFinding as wordsOf } from '../../base/describe-finding.ts';
import type { Finding, Outcome } from '../../base/finding.ts';
import { formatMeasure } from '../../base/format-measure.ts';
import type { Text } from '../../base/text.ts';
import type { ExaminationResult } from '../../examination/result.ts';
import { describePlace } from '../../base/describe-place.ts';
import type { MethodText } from './method-text.ts';
import type { ReportFinding } from './report-model.ts';

/** Order of findings in a report: what speaks against a proposition first, what could not be told after what could, plain facts last. */
export const outcomeOrder: readonly Outcome[] = [
  'inconsistent',
  'inconclusive',
  'consistent',
  'abstained',
  'information',
];

/** A finding in words, still without its number. */
export function describeFinding(
  text: Text,
  method: MethodText,
  exhibit: string,
  result: ExaminationResult,
  index: number,
  finding: Finding,
  artefactId: (name: string) => string,
): ReportFinding {
  const words = wordsOf(text, result.method.id, finding);
  return {
    id: '',
    exhibit,
    method: { ...result.method, title: method.say('title') },
    key: result.key,
    index,
    code: finding.code,
    outcome: finding.outcome,
    ...(words.proposition === undefined
      ? {}
      : { proposition: { key: finding.proposition ?? '', text: words.proposition } }),
    ...(words.reason === undefined ? {} : { reason: { key: finding.reason ?? '', text: words.reason } }),
    observation: words.observation,
    ...(words.interpretation === undefined ? {} : { interpretation: words.interpretation }),
    measures: Object.entries(finding.measures).map(([name, measure]) => ({
      name,
      label: method.label('measures', name),
      ...measure,
      shown: formatMeasure(text, name, measure),
    })),
    details: finding.details,
    places: finding.places.map((place) => ({ ...place, shown: describePlace(text, place) })),
    limits: finding.limits.map((key, i) => ({ key, text: words.limits[i] ?? '' })),
    artefacts: finding.artefacts.map(artefactId),
    marked: false,
  };
}
