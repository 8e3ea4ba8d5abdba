import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrameTimeIndex } from '../../../src/workbench/frames/frame-time-index.ts';
import { makeMedia } from '../../support/make-media.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-times-'));
const clip = join(folder, 'clip.mp4');

beforeAll(async () => {
  await makeMedia([
    ...['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=25:duration=80', '-f', 'lavfi', '-i', 'sine=duration=80'],
    ...['-c:v', 'libx264', '-preset', 'ultrafast', '-bf', '3', '-pix_fmt', 'yuv420p', '-c:a', 'aac', clip],
  ]);
});
afterAll(() => rmSync(folder, { recursive: true }));

describe('FrameTimeIndex', () => {
  it('knows the beginning as the whole index has it, and all of it once that is read', async () => {
    const media = await openMedia(clip);
    try {
      let tell = (): void => undefined;
      const told = new Promise<void>((resolve) => (tell = resolve));
      // The index of hours, told late.
      const slow = { ...media, packets: () => told.then(() => media.packets()) };
      const times = new FrameTimeIndex(testToolbox, 0);
      const soon = await times.soon(slow, 0);
      expect(soon.isWhole).toBe(false);
      expect(times.isWhole(slow)).toBe(false);
      expect(soon.pts.length).toBeGreaterThan(300);
      tell();
      const all = await times.whole(slow, 0);
      expect(all.pts).toHaveLength(2000);
      expect(soon.pts).toEqual(all.pts.slice(0, soon.pts.length));
      expect(soon.key).toEqual(all.key.slice(0, soon.key.length));
      expect(await times.soon(slow, 0)).toMatchObject({ isWhole: true });
    } finally {
      await media.close();
    }
  });
});
