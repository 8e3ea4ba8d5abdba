import { mkdir, readdir, readFile, stat, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { temporaryName, writeAtomically } from '../../../../src/seal/storage/write-atomically.ts';
import { temporaryFolder } from '../fixtures.ts';

describe('writeAtomically', () => {
  it('writes and replaces, with the mode asked for, and leaves no neighbour', async () => {
    const folder = await temporaryFolder();
    const path = join(folder, 'file');
    await writeAtomically(path, 'one', 0o600);
    await writeAtomically(path, Buffer.from('two'), 0o600);
    expect(await readFile(path, 'utf8')).toBe('two');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['file']);
  });

  it('takes away what a killed run left, and does not write through a planted link', async () => {
    const folder = await temporaryFolder();
    const victim = join(folder, 'victim');
    await writeFile(victim, 'untouched');
    await symlink(victim, temporaryName(join(folder, 'file')));
    await writeAtomically(join(folder, 'file'), 'new');
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect(await readFile(join(folder, 'file'), 'utf8')).toBe('new');
  });

  it('says what cannot be written and leaves nothing', async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, 'occupied', 'by a folder'), { recursive: true });
    for (const path of [join(folder, 'nowhere', 'file'), join(folder, 'occupied')])
      await expect(writeAtomically(path, 'x')).rejects.toMatchObject({ code: 'file-not-writable', details: { path } });
    expect(await readdir(folder)).toEqual(['occupied']);
  });
});
