import { stat } from 'node:fs/promises';
import { resolve } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { caseLayout } from '../case/case-layout.ts';
import { readCaseRecord } from '../case/read-case-record.ts';

/**
 * The absolute path of a case that can be opened, found out without taking its lock.
 *
 * @throws AssayError `file-not-found`, `not-a-case`, `case-newer`, `case-damaged`, `file-not-readable`
 */
export async function checkCaseFolder(folder: string): Promise<string> {
  const path = resolve(folder);
  await stat(path).catch((cause: unknown) => {
    throw new AssayError('file-not-found', { path }, { cause });
  });
  await readCaseRecord(caseLayout(path));
  return path;
}
