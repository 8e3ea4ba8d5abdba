import { execFileSync } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openExhibitMedia } from '../../../src/media/open-exhibit-media.ts';
import { createToolbox } from '../../../src/tools/create-toolbox.ts';
import type { ToolRun } from '../../../src/tools/run-tool.ts';
import { makeMedia } from '../../support/make-media.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-open-'));
const file = (name: string): string => join(folder, name);

beforeAll(async () => {
  await makeMedia([
    ...['-f', 'lavfi', '-i', 'testsrc2=size=96x64:rate=25:duration=1', '-f', 'lavfi', '-i', 'sine=duration=1'],
    ...[
      '-c:v',
      'libx264',
      '-g',
      '10',
      '-bf',
      '2',
      '-sc_threshold',
      '0',
      '-pix_fmt',
      'yuv420p',
      '-c:a',
      'aac',
      file('unturned.mp4'),
    ],
  ]);
  await makeMedia(['-i', file('unturned.mp4'), '-c', 'copy', '-metadata:s:v', 'rotate=90', file('clip.mp4')]);
  await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=96x64', '-frames:v', '1', file('still.jpg')]);
  writeFileSync(file('empty.mp4'), '');
  writeFileSync(file('text.mp4'), 'This is no film.\n'.repeat(50));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('openExhibitMedia', () => {
  it('asks each program once, however often and however at once it is asked', async () => {
    const runs: ToolRun[] = [];
    const media = await openMedia(file('clip.mp4'), (run) => void runs.push(run));
    const [first, second] = await Promise.all([
      media.probe(),
      media.probe(),
      media.packets(),
      media.packets(),
      media.mainVideo(),
    ]);
    expect(second).toBe(first);
    await media.probe();
    expect(runs.map(({ program }) => program)).toEqual(['ffprobe', 'ffprobe']);
    await media.close();
  });

  it('says the same of the streams whether packets were asked for or not', async () => {
    const alone = await openMedia(file('clip.mp4'));
    const together = await openMedia(file('clip.mp4'));
    await together.packets();
    expect(await together.probe()).toEqual(await alone.probe());
    await alone.close();
    await together.close();
  });

  it('reads streams, turn, edit and priming', async () => {
    const media = await openMedia(file('clip.mp4'));
    const video = await media.mainVideo();
    expect(video).toMatchObject({
      codec: 'h264',
      width: 96,
      height: 64,
      timeBase: { num: 1, den: 12800 },
    });
    expect(video?.sideData[0]).toMatchObject({ side_data_type: 'Display Matrix' });
    const packets = await media.packets();
    if (packets.status !== 'ok') throw new Error(packets.reason);
    const sound = packets.value.streams.find(({ stream }) => stream === 1);
    expect(sound?.skipSamples.get(0)).toEqual({ start: 1024, end: 0 });
    expect((sound?.flags[0] ?? 0) & 2).toBe(2);
    expect(packets.value.streams.map(({ count }) => count)).toEqual([25, 45]);
    await media.close();
  });

  it('turns a picture as a player does', async () => {
    const pixels = (args: readonly string[]): string =>
      execFileSync('ffmpeg', ['-v', 'error', ...args, '-frames:v', '1', '-f', 'framehash', '-'])
        .toString()
        .split('\n')
        .slice(-2)
        .join('');
    for (const rotate of ['90', '270', '180']) {
      await makeMedia([
        '-i',
        file('unturned.mp4'),
        '-c',
        'copy',
        '-metadata:s:v',
        `rotate=${rotate}`,
        file('turned.mp4'),
      ]);
      const media = await openMedia(file('turned.mp4'));
      const turns: Record<number, string> = { 90: 'transpose=clock', 180: 'hflip,vflip', 270: 'transpose=cclock' };
      const filter = turns[(await media.mainVideo())?.rotationDeg ?? 0] ?? 'null';
      await media.close();
      expect(pixels(['-noautorotate', '-i', file('turned.mp4'), '-vf', filter])).toBe(
        pixels(['-i', file('turned.mp4')]),
      );
    }
  });

  it('takes no picture for a film', async () => {
    const media = await openMedia(file('still.jpg'));
    expect(await media.mainVideo()).toBeUndefined();
    expect((await media.picture()).status).toBe('ok');
    await media.close();
  });

  it('says of what is no media that it is none', async () => {
    for (const name of ['empty.mp4', 'text.mp4']) {
      const media = await openMedia(file(name));
      expect(await media.probe()).toMatchObject({ status: 'unreadable', reason: 'not-media' });
      expect(await media.packets()).toMatchObject({ status: 'unreadable', reason: 'not-media' });
      expect(await media.mainVideo()).toBeUndefined();
      expect(await media.mainAudio()).toBeUndefined();
      await media.close();
    }
  });

  it('says that a limit was reached', async () => {
    const media = await openExhibitMedia({
      ...{ folder, fileName: 'clip.mp4', originalName: 'clip.mp4', sha256: '0'.repeat(64), toolbox: testToolbox },
      limits: { timeMs: 1 },
    });
    expect(await media.probe()).toMatchObject({ status: 'unreadable', reason: 'time-limit' });
    await media.close();
  });

  it('opens files by any name', async () => {
    const names = [
      '-i.mp4',
      'a b.mp4',
      "it's.mp4",
      'http:x.mp4',
      'concat:a|b.mp4',
      'Қазақ тоҷикӣ 🎥.mp4',
      'two\nlines.mp4',
      '%03d.mp4',
      '"q".mp4',
    ];
    for (const name of names) {
      symlinkSync(file('clip.mp4'), file(name));
      const media = await openMedia(file(name));
      expect([name, (await media.probe()).status, (await media.mainVideo())?.codec]).toEqual([name, 'ok', 'h264']);
      await media.close();
    }
  });

  it('rejects where the copy cannot be opened', async () => {
    await expect(openMedia(file('missing.mp4'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('says which program is missing only when it is needed', async () => {
    const toolbox = createToolbox({ env: { PATH: '/nonexistent' }, platform: process.platform });
    const media = await openExhibitMedia({
      ...{ folder, fileName: 'clip.mp4', originalName: 'clip.mp4', sha256: '0'.repeat(64), toolbox },
    });
    expect((await media.structure()).format).toBe('isobmff');
    await expect(media.probe()).rejects.toMatchObject({ code: 'tool-missing' });
    await media.close();
  });

  it('tells a program that crashes from a file that is no media', async () => {
    writeFileSync(
      file('ffprobe'),
      '#!/bin/sh\ncase "$1" in -version) echo ffprobe version 1 Copyright;; *) kill -SEGV $$;; esac\n',
    );
    chmodSync(file('ffprobe'), 0o755);
    const toolbox = createToolbox({
      env: { ASSAY_FFPROBE: file('ffprobe'), PATH: '/nonexistent' },
      platform: process.platform,
    });
    const media = await openExhibitMedia({
      ...{ folder, fileName: 'clip.mp4', originalName: 'clip.mp4', sha256: '0'.repeat(64), toolbox },
    });
    expect(await media.probe()).toMatchObject({ status: 'unreadable', reason: 'tool-failed' });
    await media.close();
  });
});
