import { useQuery } from '@tanstack/react-query';
import type { z } from 'zod';
import { reportCoverage } from '../../src/contract/window-operations.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { call } from '../api/call.ts';
import { Busy, Empty, Failed } from '../parts/states.tsx';
import { useText } from '../text/text-context.tsx';

type Answer = z.infer<typeof reportCoverage.output>;
type Status = Answer['cells'][number]['status'];

const symbols: Readonly<Record<Status, string>> = {
  completed: '✓',
  abstained: '○',
  'not-completed': '◐',
  failed: '✕',
  'not-applicable': '–',
  'not-chosen': '·',
};
const order: readonly Status[] = ['completed', 'abstained', 'not-completed', 'failed', 'not-applicable', 'not-chosen'];

/** Up to so many exhibits the cells carry their words; beyond, the symbols with the legend above. */
const mostWithWords = 3;

/** Every method on every exhibit, and why something has no answer. */
export function Coverage({ folder }: { folder: string }) {
  const text = useText();
  const { data, error, isError, refetch } = useQuery({
    queryKey: [reportCoverage.name, { folder, language: text.language }],
    queryFn: ({ signal }) => call(reportCoverage, { folder, language: text.language }, signal),
    refetchOnMount: 'always',
  });
  if (isError) return <Failed error={error} again={() => void refetch()} />;
  if (data === undefined) return <Busy stage="coverage" />;
  if (data.exhibits.length === 0) return <Empty>{text('window/report:coverage.noExhibits')}</Empty>;
  const withWords = data.exhibits.length <= mostWithWords;
  return (
    <div className="coverage">
      <p className="muted">{text('window/report:coverage.help')}</p>
      {!withWords && <Legend answer={data} />}
      <Matrix answer={data} withWords={withWords} />
      <h2>{text('window/report:coverage.why')}</h2>
      {data.notExamined.length === 0 ? (
        <p className="muted">{text('report:not-examined.none')}</p>
      ) : (
        <Reasons answer={data} />
      )}
    </div>
  );
}

function Legend({ answer }: { answer: Answer }) {
  const words = new Map(answer.cells.map(({ status, statusText }) => [status, statusText]));
  return (
    <ul className="coverage-legend">
      {order
        .filter((status) => words.has(status))
        .map((status) => (
          <li key={status}>
            <span aria-hidden="true" className="mono">
              {symbols[status]}{' '}
            </span>
            {words.get(status)}
          </li>
        ))}
    </ul>
  );
}

function Matrix({ answer, withWords }: { answer: Answer; withWords: boolean }) {
  const text = useText();
  const cells = new Map(answer.cells.map((cell) => [`${cell.exhibit} ${cell.method}`, cell]));
  return (
    <div className="coverage-scroll" tabIndex={0} role="group" aria-label={text('window/report:coverage.table')}>
      <table className={withWords ? 'coverage-table' : 'coverage-table coverage-narrow'}>
        <thead>
          <tr>
            <th scope="col">{text('window/report:coverage.method')}</th>
            {answer.exhibits.map(({ id, name, role }) => (
              <th key={id} scope="col" className={`coverage-exhibit coverage-${role}`} title={visibleText(name)}>
                <span className="mono">{id}</span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {answer.methods.map(({ id, title }) => (
            <tr key={id}>
              <th scope="row">{title}</th>
              {answer.exhibits.map((exhibit) => {
                const cell = cells.get(`${exhibit.id} ${id}`);
                return cell === undefined ? (
                  <td key={exhibit.id} />
                ) : (
                  <td key={exhibit.id} className={`coverage-cell coverage-${cell.status}`} title={cell.statusText}>
                    <span aria-hidden="true">{symbols[cell.status]} </span>
                    <span className={withWords ? '' : 'visually-hidden'}>{cell.statusText}</span>
                  </td>
                );
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

/** What has no answer, with exhibits that share a method, a status and a reason on one line. */
function Reasons({ answer }: { answer: Answer }) {
  const titles = new Map(answer.methods.map(({ id, title }) => [id, title]));
  const rows = new Map<string, { entry: Answer['notExamined'][number]; about: string[] }>();
  for (const entry of answer.notExamined) {
    const id = JSON.stringify([entry.method, entry.status, entry.reason]);
    const row = rows.get(id) ?? { entry, about: [] };
    row.about.push(entry.finding ?? entry.exhibit);
    rows.set(id, row);
  }
  return (
    <ul className="coverage-reasons">
      {[...rows].map(([id, { entry, about }]) => (
        <li key={id}>
          <p>
            <span aria-hidden="true">{symbols[entry.status]} </span>
            <b>{titles.get(entry.method) ?? entry.method}</b> · {entry.statusText} ·{' '}
            <span className="mono">{about.join(', ')}</span>
          </p>
          <p className="muted">{visibleText(entry.reason)}</p>
        </li>
      ))}
    </ul>
  );
}
