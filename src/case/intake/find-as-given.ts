import { lstat, readdir } from 'node:fs/promises';
import { systemCode } from '../file-problem.ts';
import { below, pathBytes, type CasePath } from './case-path.ts';

/**
 * The path that a person meant. A command line reaches us as text in which every byte that is not UTF-8 has become
 * U+FFFD; where such a path does not exist, each of its components is looked for among the names that read the same.
 * Returns the path unchanged where it exists, holds no U+FFFD, or where none or several names fit.
 */
export async function findAsGiven(path: CasePath): Promise<Buffer> {
  const given = pathBytes(path);
  if (typeof path !== 'string' || !path.includes('\ufffd') || (await exists(given))) return given;
  const parts = path.split('/');
  let found: Buffer = Buffer.from(path.startsWith('/') ? '/' : '.');
  for (const part of parts) {
    if (part === '') continue;
    const exact = below(found, Buffer.from(part));
    if (await exists(exact)) {
      found = exact;
      continue;
    }
    const fitting = (await namesIn(found)).filter((name) => name.toString('utf8') === part);
    const [only] = fitting;
    if (only === undefined || fitting.length > 1) return given;
    found = below(found, only);
  }
  return found;
}

async function namesIn(folder: Buffer): Promise<Buffer[]> {
  try {
    return await readdir(folder, { encoding: 'buffer' });
  } catch {
    return [];
  }
}

async function exists(path: Buffer): Promise<boolean> {
  try {
    await lstat(path);
    return true;
  } catch (error) {
    return systemCode(error) !== 'ENOENT';
  }
}
