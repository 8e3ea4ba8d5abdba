import { execFileSync } from 'node:child_process';
import { mkdir, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { ProgressEvent } from '../../../../src/base/progress.ts';
import { buildManifest } from '../../../../src/seal/manifest/build-manifest.ts';
import { temporaryFolder } from '../fixtures.ts';

async function folderWith(...paths: readonly string[]): Promise<string> {
  const folder = await temporaryFolder();
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), path);
  }
  return folder;
}

const namesOf = (manifest: string): readonly string[] =>
  manifest
    .split('\n')
    .slice(0, -1)
    .map((line) => line.replace(/^\\?[0-9a-f]{64} {2}/, ''));

describe('buildManifest', () => {
  it('lists every file at every depth, sorted by the bytes of its path', async () => {
    // U+FF5E stands before U+1F600 in UTF-8 and behind it in UTF-16.
    const folder = await folderWith('b', 'a/z', 'a.txt', 'B', 'é', '\u{1F600}', '\uFF5E', '.hidden');
    expect(namesOf(await buildManifest(folder))).toEqual([
      '.hidden',
      'B',
      'a.txt',
      'a/z',
      'b',
      'é',
      '\uFF5E',
      '\u{1F600}',
    ]);
  });

  it('is the same text each time, and empty for an empty folder', async () => {
    const folder = await folderWith('x', 'y/x');
    expect(await buildManifest(folder)).toBe(await buildManifest(folder));
    expect(await buildManifest(await temporaryFolder())).toBe('');
  });

  it('leaves out what is excluded, folders with all that is in them', async () => {
    const folder = await folderWith('keep', 'lock', 'tmp/a', 'tmp/b/c');
    const exclude = (path: string): boolean => path === 'lock' || path === 'tmp';
    expect(namesOf(await buildManifest(folder, { exclude }))).toEqual(['keep']);
  });

  it('refuses a symbolic link, to a file or to a folder, and a pipe', async () => {
    for (const make of [
      (path: string) => symlink('/etc/hostname', path),
      (path: string) => symlink('/etc', path),
      async (path: string) => void execFileSync('mkfifo', [path]),
    ]) {
      const folder = await folderWith('x');
      await make(join(folder, 'odd'));
      await expect(buildManifest(folder)).rejects.toMatchObject({ code: 'unsealable-entry', details: { path: 'odd' } });
    }
  });

  it('refuses a name that is not UTF-8', async () => {
    const folder = await temporaryFolder();
    await writeFile(Buffer.concat([Buffer.from(`${folder}/`), Buffer.from([0x66, 0xff])]), 'x');
    await expect(buildManifest(folder)).rejects.toMatchObject({
      code: 'unsealable-entry',
      details: { path: 'f\uFFFD', kind: 'unnameable' },
    });
  });

  it('says which folder is not there', async () => {
    const folder = join(await temporaryFolder(), 'nowhere');
    await expect(buildManifest(folder)).rejects.toMatchObject({ code: 'file-not-found' });
  });

  it('reports each file and stops when it is cancelled', async () => {
    const folder = await folderWith('a', 'b', 'c');
    const events: ProgressEvent[] = [];
    const cancel = new AbortController();
    const progress = (event: ProgressEvent): void => {
      events.push(event);
      if (event.done === 2) cancel.abort();
    };
    await expect(buildManifest(folder, { progress, signal: cancel.signal })).rejects.toMatchObject({
      code: 'cancelled',
    });
    expect(events.map(({ subject, done, total }) => `${subject ?? ''} ${done}/${total ?? 0}`)).toEqual([
      'a 1/3',
      'b 2/3',
    ]);
  });
});
