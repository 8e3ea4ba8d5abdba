import type { Check } from '../../src/base/check.ts';
import type { Text, TextValues } from '../../src/base/text.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { useText } from '../text/text-context.tsx';
import { groupChecks, type CheckGroup } from './group-checks.ts';

const symbols: Readonly<Record<Check['outcome'], string>> = { passed: '✓', failed: '✕', 'not-checked': '○' };

/** Every check that was made, by area. What passed is folded away while it is long. */
export function CheckGroups({ checks }: { checks: readonly Check[] }) {
  const text = useText();
  return (
    <section className="checks" aria-labelledby="checks-title">
      <h2 id="checks-title">{text('window/verify:checks.title', { count: checks.length })}</h2>
      {groupChecks(checks).map((group) => (
        <Area key={group.area} group={group} />
      ))}
    </section>
  );
}

/** More passed checks than this are folded into one line. */
const mostShown = 6;

function Area({ group }: { group: CheckGroup }) {
  const text = useText();
  const { area, failed, notChecked, passed } = group;
  const counts = [
    [failed, 'failed'],
    [notChecked, 'not-checked'],
    [passed, 'passed'],
  ] as const;
  return (
    <section className="checks-area">
      <h3>
        {text(`report:check-areas.${area}`)}
        <span className="checks-counts muted">
          {counts
            .filter(([of]) => of.length > 0)
            .map(([of, outcome]) => (
              <span key={outcome} className={`check-count-${outcome}`}>
                <span aria-hidden="true">{symbols[outcome]} </span>
                {text(`window/verify:checks.${outcome}`, { count: of.length })}
              </span>
            ))}
        </span>
      </h3>
      <Checks checks={[...failed, ...notChecked]} />
      {passed.length > mostShown ? (
        <details>
          <summary>{text('window/verify:checks.showPassed', { count: passed.length })}</summary>
          <Checks checks={passed} />
        </details>
      ) : (
        <Checks checks={passed} />
      )}
    </section>
  );
}

function Checks({ checks }: { checks: readonly Check[] }) {
  const text = useText();
  if (checks.length === 0) return null;
  return (
    <ul>
      {checks.map((check, i) => (
        <li key={i} className={`check-line check-line-${check.outcome}`}>
          <span className="check-outcome">
            <span aria-hidden="true">{symbols[check.outcome]}</span> {text(`report:check-outcomes.${check.outcome}`)}
          </span>
          <span>
            {checkWords(text, check)}
            {!checkWords(text, check).includes(visibleText(check.subject)) && (
              <span className="mono muted"> {visibleText(check.subject)}</span>
            )}
          </span>
        </li>
      ))}
    </ul>
  );
}

/** What was checked and how it came out, in words. */
export function checkWords(text: Text, check: Check): string {
  const values: TextValues = Object.fromEntries(
    Object.entries({ ...check.details, subject: check.subject }).map(([name, value]) => [
      name,
      typeof value === 'string' ? visibleText(value) : value,
    ]),
  );
  const key = ['report', 'case', 'seal']
    .map((namespace) => `${namespace}:checks.${check.code}.${check.outcome}`)
    .find((candidate) => text.has(candidate));
  return key === undefined
    ? text('report:check-unnamed', { code: check.code, subject: values['subject'] ?? '' })
    : text(key, values);
}
