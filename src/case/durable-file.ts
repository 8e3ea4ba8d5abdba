import { constants } from 'node:fs';
import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeProblem } from './file-problem.ts';

/*
 * Not in base: base runs anywhere, a browser page too, and this is about one disk. Rooms above case import it from here.
 */

/**
 * The name under which something unfinished lies beside its final place: `.<name>.part`. Whoever finds one after a
 * kill knows that nothing finished depends on it.
 */
export function unfinishedName(name: string): string {
  return `.${name}.part`;
}

/** True for what {@link unfinishedName} makes. */
export function isUnfinishedName(name: string): boolean {
  return name.length > 6 && name.startsWith('.') && name.endsWith('.part');
}

/**
 * Writes a small file so that a kill or a power cut leaves either the old content or the new one, never a mixture:
 * temporary name, fsync, rename, fsync of the folder. One writer at a time per path; the caller sees to that.
 * `flush: false` leaves out the two fsyncs, for what may be lost but not mixed up. Leaves no temporary file behind when
 * it fails. Throws the file system's own error.
 */
export async function writeFileAtomically(
  path: string,
  content: string | Uint8Array,
  options: { readonly mode?: number; readonly flush?: boolean } = {},
): Promise<void> {
  const flush = options.flush ?? true;
  const unfinished = join(dirname(path), unfinishedName(basename(path)));
  // SECURITY: removed first and then created anew, so that a link planted under this name is never written through.
  await rm(unfinished, { recursive: true, force: true });
  try {
    const handle = await open(unfinished, 'wx', options.mode ?? 0o644);
    try {
      await handle.writeFile(content);
      if (flush) await handle.sync();
    } finally {
      await handle.close();
    }
    await rename(unfinished, path);
  } catch (error) {
    await rm(unfinished, { force: true }).catch(() => undefined);
    throw error;
  }
  if (flush) await syncFolder(dirname(path));
}

/** Renames the folder `.<name>.part` to `<name>`, in the place of what is there. Throws AssayError as {@link writeProblem}. */
export async function giveFinalName(final: string): Promise<void> {
  try {
    await rm(final, { recursive: true, force: true });
    await rename(join(dirname(final), unfinishedName(basename(final))), final);
    await syncFolder(dirname(final));
  } catch (error) {
    throw writeProblem(final, error);
  }
}

/** Makes names that were created, renamed or removed in a folder outlive a power cut. A no-op where a folder cannot be opened (Windows). */
export async function syncFolder(folder: string): Promise<void> {
  let handle;
  try {
    handle = await open(folder, constants.O_RDONLY);
  } catch (error) {
    if (process.platform === 'win32') return;
    throw error;
  }
  try {
    await handle.sync();
  } catch (error) {
    // Some network and FUSE file systems refuse to sync a folder; there is nothing more that can be done for it there.
    if (!['EINVAL', 'ENOTSUP', 'EISDIR', 'EPERM'].includes((error as NodeJS.ErrnoException).code ?? '')) throw error;
  } finally {
    await handle.close();
  }
}
