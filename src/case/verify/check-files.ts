import { lstat, readFile } from 'node:fs/promises';
import type { Check } from '../../base/check.ts';
import { AssayError } from '../../base/errors.ts';
import { caseFiles, inCase, type CaseLayout } from '../case-layout.ts';
import { ExhibitRecord } from '../exhibit-record.ts';
import { systemCode } from '../file-problem.ts';
import { hashStored, type CopyMachine, type Copied } from '../intake/copy-and-verify.ts';
import type { CheckList } from './check-list.ts';
import type { DueFile } from './due-files.ts';

export interface FileChecking {
  readonly layout: CaseLayout;
  readonly machine: CopyMachine;
  readonly checks: CheckList;
  readonly advance: (bytes: number) => void;
  readonly signal: AbortSignal;
}

/** What passed is said once per folder, what failed once per file. */
interface FolderTally {
  files: number;
  failed: boolean;
}

const passedCode: Readonly<Record<DueFile['part'], string>> = {
  case: 'case-record',
  exhibit: 'exhibit-record',
  examination: 'examination-files',
  report: 'report-files',
};

/**
 * Reads every due file and compares it with what was recorded: of an exhibit's original all three digests. A file that
 * cannot be read counts as failed: nobody can say that it is unchanged.
 */
export async function checkFiles(checking: FileChecking, due: readonly DueFile[]): Promise<void> {
  const tallies = new Map<string, FolderTally & { readonly part: DueFile['part'] }>();
  for (const file of due) {
    const isOriginal = file.part === 'exhibit' && !file.path.endsWith(`/${caseFiles.exhibitRecord}`);
    const subject = file.part === 'case' || file.part === 'exhibit' ? file.path : file.folder;
    const tally = tallies.get(subject) ?? { files: 0, failed: false, part: file.part };
    tallies.set(subject, tally);
    tally.files += 1;
    const holds = isOriginal ? await checkOriginal(checking, file) : await checkFile(checking, file);
    if (!holds || isOriginal) tally.failed = true;
  }
  for (const [subject, { part, files, failed }] of tallies)
    if (!failed) checking.checks.passed('integrity', passedCode[part], subject, { files });
}

/** One file against its SHA-256. */
async function checkFile(checking: FileChecking, file: DueFile): Promise<boolean> {
  const found = await hashed(checking, file, ['sha256']);
  if (found === undefined) return false;
  if (found.digests.sha256 === file.sha256) return true;
  checking.checks.failed('integrity', 'file-changed', file.path, { entry: file.entry });
  return false;
}

/** An exhibit's read-only copy against the three digests of its record, and its write protection. */
async function checkOriginal(checking: FileChecking, file: DueFile): Promise<boolean> {
  const { checks, layout } = checking;
  const found = await hashed(checking, file, ['sha256', 'sha512', 'md5']);
  if (found === undefined) return false;
  const record = await recordBeside(layout, file);
  const differing = [
    ...(found.digests.sha256 === file.sha256 ? [] : ['SHA-256']),
    ...(record === undefined || found.digests.sha512 === record.sha512 ? [] : ['SHA-512']),
    ...(record === undefined || found.digests.md5 === record.md5 ? [] : ['MD5']),
  ];
  const details: Check['details'] = { sizeBytes: found.sizeBytes, sha256: found.digests.sha256 };
  if (differing.length > 0)
    checks.failed('integrity', 'exhibit-changed', file.path, {
      ...details,
      recordedSha256: file.sha256,
      differing: differing.join(', '),
    });
  else checks.passed('integrity', 'exhibit-bytes', file.path, details);
  const { mode } = await lstat(inCase(layout, file.liesAt));
  // No failure: a stick or an archive that keeps no permissions does this to every copy of a case.
  if ((mode & 0o222) !== 0) checks.notChecked('integrity', 'exhibit-writable', file.path);
  return differing.length === 0;
}

async function recordBeside(layout: CaseLayout, file: DueFile): Promise<ExhibitRecord | undefined> {
  const path = file.liesAt.replace(/[^/]+$/, caseFiles.exhibitRecord);
  try {
    return ExhibitRecord.parse(JSON.parse(await readFile(inCase(layout, path), 'utf8')));
  } catch {
    // The record has its own check, which says what is wrong with it.
    return undefined;
  }
}

async function hashed(
  { layout, machine, checks, advance, signal }: FileChecking,
  file: DueFile,
  names: readonly ('sha256' | 'sha512' | 'md5')[],
): Promise<Copied | undefined> {
  const path = inCase(layout, file.liesAt);
  try {
    const stats = await lstat(path);
    // SECURITY: a link, a pipe or a device in a file's place is never opened.
    if (!stats.isFile()) {
      checks.failed('integrity', 'file-replaced', file.path, { entry: file.entry });
      return undefined;
    }
    return await hashStored(machine, path, names, stats.size, advance, signal);
  } catch (error) {
    if (error instanceof AssayError) throw error;
    const code = systemCode(error);
    if (code === undefined) throw error;
    const isMissing = code === 'ENOENT' || code === 'ENOTDIR';
    if (isMissing) checks.failed('integrity', 'file-missing', file.path, { entry: file.entry });
    else checks.failed('integrity', 'file-unreadable', file.path, { reason: code });
    return undefined;
  }
}
