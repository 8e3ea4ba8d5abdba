import { readFile } from 'node:fs/promises';
import { z } from 'zod';
import { AssayError, isAssayError } from '../base/errors.ts';
import { caseFiles, type CaseLayout } from './case-layout.ts';
import { CaseRecord } from './case-record.ts';
import { readProblem } from './file-problem.ts';

const AnyRecord = z.looseObject({ schema: z.string() });

/**
 * Reads `case.json`.
 *
 * @throws AssayError `not-a-case`, `case-newer`, `case-damaged`, `file-not-readable`
 */
export async function readCaseRecord(layout: CaseLayout): Promise<CaseRecord> {
  let text: string;
  try {
    text = await readFile(layout.record, 'utf8');
  } catch (error) {
    const problem = readProblem(layout.record, error);
    throw isAssayError(problem, 'file-not-found') ? new AssayError('not-a-case', { path: layout.folder }) : problem;
  }
  const damaged = () => new AssayError('case-damaged', { path: layout.folder, file: caseFiles.record });
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    throw damaged();
  }
  const record = CaseRecord.safeParse(json);
  if (record.success) return record.data;
  const other = AnyRecord.safeParse(json);
  const version = other.success ? /^assay\.case\/(\d+)$/.exec(other.data.schema)?.[1] : undefined;
  if (version !== undefined && Number(version) > 1)
    throw new AssayError('case-newer', { path: layout.folder, schema: `assay.case/${version}` });
  throw damaged();
}
