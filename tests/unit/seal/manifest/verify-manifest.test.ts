import { mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { allPassed } from '../../../../src/base/check.ts';
import { buildManifest } from '../../../../src/seal/manifest/build-manifest.ts';
import { verifyManifest } from '../../../../src/seal/manifest/verify-manifest.ts';
import { failures, flipBit, temporaryFolder } from '../fixtures.ts';

const paths = ['a', 'b/c', 'b/d\ne', 'Ғ'];

async function listedFolder(): Promise<{ folder: string; manifest: string }> {
  const folder = await temporaryFolder();
  for (const path of paths) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), `content of ${path}`);
  }
  return { folder, manifest: await buildManifest(folder) };
}

describe('verifyManifest', () => {
  it('passes for what the manifest was made of, with a check for every file', async () => {
    const { folder, manifest } = await listedFolder();
    const checks = await verifyManifest(folder, manifest);
    expect(allPassed(checks)).toBe(true);
    expect(checks.filter(({ code }) => code === 'file-unchanged').map(({ subject }) => subject)).toEqual(paths);
  });

  it('finds every single turned bit in a file and names the file', async () => {
    const { folder, manifest } = await listedFolder();
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...paths), fc.nat(), async (path, position) => {
        const original = await readFile(join(folder, path));
        await writeFile(join(folder, path), flipBit(original, position % (original.length * 8)));
        const found = failures(await verifyManifest(folder, manifest));
        await writeFile(join(folder, path), original);
        return found.length === 1 && found[0] === `file-unchanged ${path}`;
      }),
      { numRuns: 60 },
    );
  });

  it('finds every turned bit in the manifest, but for the case of hexadecimal letters and the mode mark', async () => {
    const { folder, manifest } = await listedFolder();
    const bytes = Buffer.from(manifest);
    const asWritten = (text: string): string =>
      text.replace(
        /^(\\?)([0-9a-fA-F]{64}) [ *]/gm,
        (_, escapes: string, hash: string) => `${escapes}${hash.toLowerCase()}  `,
      );
    for (let bit = 0; bit < bytes.length * 8; bit += 3) {
      const text = Buffer.from(flipBit(bytes, bit)).toString('utf8');
      const checks = await verifyManifest(folder, text);
      expect(allPassed(checks), `bit ${bit}: ${JSON.stringify(text)}`).toBe(asWritten(text) === manifest);
    }
  });

  it('names a missing file, an added file and a renamed one as both', async () => {
    const { folder, manifest } = await listedFolder();
    await rm(join(folder, 'a'));
    await writeFile(join(folder, 'b', 'new'), 'content of a');
    expect(failures(await verifyManifest(folder, manifest))).toEqual(['file-present a', 'file-listed b/new']);
  });

  it('finds a file replaced by a link to the same content', async () => {
    const { folder, manifest } = await listedFolder();
    const elsewhere = join(await temporaryFolder(), 'a');
    await writeFile(elsewhere, 'content of a');
    await rm(join(folder, 'a'));
    await symlink(elsewhere, join(folder, 'a'));
    expect(failures(await verifyManifest(folder, manifest))).toEqual(['entry-regular a']);
  });

  it('opens nothing outside the folder, whatever the manifest says', async () => {
    const { folder, manifest } = await listedFolder();
    const hostile = `${manifest}${'0'.repeat(64)}  ../../../etc/hostname\n${'0'.repeat(64)}  /etc/hostname\n`;
    const checks = await verifyManifest(folder, hostile);
    expect(failures(checks)).toEqual(['manifest-readable .', 'manifest-readable .']);
    expect(JSON.stringify(checks)).not.toContain('hostname');
  });

  it('does not follow a linked folder to find what is listed below it', async () => {
    const { folder, manifest } = await listedFolder();
    const elsewhere = await temporaryFolder();
    await mkdir(join(elsewhere, 'b'));
    for (const path of ['b/c', 'b/d\ne']) await writeFile(join(elsewhere, path), `content of ${path}`);
    await rm(join(folder, 'b'), { recursive: true });
    await symlink(join(elsewhere, 'b'), join(folder, 'b'));
    expect(failures(await verifyManifest(folder, manifest))).toEqual([
      'file-present b/c',
      'file-present b/d\ne',
      'file-listed b',
      'entry-regular b',
    ]);
  });

  it('does not look at what is excluded', async () => {
    const { folder, manifest } = await listedFolder();
    await writeFile(join(folder, 'lock'), 'x');
    expect(allPassed(await verifyManifest(folder, manifest, { exclude: (path) => path === 'lock' }))).toBe(true);
  });
});
