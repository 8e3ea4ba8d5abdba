import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { silent } from '../base/progress.ts';
import { walkFolder } from '../seal/manifest/walk-folder.ts';
import { readBounded } from '../seal/storage/read-bounded.ts';
import { bagFiles } from './bag/bag-files.ts';
import { measureFile, type Measured } from './bag/measure-file.ts';
import { bundleCheck } from './bundle-check.ts';
import { checkBag, mostTagBytes, type CheckedBag } from './check-bag.ts';
import type { VerifyBundleOptions } from './verify-bundle.ts';

/** True for a folder that holds a bag, as unpacking a bundle makes it. */
export async function isUnpackedBundle(folder: string): Promise<boolean> {
  for (const name of [bagFiles.declaration, bagFiles.record])
    if (
      !(await lstat(join(folder, name)).then(
        (stats) => stats.isFile(),
        () => false,
      ))
    )
      return false;
  return true;
}

/**
 * Verifies a bundle that somebody unpacked: everything that {@link verifyBundle} checks but the archive's own form, which is
 * gone. Links and special files are never opened.
 *
 * @throws AssayError `file-not-readable`, `cancelled`
 */
export async function verifyUnpacked(folder: string, options: VerifyBundleOptions = {}): Promise<CheckedBag> {
  const { progress = silent, signal = new AbortController().signal, enoughToRefuse: _all, ...trust } = options;
  const found = await walkFolder(folder, () => false);
  const strange = found.filter(({ kind }) => kind !== 'file');
  const paths = found.flatMap(({ kind, path }) => (kind === 'file' ? [path] : []));
  const sizes = await Promise.all(paths.map(async (path) => (await lstat(join(folder, path))).size));
  const total = sizes.reduce((sum, size) => sum + size, 0);
  let done = 0;
  const files: (Measured & { readonly path: string })[] = [];
  for (const path of paths) {
    if (signal.aborted) throw new AssayError('cancelled', { what: 'bundle' });
    const advance = (bytes: number): void => {
      done += bytes;
      progress({ stage: 'verify', subject: path, done: Math.min(done, total), total, unit: 'bytes' });
    };
    files.push(await measureFile({ path, from: join(folder, path) }, advance, signal));
  }
  const text = async (path: string): Promise<Buffer | undefined> => {
    const bytes = await readBounded(join(folder, path), mostTagBytes);
    return typeof bytes === 'string' ? undefined : bytes;
  };
  const bag = await checkBag(files, text, undefined, trust);
  const links = strange.map(({ path, kind }) => bundleCheck('zip-link', false, path, { type: kind }));
  return { ...bag, checks: [...links, ...bag.checks] };
}
