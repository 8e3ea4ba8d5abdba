import { join } from 'node:path';
import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import { silent } from '../../base/progress.ts';
import { sealCheck } from '../seal-check.ts';
import type { SealCheckCode } from '../seal-check.ts';
import { hashFile } from './hash-file.ts';
import type { ManifestEntry, ManifestOptions } from './manifest.ts';
import { parseManifest } from './parse-manifest.ts';
import { walkFolder } from './walk-folder.ts';
import type { FolderEntry } from './walk-folder.ts';

/** The folder itself as the subject of a check. */
const wholeFolder = '.';

/**
 * Compares a folder with its manifest and names every file that was changed, is missing, or is not listed. One check a
 * file, also for those that are as they should be.
 *
 * Checks: `manifest-readable`, `file-unchanged`, `file-readable`, `files-present`, `file-present`, `files-listed`,
 * `file-listed`, `entry-regular`.
 *
 * @throws AssayError `file-not-found` or `file-not-readable` for the folder itself, `cancelled`
 */
export async function verifyManifest(
  folder: string,
  text: string,
  options: ManifestOptions = {},
): Promise<readonly Check[]> {
  const { entries, problems } = parseManifest(text);
  const onDisk = await walkFolder(folder, options.exclude ?? (() => false));
  const files = new Map(onDisk.map((entry) => [entry.path, entry]));
  const listed = new Set(entries.map(({ path }) => path));
  return [
    ...(problems.length === 0
      ? [integrity('manifest-readable', 'passed', wholeFolder, { entries: entries.length })]
      : []),
    ...problems.map(({ line, reason }) => integrity('manifest-readable', 'failed', wholeFolder, { line, reason })),
    ...missing(entries, files),
    ...unlisted(onDisk, listed),
    ...irregular(onDisk),
    ...(await unchanged(folder, entries, files, options)),
  ];
}

function integrity(
  code: SealCheckCode,
  outcome: Check['outcome'] | boolean,
  subject: string,
  details: Check['details'] = {},
): Check {
  return sealCheck('integrity', code, outcome, subject, details);
}

function missing(entries: readonly ManifestEntry[], files: ReadonlyMap<string, FolderEntry>): readonly Check[] {
  const gone = entries.filter(({ path }) => !files.has(path));
  if (gone.length === 0) return [integrity('files-present', 'passed', wholeFolder)];
  return gone.map(({ path }) => integrity('file-present', 'failed', path));
}

function unlisted(onDisk: readonly FolderEntry[], listed: ReadonlySet<string>): readonly Check[] {
  const strangers = onDisk.filter(({ path, kind }) => kind === 'unnameable' || !listed.has(path));
  if (strangers.length === 0) return [integrity('files-listed', 'passed', wholeFolder)];
  return strangers.map(({ path }) => integrity('file-listed', 'failed', path));
}

function irregular(onDisk: readonly FolderEntry[]): readonly Check[] {
  return onDisk
    .filter(({ kind }) => kind === 'link' || kind === 'special')
    .map(({ path, kind }) => integrity('entry-regular', 'failed', path, { reason: kind }));
}

async function unchanged(
  folder: string,
  entries: readonly ManifestEntry[],
  files: ReadonlyMap<string, FolderEntry>,
  { signal, progress = silent }: ManifestOptions,
): Promise<readonly Check[]> {
  const checks: Check[] = [];
  const present = entries.filter(({ path }) => files.get(path)?.kind === 'file');
  for (const [index, entry] of present.entries()) {
    checks.push(await compare(folder, entry, signal));
    progress({ stage: 'hashing', subject: entry.path, done: index + 1, total: present.length, unit: 'items' });
  }
  return checks;
}

async function compare(folder: string, { path, sha256 }: ManifestEntry, signal?: AbortSignal): Promise<Check> {
  try {
    const actual = (await hashFile(join(folder, path), signal)).sha256;
    const same = actual === sha256;
    return integrity('file-unchanged', same, path, same ? { sha256 } : { expected: sha256, actual });
  } catch (error) {
    // A file that cannot be read is not as it was sealed, as far as anybody can tell: it counts as failed.
    if (isAssayError(error, 'file-not-readable'))
      return integrity('file-readable', 'failed', path, { reason: error.details.reason });
    if (isAssayError(error, 'file-not-found')) return integrity('file-present', 'failed', path);
    throw error;
  }
}
