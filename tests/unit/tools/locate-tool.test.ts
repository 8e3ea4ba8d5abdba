import { chmodSync, mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { locateTool } from '../../../src/tools/locate-tool.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-locate-')));
const at = (...parts: string[]): string => join(folder, ...parts);
const around = (env: Record<string, string>, resourcesFolder?: string) => ({
  ...{ env, platform: 'linux' as const },
  ...(resourcesFolder === undefined ? {} : { resourcesFolder }),
});

beforeAll(() => {
  for (const name of ['own', 'path', 'resources/ffmpeg', 'links', 'empty']) mkdirSync(at(name), { recursive: true });
  for (const name of [
    'own/ffmpeg',
    'own/ffprobe',
    'own/special-build',
    'path/ffmpeg',
    'path/ffprobe',
    'resources/ffmpeg/ffprobe',
  ]) {
    writeFileSync(at(name), '#!/bin/sh\n');
    chmodSync(at(name), 0o755);
  }
  writeFileSync(at('empty/ffmpeg'), 'not executable');
  symlinkSync(at('own/ffprobe'), at('links/ffprobe'));
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('locateTool', () => {
  it('takes the program that a setting names, as a file or by its folder', async () => {
    expect(await locateTool('ffmpeg', around({ ASSAY_FFMPEG: at('own/special-build'), PATH: at('path') }))).toBe(
      at('own/special-build'),
    );
    expect(await locateTool('ffmpeg', around({ ASSAY_FFMPEG: at('own'), PATH: at('path') }))).toBe(at('own/ffmpeg'));
  });

  it('never replaces a chosen program by another', async () => {
    expect(await locateTool('ffprobe', around({ ASSAY_FFPROBE: at('missing'), PATH: at('path') }))).toBeUndefined();
    expect(await locateTool('ffmpeg', around({ ASSAY_FFMPEG: at('empty'), PATH: at('path') }))).toBeUndefined();
  });

  it('takes the ffprobe beside a chosen ffmpeg', async () => {
    expect(await locateTool('ffprobe', around({ ASSAY_FFMPEG: at('own/ffmpeg'), PATH: at('path') }))).toBe(
      at('own/ffprobe'),
    );
  });

  it('prefers the packaged program to the PATH', async () => {
    expect(await locateTool('ffprobe', around({ PATH: at('path') }, at('resources')))).toBe(
      at('resources/ffmpeg/ffprobe'),
    );
  });

  it('searches the PATH in order and passes over what cannot be run', async () => {
    expect(await locateTool('ffprobe', around({ PATH: `${at('empty')}:${at('path')}:${at('own')}` }))).toBe(
      at('path/ffprobe'),
    );
  });

  it('never looks in the current folder', async () => {
    expect(await locateTool('ffprobe', around({ PATH: ':.:path' }))).toBeUndefined();
  });

  it('follows links to the real file, which is the one that is hashed', async () => {
    expect(await locateTool('ffprobe', around({ PATH: at('links') }))).toBe(at('own/ffprobe'));
  });
});
