import type { Dirent } from 'node:fs';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { readError } from '../storage/file-error.ts';
import { compareBytewise } from './manifest.ts';

/** What lies below a folder. `unnameable`: its name is not UTF-8; the path then shows U+FFFD for what cannot be read. */
export interface FolderEntry {
  readonly path: string;
  readonly kind: 'file' | 'link' | 'special' | 'unnameable';
}

/**
 * Everything below a folder except folders themselves, sorted bytewise by path.
 *
 * SECURITY: symbolic links are listed and never followed, so the walk cannot leave the folder.
 *
 * @param exclude leaves out a file, or a folder with all that is in it
 * @throws AssayError `file-not-found`, `file-not-readable`
 */
export async function walkFolder(folder: string, exclude: (path: string) => boolean): Promise<FolderEntry[]> {
  const entries: FolderEntry[] = [];
  const waiting = [''];
  for (let below = waiting.pop(); below !== undefined; below = waiting.pop()) {
    for (const { name, unnameable, dirent } of await list(join(folder, below))) {
      const path = below === '' ? name : `${below}/${name}`;
      if (exclude(path)) continue;
      if (unnameable) entries.push({ path, kind: 'unnameable' });
      else if (dirent.isDirectory()) waiting.push(path);
      else entries.push({ path, kind: kindOf(dirent) });
    }
  }
  return entries.sort((a, b) => compareBytewise(a.path, b.path));
}

function kindOf(dirent: Pick<Dirent, 'isFile' | 'isSymbolicLink'>): FolderEntry['kind'] {
  if (dirent.isFile()) return 'file';
  return dirent.isSymbolicLink() ? 'link' : 'special';
}

interface Listed {
  readonly name: string;
  readonly unnameable: boolean;
  readonly dirent: Pick<Dirent, 'isFile' | 'isDirectory' | 'isSymbolicLink'>;
}

async function list(folder: string): Promise<readonly Listed[]> {
  try {
    const dirents = await readdir(folder, { withFileTypes: true, encoding: 'buffer' });
    return (dirents as unknown as (Omit<Dirent, 'name'> & { name: Buffer })[]).map((dirent) => {
      // FORENSIC: two names that differ in bytes no text can hold must not become one name.
      const name = dirent.name.toString('utf8');
      return { name, unnameable: !Buffer.from(name, 'utf8').equals(dirent.name), dirent };
    });
  } catch (error) {
    throw readError(error, folder);
  }
}
