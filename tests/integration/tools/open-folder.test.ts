import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openFolder } from '../../../src/tools/open-folder.ts';

let home: string;
let around: { env: Record<string, string>; platform: 'linux' };

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-opener-'));
  const script = `#!/bin/sh\nprintf '%s|%s|%s' "$#" "$1" "$NODE_OPTIONS$ASSAY_HOME" > '${join(home, 'told')}'\n`;
  await writeFile(join(home, 'xdg-open'), script, { mode: 0o755 });
  around = { env: { PATH: home, DISPLAY: ':0', NODE_OPTIONS: '--inspect', ASSAY_HOME: '/x' }, platform: 'linux' };
});
afterAll(() => rm(home, { recursive: true }));

describe('openFolder', () => {
  it('hands the one folder to the desktop, without our own settings', async () => {
    expect(await openFolder('/case of $(date)/reports/R001', around)).toBe(true);
    await expect
      .poll(() => readFile(join(home, 'told'), 'utf8').catch(() => ''))
      .toBe('1|/case of $(date)/reports/R001|');
  });

  it('says so where there is no screen, no opener, or no folder that stands for itself', async () => {
    expect(await openFolder('/tmp', { ...around, env: { PATH: home } })).toBe(false);
    expect(await openFolder('/tmp', { ...around, env: { PATH: '/nowhere', DISPLAY: ':0' } })).toBe(false);
    expect(await openFolder('--help', around)).toBe(false);
    expect(await openFolder('reports/R001', around)).toBe(false);
  });
});
