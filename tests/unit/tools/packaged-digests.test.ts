import { createHash } from 'node:crypto';
import { chmod, mkdir, mkdtemp, realpath, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createToolbox } from '../../../src/tools/create-toolbox.ts';
import { parseDigestList } from '../../../src/tools/packaged-digests.ts';

let resources: string;
let digestList: string;

beforeEach(async () => {
  resources = await realpath(await mkdtemp(join(tmpdir(), 'assay-resources-')));
  digestList = join(resources, 'ffmpeg.sha256');
});

afterEach(() => rm(resources, { recursive: true, force: true }));

/** A program that says that it is ffmpeg, and leaves a trace when it is run. */
async function putProgram(folder: string, more = ''): Promise<{ path: string; sha256: string }> {
  await mkdir(folder, { recursive: true });
  const path = join(folder, 'ffmpeg');
  const text = `#!/bin/sh\n${more}\necho "ffmpeg version 7.1-test Copyright"\n`;
  await writeFile(path, text);
  await chmod(path, 0o755);
  return { path, sha256: createHash('sha256').update(text).digest('hex') };
}

const toolbox = (env: Record<string, string> = {}) =>
  createToolbox({ env: { PATH: '', ...env }, platform: process.platform, resourcesFolder: resources, digestList });

describe.skipIf(process.platform === 'win32')('a packaged program', () => {
  it('is used when it is the one that was packaged', async () => {
    const { path, sha256 } = await putProgram(join(resources, 'ffmpeg'));
    await writeFile(digestList, `${sha256}  ffmpeg\n`);
    expect(await toolbox().require('ffmpeg')).toMatchObject({ path, sha256, version: '7.1-test' });
  });

  it('is refused without being run when a byte of it differs', async () => {
    const { path, sha256 } = await putProgram(join(resources, 'ffmpeg'));
    await writeFile(digestList, `${sha256}  ffmpeg\n`);
    await putProgram(join(resources, 'ffmpeg'), `echo ran > '${join(resources, 'ran')}'`);
    await expect(toolbox().require('ffmpeg')).rejects.toMatchObject({
      code: 'tool-altered',
      details: { tool: 'ffmpeg', path },
    });
    await expect(realpath(join(resources, 'ran'))).rejects.toThrow();
  });

  it.each(['', `${'0'.repeat(64)}  ffprobe\n`])('is refused when the list %j does not name it', async (list) => {
    await putProgram(join(resources, 'ffmpeg'));
    await writeFile(digestList, list);
    await expect(toolbox().require('ffmpeg')).rejects.toMatchObject({ code: 'tool-altered' });
  });

  it('is refused when the list is gone', async () => {
    await putProgram(join(resources, 'ffmpeg'));
    await expect(toolbox().require('ffmpeg')).rejects.toMatchObject({ code: 'tool-altered' });
  });

  it('gives way to one that the person chose, which no list knows', async () => {
    await putProgram(join(resources, 'ffmpeg'));
    const own = await putProgram(join(resources, 'own'));
    expect(await toolbox({ ASSAY_FFMPEG: own.path }).require('ffmpeg')).toMatchObject({ path: own.path });
  });
});

describe('parseDigestList', () => {
  it('reads what sha256sum writes, on any system', () => {
    const list = `${'a'.repeat(64)}  ffmpeg\n${'b'.repeat(64)} *vendor/linux/ffprobe.exe\r\n# a remark\nabc  ffplay\n`;
    expect([...parseDigestList(list)]).toEqual([
      ['ffmpeg', 'a'.repeat(64)],
      ['ffprobe', 'b'.repeat(64)],
    ]);
  });
});
