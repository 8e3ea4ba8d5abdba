import { mkdir, rename, rm, statfs } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import type { Case } from '../case.ts';
import { caseFiles } from '../case-layout.ts';
import { sha256Hex } from '../custody/custody-digest.ts';
import { syncFolder, unfinishedName, writeFileAtomically } from '../durable-file.ts';
import { ExhibitRecord } from '../exhibit-record.ts';
import { systemCode, writeProblem } from '../file-problem.ts';
import { copyName, lastName, nameOf, shownPath } from './case-path.ts';
import { copyAndHash, verifyCopy, type CopyMachine } from './copy-and-verify.ts';
import { fileTimesOf } from './file-times.ts';
import { openOriginal } from './read-original.ts';
import type { ExhibitDescription } from './add-exhibits.ts';
import type { FoundFile } from './walk-paths.ts';

export interface TakenIn {
  readonly exhibit: ExhibitRecord;
  /** False when the same bytes were an exhibit already. */
  readonly isNew: boolean;
}

/**
 * Takes one file into the case: copies and hashes it in one pass into a folder of unfinished name, makes the copy
 * read-only, reads it back, records all of it in the custody log, and only then gives the folder its name. Whenever this
 * is cut short, by an error or a kill, there is no half exhibit and the original is as it was.
 *
 * @throws AssayError `changed-while-copying`, `copy-differs`, `disk-full`, `cancelled`, `file-not-writable`; the
 *   system's error where the original cannot be read
 */
export async function takeInFile(
  target: Case,
  machine: CopyMachine,
  file: FoundFile,
  description: ExhibitDescription,
  advance: { readonly copied: (bytes: number) => void; readonly verified: (bytes: number) => void },
  signal: AbortSignal,
): Promise<TakenIn> {
  const { layout, clock } = target;
  const shown = shownPath(file.asGiven);
  const name = nameOf(lastName(file.resolved ?? file.path));
  const id = nextExhibitId(target);
  const folder = layout.exhibit(id);
  const staging = join(layout.exhibits, unfinishedName(id));
  const fileName = copyName(name.text);
  const copyPath = join(staging, fileName);
  await requireSpace(layout.exhibits, Number(file.stats.size), shown);
  const original = await openOriginal(file.path);
  let recorded = false;
  try {
    await inStaging(shown, async () => {
      await rm(staging, { recursive: true, force: true });
      await mkdir(staging);
    });
    const copied = await copyAndHash(machine, original, shown, copyPath, advance.copied, signal);
    const { sha256, sha512, md5 } = copied.digests;
    const path = pathDetail(file.asGiven);
    const same = target.exhibits().find((exhibit) => exhibit.sha256 === sha256);
    if (same !== undefined) {
      await rm(staging, { recursive: true, force: true });
      await target.custody.append([
        { action: 'exhibit.already-present', subject: same.id, detail: { ...path, sha256 } },
      ]);
      return { exhibit: same, isNew: false };
    }
    const readBackFrom = await verifyCopy(machine, copied, shown, copyPath, advance.verified, signal);
    const exhibit = ExhibitRecord.parse({
      schema: 'assay.exhibit/1',
      id,
      role: description.role,
      ...(description.source === undefined ? {} : { source: description.source }),
      name: name.text,
      ...(name.bytes === undefined ? {} : { nameBytes: name.bytes }),
      pathAsGiven: path.path,
      ...(path.pathBytes === undefined ? {} : { pathBytes: path.pathBytes }),
      ...(file.resolved === undefined ? {} : { linkTarget: shownPath(file.resolved) }),
      fileName,
      sizeBytes: copied.sizeBytes,
      sha256,
      sha512,
      md5,
      fileTimes: fileTimesOf(original.stats),
      addedAt: clock().toISOString(),
      addedBy: target.actor ?? '',
    });
    const record = canonicalJsonFile(exhibit);
    await inStaging(shown, () => writeFileAtomically(join(staging, caseFiles.exhibitRecord), record, { mode: 0o444 }));
    const files = { [caseFiles.exhibitRecord]: sha256Hex(record), [fileName]: sha256 };
    const { role, sizeBytes } = exhibit;
    const detail = { ...path, name: name.text, role, sizeBytes, sha256, files, readBackFrom };
    if (signal.aborted) throw new AssayError('cancelled', { what: 'intake' });
    await target.custody.append([{ action: 'exhibit.added', subject: id, detail }]);
    recorded = true;
    // From here on the exhibit exists: a kill before the rename is made good when the case is opened again.
    await inStaging(shown, async () => {
      await rename(staging, folder);
      await syncFolder(dirname(folder));
    });
    target.admit(exhibit);
    return { exhibit, isNew: true };
  } catch (error) {
    if (!recorded) await rm(staging, { recursive: true, force: true }).catch(() => undefined);
    throw error;
  } finally {
    await original.handle.close();
  }
}

/** What goes wrong in the case's own folder is no fault of the original: it must not read as "cannot be read". */
async function inStaging<T>(shown: string, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    throw writeProblem(shown, error);
  }
}

/** The path as given, in words and, where it is not all text, in bytes. */
export function pathDetail(asGiven: Buffer): { readonly path: string; readonly pathBytes?: string } {
  const { text, bytes } = nameOf(asGiven);
  return { path: text, ...(bytes === undefined ? {} : { pathBytes: bytes }) };
}

/** One above the last that was given: a number is never given twice, whatever became of its exhibit. */
function nextExhibitId(target: Case): string {
  const last = target.custody.entries().findLast(({ action }) => action === 'exhibit.added')?.subject ?? 'E000';
  return `E${String(Number(last.slice(1)) + 1).padStart(3, '0')}`;
}

/** Refuses a file that cannot fit instead of filling the disk with the beginning of it. */
async function requireSpace(folder: string, sizeBytes: number, shown: string): Promise<void> {
  try {
    const { bavail, bsize } = await statfs(folder);
    if (sizeBytes > bavail * bsize) throw new AssayError('disk-full', { path: shown });
  } catch (error) {
    // A file system that does not tell its free space is simply tried.
    if (systemCode(error) === undefined) throw error;
  }
}
