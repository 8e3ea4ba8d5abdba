import { caseFiles } from '../case-layout.ts';
import { detailOf } from '../custody/custody-action.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import { isUnfinishedName, unfinishedName } from '../durable-file.ts';
import { recordedFolders, type RecordedFolder } from '../recorded-folders.ts';
import type { Lying } from './list-files.ts';

/** A file that the custody log says must be in the case. */
export interface DueFile {
  /** Where it should be, below the case folder. */
  readonly path: string;
  /** Where it is: elsewhere only when a kill came before its folder got its final name. */
  readonly liesAt: string;
  readonly sha256: string;
  /** The recorded folder that it belongs to; empty for the case's own record. */
  readonly folder: string;
  readonly part: 'case' | RecordedFolder['kind'];
  /** Number of the entry that says so. */
  readonly entry: number;
}

export interface DueFiles {
  readonly files: readonly DueFile[];
  /** Folders that are recorded and whole but have not got their final name, as they lie. */
  readonly unnamed: readonly string[];
}

/** What must be in the case, after what the custody log says. */
export function dueFiles(entries: readonly CustodyEntry[], lying: readonly Lying[]): DueFiles {
  const folders = new Set(lying.flatMap(({ kind, path }) => (kind === 'folder' ? [path] : [])));
  const files: DueFile[] = [];
  const unnamed: string[] = [];
  for (const entry of entries)
    for (const [name, sha256] of Object.entries(detailOf(entry, 'case.created')?.files ?? {}))
      files.push({ path: name, liesAt: name, sha256, folder: '', part: 'case', entry: entry.seq });
  for (const { path, files: recorded, kind, entry } of recordedFolders(entries).values()) {
    const cut = path.lastIndexOf('/') + 1;
    const staged = `${path.slice(0, cut)}${unfinishedName(path.slice(cut))}`;
    const isUnnamed = !folders.has(path) && folders.has(staged);
    if (isUnnamed) unnamed.push(staged);
    const place = isUnnamed ? staged : path;
    for (const [name, sha256] of Object.entries(recorded))
      files.push({
        ...{ path: `${path}/${name}`, liesAt: `${place}/${name}`, sha256 },
        ...{ folder: path, part: kind, entry },
      });
  }
  return { files, unnamed };
}

/** Files of the case that have checks of their own. */
const ownFiles: ReadonlySet<string> = new Set([
  caseFiles.custody,
  caseFiles.custodyHead,
  caseFiles.notes,
  caseFiles.lock,
]);

/** Where unfinished work of Assay may lie: beside these, not anywhere below. */
const workplaces = /^(?:|exhibits|reports|exhibits\/E\d+|exhibits\/E\d+\/examinations|reports\/R\d+)$/;

export interface Strays {
  /** In nobody's list: no entry announced them. */
  readonly unlisted: readonly string[];
  /** Unfinished work that a kill left; the next opening clears it. */
  readonly unfinished: readonly string[];
}

/** What lies in the case and is not due. */
export function straysAmong(lying: readonly Lying[], { files, unnamed }: DueFiles): Strays {
  const due = new Set(files.map(({ liesAt }) => liesAt));
  const parents = new Set<string>([caseFiles.exhibits, caseFiles.reports]);
  for (const path of due) for (const parent of parentsOf(path)) parents.add(parent);
  const occupied = new Set(lying.flatMap(({ path }) => parentsOf(path)));
  const unlisted: string[] = [];
  const unfinished: string[] = [];
  let clearing: string | undefined;
  for (const { path, kind } of lying) {
    if (clearing !== undefined && path.startsWith(`${clearing}/`)) continue;
    if (due.has(path) && kind === 'file') continue;
    if (ownFiles.has(path) && kind === 'file') continue;
    if (kind === 'folder' && (parents.has(path) || isExaminations(path, parents))) continue;
    if (isUnfinishedWork(path, kind) && !unnamed.includes(path)) {
      unfinished.push(path);
      clearing = path;
    } else if (kind !== 'folder' || !occupied.has(path)) unlisted.push(path);
  }
  return { unlisted, unfinished };
}

function isUnfinishedWork(path: string, kind: Lying['kind']): boolean {
  const cut = path.lastIndexOf('/');
  const isPlain = kind === 'file' || kind === 'folder';
  return isPlain && isUnfinishedName(path.slice(cut + 1)) && workplaces.test(path.slice(0, Math.max(0, cut)));
}

/** An exhibit that was never examined may have the folder for it. */
function isExaminations(path: string, parents: ReadonlySet<string>): boolean {
  const suffix = `/${caseFiles.examinations}`;
  return path.endsWith(suffix) && parents.has(path.slice(0, -suffix.length));
}

function parentsOf(path: string): string[] {
  const parents: string[] = [];
  for (let cut = path.lastIndexOf('/'); cut > 0; cut = path.lastIndexOf('/', cut - 1)) parents.push(path.slice(0, cut));
  return parents;
}
