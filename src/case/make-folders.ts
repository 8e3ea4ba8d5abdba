import { mkdir } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { systemCode } from './file-problem.ts';

/**
 * Makes a folder and those above it that are missing. Node's own `recursive` goes round for ever where a file system says
 * "no such file" to the making itself, as /proc does; this goes up at most once. Throws the system's error.
 */
export async function makeFolders(path: string): Promise<void> {
  const folder = resolve(path);
  try {
    await mkdir(folder);
  } catch (error) {
    if (systemCode(error) === 'EEXIST') return;
    if (systemCode(error) !== 'ENOENT' || dirname(folder) === folder) throw error;
    await makeFolders(dirname(folder));
    await mkdir(folder).catch((again: unknown) => {
      if (systemCode(again) !== 'EEXIST') throw again;
    });
  }
}
