import { lstat } from 'node:fs/promises';
import type { Case } from './case.ts';
import { sha256OfFile } from './recorded-files.ts';

/**
 * Whether an exhibit's copy still is what intake wrote. Throws as {@link Case.exhibit}. Who only shows it may give a memory of digests.
 *
 * FORENSIC: a result names the SHA-256 of what was taken in, so nothing may be measured on other bytes. A copy that has its size,
 * is protected, and that the file system says nobody touched since the custody log recorded it is believed; any other (moved,
 * restored, written to) is hashed each time. Who turns the machine's clock back as well is found out by `assay verify`.
 */
export async function isAsTakenIn(target: Case, id: string, digestOf = sha256OfFile): Promise<boolean> {
  const { sizeBytes, sha256 } = target.exhibit(id);
  const path = target.originalPath(id);
  try {
    const { size, mode, mtimeMs, ctimeMs } = await lstat(path);
    if (size !== sizeBytes) return false;
    const recorded = target.custody
      .entries()
      .find(({ action, subject }) => action === 'exhibit.added' && subject === id);
    const isUntouched = Math.max(mtimeMs, ctimeMs) < Date.parse(recorded?.at ?? '') + 1;
    return ((mode & 0o222) === 0 && isUntouched) || (await digestOf(path)) === sha256;
  } catch {
    return false;
  }
}
