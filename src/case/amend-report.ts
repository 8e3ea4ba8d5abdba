import { createHash } from 'node:crypto';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { caseFiles } from './case-layout.ts';
import { giveFinalName, syncFolder, unfinishedName } from './durable-file.ts';
import { writeProblem } from './file-problem.ts';
import { recordedFolders } from './recorded-folders.ts';

/**
 * Puts a later signature or timestamp into a sealed report of the case: a new file, or one in the place of the old.
 *
 * FORENSIC: the file waits under an unfinished name until the custody log names it, so that nothing lies in a case that no
 * entry announced; what a kill leaves between the two is completed at the next opening.
 *
 * @throws AssayError `unknown-name` for a report that the log does not hold, `disk-full`, `file-not-writable`
 */
export async function amendReport(target: Case, id: string, files: ReadonlyMap<string, Uint8Array>): Promise<void> {
  const folders = recordedFolders(target.custody.entries());
  const recorded = folders.get(`${caseFiles.reports}/${id}`);
  if (recorded === undefined)
    throw new AssayError('unknown-name', {
      kind: 'report',
      name: id,
      known: [...folders.values()].flatMap(({ kind, path }) => (kind === 'report' ? [path] : [])).join(', '),
    });
  const folder = target.layout.report(id);
  const added: Record<string, string> = {};
  for (const [name, bytes] of files) {
    await writeUnfinished(folder, name, bytes);
    added[name] = createHash('sha256').update(bytes).digest('hex');
  }
  await syncFolder(folder);
  await target.custody.append([
    { action: 'report.amended', subject: id, detail: { id, files: { ...recorded.files, ...added } } },
  ]);
  for (const name of files.keys()) await giveFinalName(join(folder, name));
}

async function writeUnfinished(folder: string, name: string, bytes: Uint8Array): Promise<void> {
  const path = join(folder, unfinishedName(name));
  try {
    await rm(path, { recursive: true, force: true });
    const handle = await open(path, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeProblem(path, error);
  }
}
