import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { sniffPicture } from '../../../src/media/picture-header.ts';
import { ela } from '../../../src/methods/ela/method.ts';
import { sayAll } from '../../integration/methods/say-findings.ts';
import { openMedia, runMethod } from '../../support/run-method.ts';
import { describeWithMedia } from '../shared-media.ts';

describeWithMedia('error-level analysis of real and damaged media', (media) => {
  const folders = ['corrupt', 'odd', 'exif', 'tampered/zero', 'tampered/casia'];
  const files = folders.flatMap((folder) =>
    readdirSync(join(media, folder), { withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.endsWith('.txt'))
      .map(({ name }) => `${folder}/${name}`),
  );

  it('ends on every file, and never compares', async () => {
    const outcomes = new Map<string, number>();
    for (const file of files) {
      const run = await runMethod(ela, join(media, file));
      for (const { outcome } of run.findings) {
        expect(['information', 'abstained'], file).toContain(outcome);
        outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1);
      }
      await sayAll('ela', run);
    }
    expect(outcomes.get('information')).toBeGreaterThan(15);
    expect(outcomes.get('abstained')).toBeGreaterThan(8);
  }, 240_000);

  it('gives its measures as facts for a JPEG alone', async () => {
    for (const file of files.filter((name) => !/\.(?:mp4|mov)$/.test(name))) {
      const source = await openMedia(join(media, file));
      const head = sniffPicture(await source.bytes.read(0, 4096));
      await source.close();
      const run = await runMethod(ela, join(media, file));
      const codes = run.findings.map(({ code }) => code);
      expect(codes.includes('error-levels'), file).toBe(head?.format === 'jpeg');
      expect(codes.includes('no-jpeg-history') && head?.format === 'jpeg', file).toBe(false);
    }
  }, 240_000);

  it('says why a picture cannot be looked at', async () => {
    const reason = async (file: string): Promise<unknown> => (await runMethod(ela, join(media, file))).applicability;
    expect(await reason('exif/IMG_5195.HEIC')).toEqual({ applies: false, reason: 'picture-codec-missing' });
    expect(await reason('odd/reallybig.bmp')).toEqual({ applies: false, reason: 'picture-too-large' });
    expect(await reason('odd/decompression_bomb.gif')).toEqual({ applies: false, reason: 'picture-too-large' });
    expect(await reason('corrupt/broken.png')).toEqual({ applies: false, reason: 'picture-damaged' });
    expect(await reason('odd/lfs-pointer.jpg')).toEqual({ applies: false, reason: 'no-picture' });
    const broken = await runMethod(ela, join(media, 'corrupt/truncated_jpeg.jpg'));
    expect(broken.finding('picture-damaged').details['truncated']).toBe(true);
  });
});
