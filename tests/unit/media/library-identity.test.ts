import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import sharp from 'sharp';
import { describe, expect, it } from 'vitest';
import { exifrIdentity, sharpIdentity } from '../../../src/media/library-identity.ts';

const require = createRequire(import.meta.url);

describe('library identity', () => {
  it('names sharp with every codec that can change a sample, and the digest of its native library', async () => {
    const identity = await sharpIdentity();
    expect(identity.version).toContain(sharp.versions.sharp);
    expect(identity.version).toContain(`vips ${sharp.versions.vips}`);
    expect(identity.version).toContain(`mozjpeg ${sharp.versions.mozjpeg ?? '?'}`);
    expect(identity.sha256).toMatch(/^[0-9a-f]{64}$/);
    expect(await sharpIdentity()).toEqual(identity);
  });

  it('tells the same versions that the loaded library tells of itself', async () => {
    const { version } = await sharpIdentity();
    const told = [...(/\((.*)\)$/.exec(version)?.[1] ?? '').matchAll(/([a-z-]+) ([^,]+)/g)];
    expect(told.length).toBeGreaterThan(5);
    expect(told.map(([, codec, of]) => [codec, of])).toEqual(
      told.map(([, codec = '']) => [codec, (sharp.versions as Record<string, string | undefined>)[codec]]),
    );
  });

  it('names exifr with the digest of the very file that is loaded', async () => {
    const bytes = await readFile(require.resolve('exifr'));
    expect(await exifrIdentity()).toMatchObject({
      name: 'exifr',
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });
});
