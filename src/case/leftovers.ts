import { readdir, rm } from 'node:fs/promises';
import { posix } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { caseFiles, inCase, type CaseLayout } from './case-layout.ts';
import type { CustodyEntry } from './custody-entry.ts';
import { giveFinalName, isUnfinishedName } from './durable-file.ts';
import { systemCode } from './file-problem.ts';
import { missingNotes, writeNotes } from './note-log.ts';
import { holdsExactly, sha256OfFile } from './recorded-files.ts';
import { recordedFolders } from './recorded-folders.ts';

/** What a kill left behind, and what is to become of it. Paths below the case folder, with `/`. */
export interface Leftovers {
  /** Unfinished or never recorded: evidence is not among it, since an exhibit is recorded before it gets its name. */
  readonly removed: readonly string[];
  /** Recorded in the custody log and whole, only not yet in its place. */
  readonly completed: readonly string[];
}

/** Looks for leftovers of unfinished work. Changes nothing. */
export async function findLeftovers(layout: CaseLayout, entries: readonly CustodyEntry[]): Promise<Leftovers> {
  const recorded = recordedFolders(entries);
  const removed: string[] = [];
  const completed: string[] = [];

  for (const path of await unfinishedPaths(layout)) {
    const final = posix.join(posix.dirname(path), finalName(posix.basename(path)));
    const folder = recorded.get(final);
    const isRecorded =
      folder === undefined
        ? await isRecordedFile(layout, path, recorded.get(posix.dirname(path))?.files[posix.basename(final)])
        : await holdsExactly(inCase(layout, path), folder.files);
    // An exhibit or a report that is in its place stays; an examination's recorded new run replaces the old one.
    const isFree =
      folder === undefined || folder.kind === 'examination' || (await namesIn(inCase(layout, final))) === undefined;
    if (isRecorded && isFree) completed.push(final);
    else removed.push(path);
  }
  for (const id of await folderNames(layout.exhibits)) {
    const folder = `${caseFiles.exhibits}/${id}/${caseFiles.examinations}`;
    for (const key of (await namesIn(inCase(layout, folder))) ?? []) {
      // An examination that was never recorded vouches for nothing; it is made again when somebody asks for it.
      if (!isUnfinishedName(key) && !recorded.has(`${folder}/${key}`)) removed.push(`${folder}/${key}`);
    }
  }
  const notes = await missingNotes(layout, entries);
  if (notes !== undefined && notes.length > 0) completed.push(caseFiles.notes);
  return { removed: removed.sort(), completed: completed.sort() };
}

/** A file that joined a sealed report and was recorded, but did not get its name. */
async function isRecordedFile(layout: CaseLayout, path: string, sha256: string | undefined): Promise<boolean> {
  if (sha256 === undefined) return false;
  try {
    return (await sha256OfFile(inCase(layout, path))) === sha256;
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}

/** Removes and completes what was found. Can be cut short and done again. */
export async function clearLeftovers(
  layout: CaseLayout,
  entries: readonly CustodyEntry[],
  { removed, completed }: Leftovers,
): Promise<void> {
  for (const path of completed) {
    if (path === caseFiles.notes) {
      await writeNotes(layout, await missingNotes(layout, entries));
      continue;
    }
    await giveFinalName(inCase(layout, path));
  }
  for (const path of removed) await rm(inCase(layout, path), { recursive: true, force: true });
}

/** Everything with an unfinished name at the places where Assay works: not below examinations, where it is one folder. */
async function unfinishedPaths(layout: CaseLayout): Promise<string[]> {
  const { exhibits, reports, examinations } = caseFiles;
  const ids = await folderNames(layout.exhibits);
  const folders = [
    '',
    `${exhibits}/`,
    `${reports}/`,
    ...ids.flatMap((id) => [`${exhibits}/${id}/`, `${exhibits}/${id}/${examinations}/`]),
    ...(await folderNames(layout.reports)).map((id) => `${reports}/${id}/`),
  ];
  const found: string[] = [];
  for (const folder of folders)
    for (const name of (await namesIn(inCase(layout, folder))) ?? [])
      if (isUnfinishedName(name)) found.push(`${folder}${name}`);
  return found;
}

async function folderNames(folder: string): Promise<string[]> {
  return ((await namesIn(folder)) ?? []).filter((name) => !isUnfinishedName(name));
}

/** Sorted names in a folder; undefined where there is no such folder. */
async function namesIn(folder: string): Promise<string[] | undefined> {
  try {
    return (await readdir(folder)).sort();
  } catch (error) {
    if (['ENOENT', 'ENOTDIR'].includes(systemCode(error) ?? '')) return undefined;
    throw error;
  }
}

/** `E007` of `.E007.part`. */
function finalName(unfinished: string): string {
  return unfinished.slice(1, -'.part'.length);
}
