import type { ByteSource } from '../byte-source.ts';
import { foldedPath, pathProblem } from './entry-path.ts';
import { problemsByWalking } from './walk-locals.ts';
import { localName, parseDirectory, type FoundRecord } from './parse-directory.ts';
import { centralRecord, endRecords, localHeader, type PlacedEntry } from './zip-form.ts';

/**
 * What is wrong with an archive. `path` is the entry's, or empty where it is the archive itself.
 *
 * - `end`: no end record at its end, or one that does not fit the rest;
 * - `directory`: the central directory cannot be read at that entry;
 * - `path`, `link`, `duplicate`: a name that must not be unpacked, something that is no regular file, a name that is there
 *   already, perhaps in other letters;
 * - `bomb`: it claims to unpack to more than it can hold, or entries share bytes;
 * - `compressed`, `encrypted`: a form of entry that bundles do not have;
 * - `form`: bytes that are not in the one form of `zip-form.ts`.
 */
export interface ZipProblem {
  readonly kind: 'end' | 'directory' | 'path' | 'link' | 'duplicate' | 'bomb' | 'compressed' | 'encrypted' | 'form';
  readonly path: string;
  readonly details: Readonly<Record<string, string | number>>;
}

export interface ZipDirectory {
  /** Entries whose place and size can be believed, in the order of the directory. */
  readonly entries: readonly PlacedEntry[];
  readonly problems: readonly ZipProblem[];
}

/** SECURITY: an archive that claims more than this is refused before anything of it is read. */
export const zipLimits = {
  entries: 1_000_000,
  directoryBytes: 256 * 1024 * 1024,
  totalBytes: 64 * 1024 ** 4,
  /** How many times its own size an archive may claim to hold; our own form needs less than once. */
  ratio: 100,
} as const;

/**
 * Reads the directory of an archive and holds every byte outside of the entries' contents against the one form that
 * bundles have. Content is not read. Never throws for what the archive holds.
 */
export async function readZip(source: ByteSource): Promise<ZipDirectory> {
  const { entries, problems } = await readByDirectory(source);
  if (problems.length === 0) return { entries, problems };
  // Two witnesses for what stands in the archive, its directory and its local headers: where one was changed, the other names it.
  const known = new Set(problems.map(({ kind, path }) => `${kind} ${path}`));
  const walked = await problemsByWalking(source, zipLimits.entries);
  return { entries, problems: [...problems, ...walked.filter(({ kind, path }) => !known.has(`${kind} ${path}`))] };
}

async function readByDirectory(source: ByteSource): Promise<ZipDirectory> {
  const parsed = await parseDirectory(source, zipLimits);
  if ('problem' in parsed) return { entries: [], problems: [parsed.problem] };
  const { records, directoryOffset, directoryBytes, tail } = parsed;
  const problems: ZipProblem[] = [...parsed.problems, ...bombsAmong(records, source.sizeBytes)];
  if (records.length === 0) problems.push({ kind: 'directory', path: '', details: { entry: 0 } });
  for (const record of records) problems.push(...problemsOf(record));
  problems.push(...duplicatesAmong(records));
  problems.push(...overlapsAmong(records, directoryOffset));
  for (const record of records) problems.push(...(await formOf(source, record)));
  problems.push(...gapsBetween(records, directoryOffset));
  if (parsed.problems.length === 0) {
    const due = endRecords(records.length, directoryOffset, directoryBytes);
    if (Buffer.compare(due, tail) !== 0) problems.push({ kind: 'end', path: '', details: {} });
  }
  return { entries: problems.some(({ kind }) => kind === 'bomb') ? [] : records, problems };
}

/** What claims to unpack to more than the archive could ever hold: one entry, or all of them together. */
function bombsAmong(records: readonly FoundRecord[], sizeBytes: number): ZipProblem[] {
  const most = Math.min(zipLimits.totalBytes, sizeBytes * zipLimits.ratio);
  const problems = records
    .filter((record) => record.sizeBytes > most)
    .map(({ path, sizeBytes: claimed }): ZipProblem => ({ kind: 'bomb', path, details: { claimed, sizeBytes } }));
  const total = records.reduce((sum, record) => sum + record.sizeBytes, 0);
  return problems.length === 0 && total > most
    ? [{ kind: 'bomb', path: '', details: { claimed: total, sizeBytes } }]
    : problems;
}

function problemsOf(record: FoundRecord): ZipProblem[] {
  const { path, flags, method, mode, sizeBytes, packedBytes } = record;
  const problems: ZipProblem[] = [];
  const unsafe = record.nameReadable ? pathProblem(path) : 'character';
  if (unsafe !== undefined) problems.push({ kind: 'path', path, details: { reason: unsafe } });
  const type = mode & 0o170000;
  // 0: an archiver without Unix modes. A name with a slash at its end is a folder, which the path's own check refuses.
  if (type !== 0 && type !== 0o100000)
    problems.push({ kind: 'link', path, details: { type: type === 0o120000 ? 'link' : 'special' } });
  if ((flags & 1) !== 0) problems.push({ kind: 'encrypted', path, details: {} });
  if (method !== 0) problems.push({ kind: 'compressed', path, details: { method } });
  else if (sizeBytes !== packedBytes) problems.push({ kind: 'form', path, details: { sizeBytes, packedBytes } });
  return problems;
}

function duplicatesAmong(records: readonly FoundRecord[]): ZipProblem[] {
  const problems: ZipProblem[] = [];
  const seen = new Map<string, string>();
  const folders = new Map<string, string>();
  for (const { path } of records) {
    const folded = foldedPath(path);
    const other = seen.get(folded) ?? folders.get(folded);
    if (other !== undefined) problems.push({ kind: 'duplicate', path, details: { other } });
    else seen.set(folded, path);
    // A file and a folder of one name, or two folders whose names differ in case only, cannot both be made either.
    for (let cut = path.indexOf('/'); cut !== -1; cut = path.indexOf('/', cut + 1)) {
      const folder = path.slice(0, cut);
      const key = foldedPath(folder);
      const there = seen.get(key) ?? (folders.get(key) === folder ? undefined : folders.get(key));
      if (there !== undefined) problems.push({ kind: 'duplicate', path, details: { other: there } });
      else folders.set(key, folder);
    }
  }
  return problems;
}

/** Entries that share bytes: how a few kilobytes claim petabytes without any compression ratio showing it. */
function overlapsAmong(records: readonly FoundRecord[], directoryOffset: number): ZipProblem[] {
  const problems: ZipProblem[] = [];
  const byPlace = [...records].sort((a, b) => a.offset - b.offset);
  for (const [index, { path, offset, packedBytes }] of byPlace.entries()) {
    const next = byPlace[index + 1]?.offset ?? directoryOffset;
    if (offset + 30 + packedBytes > next)
      problems.push({ kind: 'bomb', path, details: { claimed: packedBytes, sizeBytes: next - offset } });
  }
  return problems;
}

/** Local header and directory record of one entry against what they must be. */
async function formOf(source: ByteSource, record: FoundRecord): Promise<ZipProblem[]> {
  const problems: ZipProblem[] = [];
  const differs = (path: string, where: string): void => void problems.push({ kind: 'form', path, details: { where } });
  const due = localHeader(record);
  const there = await source.read(record.offset, due.length);
  if (Buffer.compare(due, there) !== 0) {
    differs(record.path, 'local header');
    // Where the two names of one entry differ, nobody can say which is the right one: both are named.
    const local = localName(there);
    if (local !== undefined && local !== record.path) differs(local, 'local header');
  }
  if (Buffer.compare(centralRecord(record), record.bytes) !== 0) differs(record.path, 'directory');
  return problems;
}

function gapsBetween(records: readonly FoundRecord[], directoryOffset: number): ZipProblem[] {
  const problems: ZipProblem[] = [];
  let due = 0;
  for (const record of records) {
    if (record.offset !== due) problems.push({ kind: 'form', path: record.path, details: { where: 'offset' } });
    due = record.offset + localHeader(record).length + record.sizeBytes;
  }
  if (due !== directoryOffset)
    problems.push({ kind: 'form', path: records.at(-1)?.path ?? '', details: { where: 'end' } });
  return problems;
}
