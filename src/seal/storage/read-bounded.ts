import { open } from 'node:fs/promises';
import { isMissing } from './file-error.ts';
import { readOnlyNoFollow } from './open-flags.ts';

/** Why a file was not read, as a locale key under `seal:reasons`. */
export type NotRead = 'missing' | 'not-a-file' | 'too-large' | 'unreadable';

/**
 * Reads a whole file that a stranger may have made, if it is not larger than `mostBytes`.
 */
export async function readBounded(path: string, mostBytes: number): Promise<Buffer | NotRead> {
  try {
    const file = await open(path, readOnlyNoFollow);
    try {
      const stats = await file.stat();
      if (!stats.isFile()) return 'not-a-file';
      if (stats.size > mostBytes) return 'too-large';
      return await file.readFile();
    } finally {
      await file.close();
    }
  } catch (error) {
    if (isMissing(error)) return 'missing';
    // ELOOP is how O_NOFOLLOW says that there is a link.
    return error instanceof Error && 'code' in error && error.code === 'ELOOP' ? 'not-a-file' : 'unreadable';
  }
}
