import { AssayError } from '../base/errors.ts';
import { isAgeFile, openAgeSource } from './age/age-source.ts';
import { fileSource, type ByteSource } from './byte-source.ts';

export interface OpenedBundle {
  readonly source: ByteSource;
  readonly encrypted: boolean;
}

/**
 * Opens a bundle's file, and what is encrypted in it.
 *
 * @param secrets age secrets of this machine's identities; asked for only where the file is encrypted
 * @throws AssayError `file-not-found`, `file-not-readable`, `bundle-not-for-us`, `bundle-unreadable`, and what `secrets` throws
 */
export async function openBundle(path: string, secrets: () => Promise<readonly string[]>): Promise<OpenedBundle> {
  const file = await fileSource(path);
  try {
    if (!(await isAgeFile(file))) return { source: file, encrypted: false };
    for (const secret of await secrets()) {
      try {
        return { source: await openAgeSource(file, secret, path), encrypted: true };
      } catch (error) {
        if (!(error instanceof AssayError) || error.code !== 'bundle-not-for-us') throw error;
      }
    }
    throw new AssayError('bundle-not-for-us', { path });
  } catch (error) {
    await file.close();
    throw error;
  }
}

/** True for a file that begins as a bundle does: a zip archive, or one that age encrypted. */
export async function looksLikeBundle(path: string): Promise<boolean> {
  const file = await fileSource(path).catch(() => undefined);
  if (file === undefined) return false;
  try {
    return (await isAgeFile(file)) || (await file.read(0, 4)).toString('latin1') === 'PK\u0003\u0004';
  } finally {
    await file.close();
  }
}
