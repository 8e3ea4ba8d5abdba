import { createHash } from 'node:crypto';
import { mkdtemp, rename, rm, utimes, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { KnownDigests } from '../../../src/case/known-digests.ts';
import { holdsExactly, recordFiles } from '../../../src/case/recorded-files.ts';

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex');

describe('KnownDigests', () => {
  let folder: string;
  let path: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-digests-'));
    path = join(folder, 'a.bin');
    await writeFile(path, 'one');
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it('gives the digest, and gives it again without reading while the file stays what it was', async () => {
    const digests = new KnownDigests();
    const first = digests.of(path);
    expect(await first).toBe(digestOf('one'));
    expect(await digests.of(path)).toBe(digestOf('one'));
    const files = await recordFiles(folder);
    let asked = 0;
    const counting = async (file: string): Promise<string> => {
      asked += 1;
      return digests.of(file);
    };
    expect(await holdsExactly(folder, files, counting)).toBe(true);
    expect(asked).toBe(1);
  });

  it('hashes anew what was written over, also with the same length and the time of change set back', async () => {
    const digests = new KnownDigests();
    const at = new Date(1_700_000_000_000);
    await utimes(path, at, at);
    expect(await digests.of(path)).toBe(digestOf('one'));
    await new Promise((resolve) => setTimeout(resolve, 20));
    await writeFile(path, 'two');
    await utimes(path, at, at);
    expect(await digests.of(path)).toBe(digestOf('two'));
  });

  it('hashes anew what was replaced by another file', async () => {
    const digests = new KnownDigests();
    await digests.of(path);
    await writeFile(join(folder, 'b.bin'), 'six');
    await rename(join(folder, 'b.bin'), path);
    expect(await digests.of(path)).toBe(digestOf('six'));
  });

  it('says that a file is not there, and finds it when it comes', async () => {
    const digests = new KnownDigests();
    await expect(digests.of(join(folder, 'none'))).rejects.toMatchObject({ code: 'file-not-found' });
    await writeFile(join(folder, 'none'), 'now');
    expect(await digests.of(join(folder, 'none'))).toBe(digestOf('now'));
  });

  it('forgets what lies below a folder', async () => {
    const digests = new KnownDigests();
    await digests.of(path);
    digests.forget(folder);
    expect(await digests.of(path)).toBe(digestOf('one'));
  });
});
