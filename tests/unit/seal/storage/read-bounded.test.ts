import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readBounded } from '../../../../src/seal/storage/read-bounded.ts';
import { temporaryFolder } from '../fixtures.ts';

describe('readBounded', () => {
  it('reads a file up to its bound and not a byte more', async () => {
    const path = join(await temporaryFolder(), 'file');
    await writeFile(path, 'four');
    expect(await readBounded(path, 4)).toEqual(Buffer.from('four'));
    expect(await readBounded(path, 3)).toBe('too-large');
  });

  it('says why it did not read, and waits for nothing', async () => {
    const folder = await temporaryFolder();
    await writeFile(join(folder, 'file'), 'x');
    await symlink(join(folder, 'file'), join(folder, 'link'));
    await mkdir(join(folder, 'folder'));
    execFileSync('mkfifo', [join(folder, 'pipe')]);
    const read = (name: string): Promise<unknown> => readBounded(join(folder, name), 10);
    expect(await read('nothing')).toBe('missing');
    expect(await read('link')).toBe('not-a-file');
    expect(await read('folder')).toBe('not-a-file');
    expect(await read('pipe')).toBe('not-a-file');
  });
});
