import { mkdtemp, readdir, readFile, rm, stat, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  giveFinalName,
  isUnfinishedName,
  unfinishedName,
  writeFileAtomically,
} from '../../../src/case/durable-file.ts';
import { mkdir } from 'node:fs/promises';

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-durable-'));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('writeFileAtomically', () => {
  it('replaces the content and leaves nothing else behind', async () => {
    const path = join(folder, 'case.json');
    await writeFileAtomically(path, 'old');
    await writeFileAtomically(path, 'new', { mode: 0o600 });
    expect(await readFile(path, 'utf8')).toBe('new');
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await readdir(folder)).toEqual(['case.json']);
  });

  it('never writes through a link that was planted under the temporary name', async () => {
    const victim = join(folder, 'victim');
    await writeFile(victim, 'untouched');
    await symlink(victim, join(folder, unfinishedName('case.json')));
    await writeFileAtomically(join(folder, 'case.json'), 'content');
    expect(await readFile(victim, 'utf8')).toBe('untouched');
    expect(await readFile(join(folder, 'case.json'), 'utf8')).toBe('content');
  });

  it('leaves the old content and no temporary file when the new one cannot take its place', async () => {
    await mkdir(join(folder, 'case.json'));
    await expect(writeFileAtomically(join(folder, 'case.json'), 'content')).rejects.toThrow(/EISDIR|EEXIST|ENOTEMPTY/);
    expect(await readdir(folder)).toEqual(['case.json']);
  });
});

describe('unfinished names', () => {
  it('are told from finished ones', () => {
    expect(isUnfinishedName(unfinishedName('E001'))).toBe(true);
    expect(['E001', '.hidden', 'a.part', '..part', '.part'].map(isUnfinishedName)).toEqual(Array(5).fill(false));
  });

  it('give way to the final name, also where an older folder has it', async () => {
    await mkdir(join(folder, 'E001'));
    await writeFile(join(folder, 'E001', 'old'), '');
    await mkdir(join(folder, unfinishedName('E001')));
    await writeFile(join(folder, unfinishedName('E001'), 'new'), '');
    await giveFinalName(join(folder, 'E001'));
    expect(await readdir(folder)).toEqual(['E001']);
    expect(await readdir(join(folder, 'E001'))).toEqual(['new']);
  });
});
