import { isUtf8 } from 'node:buffer';
import { readdir } from 'node:fs/promises';
import { systemCode } from '../file-problem.ts';
import { below } from '../intake/case-path.ts';

/** One thing that lies below the case folder. */
export interface Lying {
  /** Below the case folder, with `/`; bytes that are not UTF-8 shown as U+FFFD. */
  readonly path: string;
  readonly kind: 'file' | 'folder' | 'other' | 'unreadable-folder';
}

/** Everything below a folder, sorted by path. Links are not followed: they are `other`. */
export async function listFiles(folder: string): Promise<readonly Lying[]> {
  const found: Lying[] = [];
  const waiting: { readonly bytes: Buffer; readonly path: string }[] = [{ bytes: Buffer.from(folder), path: '' }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const { bytes, path } = next;
    let entries;
    try {
      entries = await readdir(bytes, { withFileTypes: true, encoding: 'buffer' });
    } catch (error) {
      if (systemCode(error) === undefined) throw error;
      found.push({ path, kind: 'unreadable-folder' });
      continue;
    }
    for (const entry of entries) {
      const text = entry.name.toString('utf8');
      const here = path === '' ? text : `${path}/${text}`;
      // A name that is not UTF-8 is none that Assay gave: it must not be taken for the one that it reads like.
      if (!isUtf8(entry.name)) found.push({ path: here, kind: 'other' });
      else if (entry.isDirectory()) {
        found.push({ path: here, kind: 'folder' });
        waiting.push({ bytes: below(bytes, entry.name), path: here });
      } else found.push({ path: here, kind: entry.isFile() ? 'file' : 'other' });
    }
  }
  return found.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}
