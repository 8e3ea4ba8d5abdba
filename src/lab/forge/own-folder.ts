import { mkdir, mkdtemp, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';

/** Makes files in a folder of their own beside where they will stand, so that what fails leaves nothing behind. */
export async function inOwnFolder<T>(outPath: string, make: (folder: string) => Promise<T>): Promise<T> {
  const target = dirname(resolve(outPath));
  await mkdir(target, { recursive: true });
  const folder = await mkdtemp(join(target, '.forge-'));
  try {
    return await make(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}
