import { createHash } from 'node:crypto';
import { open, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { RecordedFiles } from './custody/custody-action.ts';
import { readProblem } from './file-problem.ts';

/**
 * Every file below a folder, by its path there (with `/`), with its SHA-256. Sorted by path.
 *
 * @throws AssayError `defect` for anything that is neither file nor folder, `file-not-readable`, `file-not-found`
 */
export async function recordFiles(folder: string, sha256 = sha256OfFile): Promise<RecordedFiles> {
  const files: RecordedFiles = {};
  for (const path of (await filesBelow(folder, '')).sort()) files[path] = await sha256(join(folder, path));
  return files;
}

async function filesBelow(folder: string, prefix: string): Promise<string[]> {
  const found: string[] = [];
  for (const entry of await readdir(folder, { withFileTypes: true })) {
    const path = `${prefix}${entry.name}`;
    if (entry.isDirectory()) found.push(...(await filesBelow(join(folder, entry.name), `${path}/`)));
    else if (entry.isFile()) found.push(path);
    else throw new AssayError('defect', { what: `${path} is neither file nor folder` });
  }
  return found;
}

/** SHA-256 of a file, read in pieces of 1 MiB. Throws AssayError `file-not-readable`, `file-not-found`. */
export async function sha256OfFile(path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    const handle = await open(path, 'r');
    try {
      const piece = Buffer.allocUnsafe(1 << 20);
      for (;;) {
        const { bytesRead } = await handle.read(piece, 0, piece.length, null);
        if (bytesRead === 0) return hash.digest('hex');
        hash.update(piece.subarray(0, bytesRead));
      }
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw readProblem(path, error);
  }
}

/** True when a folder holds exactly these files with exactly these bytes. */
export async function holdsExactly(folder: string, files: RecordedFiles, sha256 = sha256OfFile): Promise<boolean> {
  try {
    const there = await recordFiles(folder, sha256);
    const names = Object.keys(there);
    return names.length === Object.keys(files).length && names.every((name) => there[name] === files[name]);
  } catch (error) {
    if (error instanceof AssayError) return false;
    throw error;
  }
}
