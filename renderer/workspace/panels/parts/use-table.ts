import { useQuery } from '@tanstack/react-query';
import type { TableArtefact } from '../../../../src/base/artefact.ts';
import { tableRows } from '../../../../src/contract/window-operations.ts';
import { call } from '../../../api/call.ts';
import { useExaminations } from '../../exhibit-queries.ts';
import type { KeptExamination } from '../method-states.ts';

export type Cell = string | number | boolean | null;

export interface WholeTable {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly Cell[])[];
}

const pageRows = 5000;

/** All rows of a table artefact, page by page; null asks for nothing yet. A table is named by its digest and never changes. */
export function useTable(folder: string, exhibit: string, artefact: TableArtefact | null) {
  return useQuery({
    queryKey: [tableRows.name, { folder, exhibit, sha256: artefact?.sha256 }],
    enabled: artefact !== null,
    queryFn: async ({ signal }): Promise<WholeTable> => {
      const sha256 = artefact?.sha256 ?? '';
      const rows: (readonly Cell[])[] = [];
      for (;;) {
        const page = await call(tableRows, { folder, exhibit, sha256, offset: rows.length, limit: pageRows }, signal);
        for (const row of page.rows) rows.push(row);
        if (rows.length >= page.total || page.rows.length === 0) return { columns: page.columns, rows };
      }
    },
  });
}

/** The latest completed examination of a method, with what is asked of it on its way. */
export function useExamination(folder: string, exhibit: string, method: string) {
  const answer = useExaminations(folder, exhibit);
  const kept = answer.data?.examinations.filter((one) => one.method === method) ?? [];
  const examination: KeptExamination | undefined = kept.findLast(({ status }) => status === 'completed') ?? kept.at(-1);
  return { ...answer, examination };
}

/** A table artefact of an examination by its name. */
export function tableOf(examination: KeptExamination | undefined, name: string): TableArtefact | null {
  const artefact = examination?.artefacts.find((one) => one.name === name);
  return artefact?.kind === 'table' ? artefact : null;
}

/** A cell as a number; undefined where it is none. */
export function numberIn(row: readonly Cell[], at: number): number | undefined {
  const cell = row[at];
  return typeof cell === 'number' ? cell : undefined;
}
