import { mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { FrameStores } from '../../../src/workbench/frames/frame-stores.ts';
import { FrameTimeIndex } from '../../../src/workbench/frames/frame-time-index.ts';
import { makeMedia } from '../../support/make-media.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-stores-'));
const at = (name: string): string => join(folder, name);

beforeAll(async () => {
  const source = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=8,noise=alls=8'];
  const h264 = ['-c:v', 'libx264', '-preset', 'veryfast', '-bf', '3', '-g', '50', '-pix_fmt', 'yuv420p'];
  await makeMedia([...source, ...h264, at('clip.mp4')]);
  await makeMedia(['-i', at('clip.mp4'), '-c', 'copy', '-bsf:v', 'h264_mp4toannexb', at('stream.ts')]);
});
afterAll(() => rmSync(folder, { recursive: true }));

/** Programs that work in this test's folder. */
const running = (): string[] =>
  readdirSync('/proc').filter((pid) => {
    try {
      return /^\d+$/.test(pid) && readFileSync(`/proc/${pid}/cmdline`, 'utf8').includes(`--chdir\0${folder}\0`);
    } catch {
      return false;
    }
  });

const until = async (isSo: () => boolean): Promise<boolean> => {
  for (let i = 0; i < 150; i++) {
    // Asked once: a process that is being ended is there, and the next moment it is not.
    if (isSo()) return true;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
  return false;
};

describe('FrameStores', () => {
  it('gets ready for the first look, and leaves nothing running when the case closes', async () => {
    const media = await openMedia(at('clip.mp4'));
    const stores = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
    try {
      await stores.getReady('/case E001', media);
      expect(await until(() => running().length > 0)).toBe(true);
      const { store } = await stores.of('/case E001', media, 0, 80, 60);
      expect((await store.get(60, true))?.width).toBe(80);
      await stores.close('/another ');
      expect(await until(() => running().length > 0)).toBe(true);
      await stores.close('/case ');
      expect(await until(() => running().length === 0)).toBe(true);
      // What was about to be started is not started any more.
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(running()).toEqual([]);
    } finally {
      await media.close();
    }
  });

  it('starts nothing for a case that was closed while it got ready', async () => {
    const media = await openMedia(at('clip.mp4'));
    const stores = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
    try {
      const ready = stores.getReady('/case E001', media);
      await stores.close('/case ');
      await ready;
      await new Promise((resolve) => setTimeout(resolve, 300));
      expect(running()).toEqual([]);
    } finally {
      await media.close();
    }
  });

  it('goes on from where a run was held up, frame by frame, and ends what is held when the case closes', async () => {
    const media = await openMedia(at('clip.mp4'));
    const stores = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
    try {
      const { store, times } = await stores.of('/case E001', media, 0, 80, 0);
      for (let index = 0; index < 120; index++) expect((await store.get(index))?.pts).toBe(times.pts[index]);
      await stores.close('/case ');
      expect(await until(() => running().length === 0)).toBe(true);
    } finally {
      await media.close();
    }
  });

  for (const name of ['clip.mp4', 'stream.ts'])
    it(`makes the small picture of ${name} and the large one in one run, each as it is made alone`, async () => {
      const media = await openMedia(at(name));
      const alone = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
      const stores = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
      try {
        for (const index of [40, 149]) {
          const { store } = await stores.of('/case E001', media, 0, 120, index);
          const sketch = await store.sketch(index, 48);
          expect(sketch).toEqual(await (await alone.of('/case E001', media, 0, 48, index)).store.get(index, true));
          expect(await until(() => store.has(index))).toBe(true);
          const large = await store.get(index);
          expect(large).toEqual(await (await alone.of('/case E001', media, 0, 120, index)).store.get(index, true));
          expect(large?.hash).toBe(sketch?.hash);
        }
      } finally {
        await stores.close('');
        await alone.close('');
        await media.close();
      }
    });

  it('shows every frame of a transport stream, which is entered between key frames', async () => {
    const media = await openMedia(at('stream.ts'));
    const stores = new FrameStores(testToolbox, new FrameTimeIndex(testToolbox));
    try {
      for (const index of [2, 60, 99, 100, 149, 180]) {
        const { store, times } = await stores.of('/case E001', media, 0, 80, index);
        expect((await store.get(index, true))?.pts).toBe(times.pts[index]);
      }
    } finally {
      await stores.close('');
      await media.close();
    }
  });
});
