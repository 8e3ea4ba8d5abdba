import { describeFinding } from '../base/describe-finding.ts';
import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import type { ExaminedExhibit } from '../contract/examined.ts';

const symbols = { inconsistent: '▲', consistent: '●', inconclusive: '◆', abstained: '○', information: '·' } as const;

/** Each exhibit with how its methods ended and what they found, most telling first; plain facts stay in the report. */
export function presentExamined(exhibits: readonly ExaminedExhibit[], text: Text): string[] {
  return exhibits.flatMap((exhibit) => [
    text('cli:examined.exhibit', { id: exhibit.id, name: visibleText(exhibit.name) }),
    ...exhibit.examinations.map(({ method, status, reason, details }) =>
      text('cli:examined.method', {
        title: text(`methods/${method}:title`),
        status: text(`cli:status.${status}`, { reason: reasonText(text, method, reason, details) }),
      }),
    ),
    ...exhibit.findings
      .filter(({ outcome }) => outcome !== 'information')
      .map((finding) =>
        text('cli:examined.finding', {
          symbol: symbols[finding.outcome],
          outcome: text(`report:outcomes.${finding.outcome}`),
          observation: visibleText(describeFinding(text, finding.method, finding).observation),
        }),
      ),
  ]);
}

function reasonText(
  text: Text,
  method: string,
  reason: string | undefined,
  details: Readonly<Record<string, string | number | boolean>>,
): string {
  if (reason === undefined) return '';
  const own = `methods/${method}:reasons.${reason}`;
  return text.has(own) ? text(own, details) : text(`errors:${reason}`, details);
}
