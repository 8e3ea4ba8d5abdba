import { stat } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { amendReport } from '../case/amend-report.ts';
import { caseFiles } from '../case/case-layout.ts';
import { sealFiles } from '../seal/sealed-folder/seal-files.ts';
import { writeAtomically } from '../seal/storage/write-atomically.ts';
import type { Engine } from './engine.ts';
import type { OperationContext } from './operation-context.ts';
import { withCase } from './with-case.ts';

/** A sealed report, in a case that keeps account of it or by itself. */
export interface ReportPlace {
  readonly folder: string;
  readonly id: string;
  /** Folder of the case, where the report lies in one. */
  readonly caseFolder?: string;
}

/** Where a sealed report lies. Throws AssayError `file-not-found`; `nothing-to-verify` for a folder that is not sealed. */
export async function findReport(path: string): Promise<ReportPlace> {
  const folder = resolve(path);
  if (!(await isThere(join(folder, sealFiles.manifest))))
    throw (await isThere(folder))
      ? new AssayError('nothing-to-verify', { path })
      : new AssayError('file-not-found', { path });
  const reports = dirname(folder);
  const caseFolder = dirname(reports);
  const isInCase = basename(reports) === caseFiles.reports && (await isThere(join(caseFolder, caseFiles.record)));
  return { folder, id: basename(folder), ...(isInCase ? { caseFolder } : {}) };
}

/**
 * Puts files that no manifest lists (signatures) into a sealed report. `make` is called with the case open, so that
 * nobody else changes the report meanwhile; where the report lies in a case, its custody log records them.
 */
export async function addToReport<T>(
  engine: Engine,
  place: ReportPlace,
  context: OperationContext,
  make: () => Promise<{ readonly files: ReadonlyMap<string, Uint8Array>; readonly answer: T }>,
): Promise<T> {
  const { caseFolder, folder, id } = place;
  if (caseFolder === undefined) {
    const { files, answer } = await make();
    for (const [name, bytes] of files) await writeAtomically(join(folder, name), bytes);
    return answer;
  }
  return withCase(engine, caseFolder, context, async (target) => {
    const { files, answer } = await make();
    await amendReport(target, id, files);
    return answer;
  });
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
