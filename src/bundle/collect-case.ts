import { readFile } from 'node:fs/promises';
import { AssayError } from '../base/errors.ts';
import type { Case } from '../case/case.ts';
import { caseFiles, inCase } from '../case/case-layout.ts';
import { parseHead, type CustodyPoint } from '../case/custody/custody-head.ts';
import { splitLog } from '../case/custody/log-lines.ts';
import { parseEntry } from '../case/custody/custody-chain.ts';
import type { CustodyEntry } from '../case/custody-entry.ts';
import { readProblem, systemCode } from '../case/file-problem.ts';
import { dueFiles } from '../case/verify/due-files.ts';
import { listFiles } from '../case/verify/list-files.ts';
import { casePrefix } from './bag/bag-files.ts';
import type { BagFile } from './bag/measure-file.ts';
import type { BundleScope } from './bag/bundle-record.ts';

/** What of a case goes into a bundle. */
export interface CollectedCase {
  readonly files: readonly BagFile[];
  /** Where the custody log ended when it was read. */
  readonly end: CustodyEntry;
}

/**
 * The files of a case that its custody log vouches for, with the log itself as it stands now. What lies in the case and
 * is in nobody's list stays behind.
 *
 * @throws AssayError `case-damaged`, `file-not-readable`
 */
export async function collectCase(target: Case, scope: BundleScope): Promise<CollectedCase> {
  const { layout } = target;
  const log = await readLog(target);
  const lying = await listFiles(layout.folder);
  const due = dueFiles(log.entries, lying).files;
  const chosen = scope === 'evidence' ? due : due.filter(({ part }) => part === 'case' || part === 'report');
  const files: BagFile[] = chosen.map(({ path, liesAt, sha256 }) => ({
    path: `${casePrefix}${path}`,
    from: inCase(layout, liesAt),
    recordedSha256: sha256,
  }));
  if (scope === 'evidence')
    for (const [name, bytes] of [
      [caseFiles.custody, log.custody],
      [caseFiles.custodyHead, log.head],
      [caseFiles.notes, log.notes],
    ] as const)
      if (bytes !== undefined) files.push({ path: `${casePrefix}${name}`, from: bytes });
  return { files, end: log.end };
}

interface LogSnapshot {
  readonly custody: Buffer;
  readonly head: Buffer;
  readonly notes: Buffer | undefined;
  readonly entries: readonly CustodyEntry[];
  readonly end: CustodyEntry;
}

/** Log, head and notes of one moment: a window may write a note while the case is being packed. */
async function readLog({ layout, custody }: Case): Promise<LogSnapshot> {
  for (let attempt = 0; attempt < 20; attempt += 1) {
    const before = custody.head();
    const [log, head, notes] = await Promise.all([
      optional(layout.custody),
      optional(layout.custodyHead),
      optional(layout.notes),
    ]);
    if (log === undefined || head === undefined) break;
    const { lines, rest } = splitLog(log);
    const last = lines.at(-1);
    const end = last && parseEntry(last);
    const point = parseHead(head.toString('utf8'));
    if (rest.length > 0 || end === undefined || point === undefined) continue;
    if (same(before, end) && same(before, point) && same(before, custody.head()))
      return { custody: log, head, notes, end, entries: custody.entries().slice(0, end.seq + 1) };
  }
  throw new AssayError('case-damaged', { path: layout.folder, file: caseFiles.custody });
}

function same(a: CustodyPoint | undefined, b: CustodyPoint | undefined): boolean {
  return a !== undefined && a.seq === b?.seq && a.hash === b.hash;
}

async function optional(path: string): Promise<Buffer | undefined> {
  try {
    return await readFile(path);
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return undefined;
    throw readProblem(path, error);
  }
}
