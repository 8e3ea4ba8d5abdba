import { formatMeasure } from '../../../../src/base/format-measure.ts';
import type { TableArtefact } from '../../../../src/base/artefact.ts';
import { visibleText } from '../../../../src/base/visible-text.ts';
import type { Text } from '../../../../src/base/text.ts';
import { Busy, Failed } from '../../../parts/states.tsx';
import { useText } from '../../../text/text-context.tsx';
import { useTable, type Cell } from './use-table.ts';

interface FactsTableProps {
  readonly folder: string;
  readonly exhibit: string;
  readonly method: string;
  readonly artefact: TableArtefact;
  /** Facts as rows and each row of the table as a column: for few rows with many columns in a narrow panel. */
  readonly turned?: boolean;
}

/** A short table artefact with its headings in words and its cells with their units. */
export function FactsTable({ folder, exhibit, method, artefact, turned = false }: FactsTableProps) {
  const text = useText();
  const table = useTable(folder, exhibit, artefact);
  if (table.isError) return <Failed error={table.error} again={() => void table.refetch()} />;
  if (table.data === undefined) return <Busy stage="open" />;
  const { columns, rows } = table.data;
  const heading = (id: string): string => {
    const key = `methods/${method}:columns.${id}`;
    return text.has(key) ? text(key) : visibleText(id);
  };
  const words = (row: readonly Cell[], at: number): string =>
    cellWords(text, columns[at] ?? '', row[at] ?? null, artefact.columns[at]?.unit ?? 'text');
  return (
    <table className="facts">
      <caption className="visually-hidden">
        {text(`methods/${method}:artefacts.${artefact.title}`, artefact.details)}
      </caption>
      {turned ? (
        <tbody>
          {columns.map((id, at) => (
            <tr key={id}>
              <th scope="row">{heading(id)}</th>
              {rows.map((row, i) => (
                <td key={i} className="mono">
                  {words(row, at)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      ) : (
        <>
          <thead>
            <tr>
              {columns.map((id) => (
                <th key={id} scope="col">
                  {heading(id)}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {rows.map((row, i) => (
              <tr key={i}>
                {columns.map((id, at) => (
                  <td key={id} className="mono">
                    {words(row, at)}
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </>
      )}
    </table>
  );
}

function cellWords(text: Text, column: string, cell: Cell, unit: TableArtefact['columns'][number]['unit']): string {
  if (cell === null) return '–';
  return visibleText(formatMeasure(text, column, { value: cell, unit }));
}
