import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { AssayError } from '../../base/errors.ts';

/**
 * Makes files in a folder of their own beside where they will stand, so that what fails leaves nothing behind. Throws
 * `file-not-writable` where there may be none.
 */
export async function inOwnFolder<T>(outPath: string, make: (folder: string) => Promise<T>): Promise<T> {
  const target = dirname(resolve(outPath));
  const folder = await newFolder(target).catch((cause: unknown) => {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('file-not-writable', { path: outPath, reason }, { cause });
  });
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function newFolder(target: string): Promise<string> {
  await mkdir(target, { recursive: true });
  return mkdtemp(join(target, '.forge-'));
}
