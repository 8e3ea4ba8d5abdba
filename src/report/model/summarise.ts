import type { Outcome } from '../../base/finding.ts';
import { shorten } from '../../base/shorten.ts';
import type { Text } from '../../base/text.ts';
import type { NotExamined, ReportedExhibit, ReportFinding, SummaryLine } from './report-model.ts';

/** Findings named in one line before it says how many more there are. */
const mostNamed = 8;
/** Inconsistent findings that get a line each. */
const mostOwnLines = 3;
const longestLine = 320;

/** At most eight lines for the reader who has one minute, made from outcomes alone. */
export function summarise(
  text: Text,
  exhibits: readonly ReportedExhibit[],
  notExamined: readonly NotExamined[],
): SummaryLine[] {
  const findings = exhibits.flatMap((exhibit) => exhibit.findings);
  const of = (outcome: Outcome) => findings.filter((finding) => finding.outcome === outcome);
  const line = (
    code: SummaryLine['code'],
    words: string,
    about: readonly ReportFinding[] = [],
    outcome?: Outcome,
  ): SummaryLine => ({
    code,
    text: shorten(words, longestLine),
    ...(outcome === undefined ? {} : { outcome }),
    findings: about.map(({ id }) => id),
  });
  const completed = exhibits.flatMap(({ examinations }) => examinations.filter(({ status }) => status === 'completed'));
  const scope = line(
    'scope',
    text('report:summary.scope', {
      exhibits: exhibits.length,
      questioned: exhibits.filter(({ role }) => role === 'questioned').length,
      reference: exhibits.filter(({ role }) => role === 'reference').length,
      methods: new Set(completed.map(({ method }) => method.id)).size,
      findings: findings.length,
    }),
  );
  if (completed.length === 0)
    return [
      scope,
      line('nothing-examined', text('report:summary.nothing-examined')),
      ...notExaminedLine(text, notExamined),
    ];

  const counted = (outcome: 'inconclusive' | 'consistent'): SummaryLine[] => {
    const about = of(outcome);
    return about.length === 0
      ? []
      : [
          line(
            outcome,
            text(`report:summary.${outcome}`, { count: about.length, ids: named(text, about) }),
            about,
            outcome,
          ),
        ];
  };
  return [
    scope,
    ...inconsistentLines(text, of('inconsistent'), line),
    ...counted('inconclusive'),
    ...counted('consistent'),
    ...notExaminedLine(text, notExamined),
    line('caution', text('report:summary.caution')),
  ];
}

function inconsistentLines(
  text: Text,
  about: readonly ReportFinding[],
  line: (code: SummaryLine['code'], words: string, about: readonly ReportFinding[], outcome?: Outcome) => SummaryLine,
): SummaryLine[] {
  if (about.length === 0) return [line('none-inconsistent', text('report:summary.none-inconsistent'), [])];
  const own = about.length > mostOwnLines ? about.slice(0, mostOwnLines - 1) : about;
  const rest = about.slice(own.length);
  const lines = own.map((finding) =>
    line(
      'inconsistent',
      text('report:summary.inconsistent-one', { id: finding.id, observation: shorten(finding.observation, 220) }),
      [finding],
      'inconsistent',
    ),
  );
  if (rest.length > 0)
    lines.push(
      line(
        'inconsistent',
        text('report:summary.inconsistent-more', { count: rest.length, ids: named(text, rest) }),
        rest,
        'inconsistent',
      ),
    );
  return lines;
}

function named(text: Text, findings: readonly ReportFinding[]): string {
  const ids = findings
    .slice(0, mostNamed)
    .map(({ id }) => id)
    .join(', ');
  const more = findings.length - mostNamed;
  return more > 0 ? text('report:summary.and-more', { ids, more }) : ids;
}

function notExaminedLine(text: Text, notExamined: readonly NotExamined[]): SummaryLine[] {
  if (notExamined.length === 0) return [];
  const statuses = ['failed', 'not-completed', 'abstained', 'not-applicable', 'not-chosen'] as const;
  const parts = statuses.flatMap((status) => {
    const number = notExamined.filter((entry) => entry.status === status).length;
    return number === 0 ? [] : [text('report:summary.part', { status: text(`report:status.${status}`), number })];
  });
  return [
    { code: 'not-examined', text: text('report:summary.not-examined', { parts: parts.join('; ') }), findings: [] },
  ];
}
