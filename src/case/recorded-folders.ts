import { caseFiles } from './case-layout.ts';
import { detailOf, type RecordedFiles } from './custody/custody-action.ts';
import type { CustodyEntry } from './custody-entry.ts';

/** A folder of the case that the custody log vouches for, with the files it must hold. */
export interface RecordedFolder {
  readonly kind: 'exhibit' | 'examination' | 'report';
  /** Below the case folder, with `/`. */
  readonly path: string;
  readonly files: RecordedFiles;
  /** Number of the entry that says so: the latest, where there are several. */
  readonly entry: number;
}

/** What the custody log says must be in the case, by path; a later entry about the same folder replaces an earlier one. */
export function recordedFolders(entries: readonly CustodyEntry[]): ReadonlyMap<string, RecordedFolder> {
  const folders = new Map<string, RecordedFolder>();
  for (const entry of entries) {
    const folder = recordedFolder(entry);
    if (folder !== undefined) folders.set(folder.path, folder);
  }
  return folders;
}

function recordedFolder(entry: CustodyEntry): RecordedFolder | undefined {
  const { subject, seq } = entry;
  const exhibit = detailOf(entry, 'exhibit.added');
  if (exhibit !== undefined)
    return { kind: 'exhibit', path: `${caseFiles.exhibits}/${subject}`, files: exhibit.files, entry: seq };
  const examination = detailOf(entry, 'examination.recorded');
  if (examination !== undefined)
    return { kind: 'examination', path: `${caseFiles.exhibits}/${subject}`, files: examination.files, entry: seq };
  const report = detailOf(entry, 'report.sealed') ?? detailOf(entry, 'report.amended');
  if (report !== undefined)
    return { kind: 'report', path: `${caseFiles.reports}/${subject}`, files: report.files, entry: seq };
  return undefined;
}

/** `E001/examinations/<key>`: the subject of an examination's entry. */
export function examinationSubject(exhibitId: string, key: string): string {
  return `${exhibitId}/${caseFiles.examinations}/${key}`;
}
