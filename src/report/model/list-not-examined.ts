import type { Text } from '../../base/text.ts';
import type { ReportExhibit } from './report-input.ts';
import type { MethodText } from './method-text.ts';
import type { NotExamined, ReportedExhibit } from './report-model.ts';

/**
 * What this report does not answer for one exhibit, and why: methods that nobody chose, that did not apply, did not finish or
 * failed, and those that ran and abstained.
 */
export function listNotExamined(
  text: Text,
  methodText: (id: string) => MethodText,
  input: ReportExhibit,
  exhibit: ReportedExhibit,
): NotExamined[] {
  const entry = (id: string, title: string, status: NotExamined['status']) => ({
    exhibit: exhibit.id,
    method: { id, title },
    status,
    statusText: text(`report:status.${status}`),
  });
  const unfinished = exhibit.examinations.flatMap(({ method, status, reason }): NotExamined[] => {
    if (status === 'completed') return [];
    const unnamed = { key: 'unknown', text: text('report:reasons.unknown') };
    return [{ ...entry(method.id, method.title, status), reason: reason ?? unnamed }];
  });
  const abstained = exhibit.findings.flatMap(({ id, method, outcome, reason, observation }): NotExamined[] =>
    outcome === 'abstained'
      ? [
          {
            ...entry(method.id, method.title, 'abstained'),
            reason: reason ?? { key: 'observation', text: observation },
            finding: id,
          },
        ]
      : [],
  );
  const notChosen = input.methodsNotChosen.map((id): NotExamined => ({
    ...entry(id, methodText(id).say('title'), 'not-chosen'),
    reason: { key: 'not-chosen', text: text('report:reasons.not-chosen') },
  }));
  const order: NotExamined['status'][] = ['failed', 'not-completed', 'abstained', 'not-applicable', 'not-chosen'];
  return [...eachOnce(unfinished), ...abstained, ...notChosen].sort(
    (a, b) => order.indexOf(a.status) - order.indexOf(b.status),
  );
}

/** A method that was run twice and did not apply twice for the same reason is one thing that the report does not answer. */
function eachOnce(entries: readonly NotExamined[]): NotExamined[] {
  return [
    ...new Map(entries.map((one) => [[one.method.id, one.status, one.reason.text].join('\u0000'), one])).values(),
  ];
}
