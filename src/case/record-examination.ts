import { stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { caseFiles } from './case-layout.ts';
import { giveFinalName, unfinishedName } from './durable-file.ts';
import { holdsExactly, recordFiles } from './recorded-files.ts';
import { examinationSubject, recordedFolders } from './recorded-folders.ts';

/** One examination whose folder `exhibits/<id>/examinations/<key>` (or `.<key>.part`) is complete. */
export interface ExaminationToRecord {
  readonly exhibitId: string;
  readonly key: string;
  readonly method: string;
  readonly version: number;
  readonly status: string;
}

/**
 * Hashes every file of these examinations and records them in the custody log, all in one append. A folder that still
 * has its unfinished name gets its final one afterwards. What is recorded already, with the same files, is not said again.
 *
 * @throws AssayError `file-not-found` when a folder is not there, `disk-full`, `file-not-writable`, `unknown-name`
 */
export async function recordExaminations(target: Case, examinations: readonly ExaminationToRecord[]): Promise<void> {
  const recorded = recordedFolders(target.custody.entries());
  const drafts = [];
  const toName: string[] = [];
  for (const { exhibitId, key, method, version, status } of examinations) {
    target.exhibit(exhibitId);
    const final = join(target.layout.examinations(exhibitId), key);
    const unfinished = join(dirname(final), unfinishedName(key));
    // A new run of the same examination waits beside the old one, and replaces it once it is recorded.
    const isNew = await isThere(unfinished);
    if (!isNew && !(await isThere(final))) throw new AssayError('file-not-found', { path: final });
    const files = await recordFiles(isNew ? unfinished : final);
    if (isNew) toName.push(final);
    const subject = examinationSubject(exhibitId, key);
    const earlier = recorded.get(`${caseFiles.exhibits}/${subject}`)?.files;
    if (earlier !== undefined && sameFiles(earlier, files)) continue;
    drafts.push({
      action: 'examination.recorded' as const,
      subject,
      detail: { key, method, version, status, files },
    });
  }
  await target.custody.append(drafts);
  for (const final of toName) await giveFinalName(final);
}

/**
 * Keys of the exhibit's examinations that the custody log vouches for and whose files are still what was recorded.
 * FORENSIC: only these may stand in for running a method again, or go into a report. With `sha256`, files are hashed by it.
 */
export async function intactExaminations(
  target: Case,
  exhibitId: string,
  sha256?: (path: string) => Promise<string>,
): Promise<ReadonlySet<string>> {
  const prefix = `${caseFiles.exhibits}/${examinationSubject(exhibitId, '')}`;
  const intact = new Set<string>();
  for (const { path, files } of recordedFolders(target.custody.entries()).values()) {
    if (!path.startsWith(prefix)) continue;
    const key = path.slice(prefix.length);
    if (await holdsExactly(join(target.layout.examinations(exhibitId), key), files, sha256)) intact.add(key);
  }
  return intact;
}

export async function isThere(path: string): Promise<boolean> {
  try {
    return (await stat(path)).isDirectory();
  } catch {
    return false;
  }
}

function sameFiles(a: Readonly<Record<string, string>>, b: Readonly<Record<string, string>>): boolean {
  const names = Object.keys(a);
  return names.length === Object.keys(b).length && names.every((name) => a[name] === b[name]);
}
