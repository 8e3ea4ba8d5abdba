import type { FieldReader } from '../field-reader.ts';
import type { BoxContext } from './box-spec.ts';

/** Gives the field name of a column in the current row, or undefined where the row is not to be recorded. */
export type ColumnName = (column: string) => string | undefined;

/**
 * Reads a table of equal rows. Every row that is there is read, so that sums and extremes are of the whole table; the
 * first few (`takeTableEntries`) are recorded as `entries[i].column`. A count that claims more rows than the payload
 * holds is the error `table-exceeds-box`. Gives the number of rows read.
 */
export function readTable(
  reader: FieldReader,
  box: BoxContext,
  table: { readonly count: number; readonly entryBytes: number; readonly recordAtMost?: number },
  readRow: (name: ColumnName, index: number) => void,
): number {
  const offset = reader.offsetBytes;
  const fits = table.entryBytes === 0 ? 0 : Math.floor(reader.remaining / table.entryBytes);
  const claimedFit = Math.floor((box.payloadBytes - reader.position) / Math.max(1, table.entryBytes));
  if (table.count > claimedFit && table.entryBytes > 0)
    box.error('table-exceeds-box', offset, { entries: table.count, entriesThatFit: claimedFit });
  const rows = Math.min(table.count, fits);
  const recorded = box.takeTableEntries(rows, table.recordAtMost);
  for (let index = 0; index < rows; index++) {
    readRow((column) => (index < recorded ? `entries[${index}].${column}` : undefined), index);
  }
  if (recorded < table.count) reader.derive('entriesListed', recorded);
  if (rows < table.count) reader.derive('entriesRead', rows);
  return rows;
}
