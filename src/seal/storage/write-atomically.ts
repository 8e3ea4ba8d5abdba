import { open, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { writeError } from './file-error.ts';

/**
 * Writes a file so that whoever looks, at whatever moment, sees the old one or the whole new one: written to a
 * neighbour, flushed to the disk, renamed, and the folder flushed too.
 *
 * @throws AssayError `file-not-writable`
 */
export async function writeAtomically(path: string, content: Uint8Array | string, mode = 0o644): Promise<void> {
  const neighbour = temporaryName(path);
  try {
    // SECURITY: what lies at the neighbour's name, a link somebody planted too, is taken away and never written through.
    await rm(neighbour, { force: true });
    const file = await open(neighbour, 'wx', mode);
    try {
      await file.writeFile(content);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(neighbour, path);
    await flushFolder(dirname(path));
  } catch (error) {
    await rm(neighbour, { force: true }).catch(() => undefined);
    throw writeError(error, path);
  }
}

/** Name of the neighbour that {@link writeAtomically} writes first: always the same, so that a killed run leaves one at most. */
export function temporaryName(path: string): string {
  return join(dirname(path), `.${basename(path)}.part`);
}

/** Makes renames in a folder last through a power cut. Where a system cannot flush folders (Windows), it does nothing. */
export async function flushFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
