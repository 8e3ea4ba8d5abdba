import type { z } from 'zod';
import type { tableRows } from '../../contract/window-operations.ts';
import type { Cell, KeptArtefacts } from '../artefacts/kept-artefacts.ts';
import { heldCase } from '../held-case.ts';
import type { WindowSession } from '../window-session.ts';

/** Answers `table.rows`: a page of the rows that match. */
export async function tableRowsOperation(
  session: WindowSession,
  artefacts: KeptArtefacts,
  input: z.infer<typeof tableRows.input>,
): Promise<z.infer<typeof tableRows.output>> {
  const target = heldCase(session, input.folder);
  const { table } = await artefacts.table(target, input.exhibit, input.sha256);
  const matching = matchingRows(table.rows, input.search ?? '');
  const page = matching.slice(input.offset, input.offset + input.limit);
  return { columns: [...table.columns], rows: page.map((row) => [...row]), total: matching.length };
}

/** Rows in which every word stands in some cell, whatever the case of its letters. */
export function matchingRows(rows: readonly (readonly Cell[])[], search: string): readonly (readonly Cell[])[] {
  const words = search
    .toLowerCase()
    .split(/\s+/)
    .filter((word) => word !== '');
  if (words.length === 0) return rows;
  return rows.filter((row) => {
    const cells = row.map((cell) => String(cell ?? '').toLowerCase());
    return words.every((word) => cells.some((cell) => cell.includes(word)));
  });
}
