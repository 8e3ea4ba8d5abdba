import { createHash } from 'node:crypto';
import { chmod, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Case } from '../../../src/case/case.ts';
import { isAsTakenIn } from '../../../src/case/is-as-taken-in.ts';

const bytes = 'the bytes that were taken in';
const sha256 = createHash('sha256').update(bytes).digest('hex');

describe("an exhibit's copy", () => {
  let folder: string;
  let path: string;
  let at: string;

  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-taken-in-'));
    path = join(folder, 'original.bin');
    await put(bytes);
    // The file system's clock may be some milliseconds behind.
    await sleep(20);
    at = new Date().toISOString();
    await sleep(20);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  const put = async (text: string): Promise<void> => {
    await rm(path, { force: true });
    await writeFile(path, text);
    await chmod(path, 0o444);
  };
  const check = (record = { sizeBytes: bytes.length, sha256 }): Promise<boolean> =>
    isAsTakenIn(
      {
        exhibit: () => record,
        originalPath: () => path,
        custody: { entries: () => [{ action: 'exhibit.added', subject: 'E001', at }] },
      } as unknown as Case,
      'E001',
    );

  it('is believed as it lies there since it was recorded, without reading it', async () => {
    expect(await check({ sizeBytes: bytes.length, sha256: 'of other bytes' })).toBe(true);
  });

  it('is told when its bytes were changed, and its length kept', async () => {
    await put(bytes.toUpperCase());
    expect(await check()).toBe(false);
  });

  it('is read where it was touched since, and still is what it was', async () => {
    await put(bytes);
    expect(await check()).toBe(true);
  });

  it('is read where nothing protects it', async () => {
    at = new Date(Date.now() + 60_000).toISOString();
    await chmod(path, 0o644);
    expect(await check({ sizeBytes: bytes.length, sha256: 'of other bytes' })).toBe(false);
  });

  it('is told when it is shorter or missing', async () => {
    expect(await check({ sizeBytes: bytes.length + 1, sha256 })).toBe(false);
    await rm(path, { force: true });
    expect(await check()).toBe(false);
  });
});
