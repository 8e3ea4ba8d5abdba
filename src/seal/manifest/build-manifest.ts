import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { silent } from '../../base/progress.ts';
import { hashFile } from './hash-file.ts';
import { formatManifestLine } from './manifest-line.ts';
import type { ManifestOptions } from './manifest.ts';
import { walkFolder } from './walk-folder.ts';

/**
 * The text of `manifest-sha256.txt` for everything below a folder, as `sha256sum` would print it: sorted bytewise, LF,
 * relative paths with forward slashes. Same files, same bytes. The text is empty for an empty folder.
 *
 * @throws AssayError `unsealable-entry` for a link, a device or a name that is not UTF-8; `file-not-found`,
 *   `file-not-readable`, `cancelled`
 */
export async function buildManifest(folder: string, options: ManifestOptions = {}): Promise<string> {
  const { exclude = () => false, signal, progress = silent } = options;
  const entries = await walkFolder(folder, exclude);
  const unsealable = entries.find(({ kind }) => kind !== 'file');
  if (unsealable) throw new AssayError('unsealable-entry', { path: unsealable.path, kind: unsealable.kind });
  const lines: string[] = [];
  for (const [index, { path }] of entries.entries()) {
    const { sha256 } = await hashFile(join(folder, path), signal);
    lines.push(`${formatManifestLine({ path, sha256 })}\n`);
    progress({ stage: 'hashing', subject: path, done: index + 1, total: entries.length, unit: 'items' });
  }
  return lines.join('');
}
