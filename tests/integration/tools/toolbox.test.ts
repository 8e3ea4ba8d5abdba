import { execFileSync } from 'node:child_process';
import { chmodSync, copyFileSync, mkdtempSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createHash } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../src/base/errors.ts';
import { createToolbox } from '../../../src/tools/create-toolbox.ts';
import { runTool } from '../../../src/tools/run-tool.ts';
import { versionMemory } from '../../../src/tools/version-memory.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-toolbox-')));
const { platform } = process;
const nothing = { PATH: '/nonexistent' };
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('createToolbox', () => {
  it('identifies a program by its version and the SHA-256 of the file itself', async () => {
    const tool = await createToolbox({ env: process.env, platform }).require('ffprobe');
    const [line = ''] = execFileSync(tool.path, ['-version']).toString().split('\n');
    expect(line).toContain(`version ${tool.version} `);
    expect(tool.sha256).toBe(createHash('sha256').update(readFileSync(tool.path)).digest('hex'));
  });

  it('gives the same answer again without another look', async () => {
    const toolbox = createToolbox({ env: process.env, platform });
    const first = await toolbox.require('ffmpeg');
    const runs = toolbox.activity.started;
    expect(await toolbox.require('ffmpeg')).toBe(first);
    expect(toolbox.activity.started).toBe(runs);
  });

  it('identifies a replaced program anew, and refuses to run it under its old identity', async () => {
    const path = join(folder, 'ffprobe');
    copyFileSync((await createToolbox({ env: process.env, platform }).require('ffprobe')).path, path);
    const toolbox = createToolbox({ env: { ASSAY_FFPROBE: path, PATH: process.env['PATH'] }, platform });
    const before = await toolbox.require('ffprobe');
    writeFileSync(path, '#!/bin/sh\necho ffprobe version 9.9-other Copyright\n');
    chmodSync(path, 0o755);
    const run = runTool(toolbox, before, ['-version'], { folder, outputs: {}, limits: { timeMs: 5000 } });
    await expect(run).rejects.toSatisfy((error) => isAssayError(error, 'tool-changed'));
    expect((await toolbox.require('ffprobe')).version).toBe('9.9-other');
  });

  it('asks a program for its version once for each state of its file, and again where it is told to', async () => {
    const [path, list] = [join(folder, 'remembered'), join(folder, 'state/program-versions.json')];
    const says = (version: string, comment = ''): void => {
      writeFileSync(path, `#!/bin/sh\n# ${comment}\ncat ${JSON.stringify(join(folder, 'said'))}\n`);
      writeFileSync(join(folder, 'said'), `ffprobe version ${version} Copyright\n`);
      chmodSync(path, 0o755);
    };
    const identify = (anew = false) =>
      createToolbox({ env: { ...nothing, ASSAY_FFPROBE: path }, platform }, versionMemory(list)).find('ffprobe', {
        anew,
      });
    says('1.0');
    expect((await identify())?.version).toBe('1.0');
    says('2.0');
    expect((await identify())?.version).toBe('1.0');
    expect((await identify(true))?.version).toBe('2.0');
    says('3.0', 'another file');
    expect((await identify())?.version).toBe('3.0');
    writeFileSync(list, 'no JSON');
    says('4.0', 'another file');
    expect((await identify())?.version).toBe('4.0');
  });

  it('says which program is missing', async () => {
    const toolbox = createToolbox({ env: nothing, platform });
    expect(await toolbox.find('ffprobe')).toBeUndefined();
    await expect(toolbox.require('ffprobe')).rejects.toSatisfy((error) => isAssayError(error, 'tool-missing'));
  });

  it('says that a setting names no program', async () => {
    const toolbox = createToolbox({ env: { ...nothing, ASSAY_FFMPEG: '/nonexistent/ffmpeg' }, platform });
    await expect(toolbox.require('ffmpeg')).rejects.toMatchObject({ code: 'tool-unusable' });
  });

  it('refuses a file that is another program', async () => {
    const path = join(folder, 'other');
    writeFileSync(path, '#!/bin/sh\necho hello\n');
    chmodSync(path, 0o755);
    const toolbox = createToolbox({ env: { ...nothing, ASSAY_FFMPEG: path }, platform });
    await expect(toolbox.require('ffmpeg')).rejects.toMatchObject({ code: 'tool-unusable' });
  });

  it('does without a sandbox where there is none', async () => {
    const path = (await createToolbox({ env: process.env, platform }).require('ffprobe')).path;
    const toolbox = createToolbox({ env: { ...nothing, ASSAY_FFPROBE: path }, platform });
    expect((await toolbox.sandbox()).kind).toBe('none');
    expect((await toolbox.require('ffprobe')).version).not.toBe('');
  });
});
