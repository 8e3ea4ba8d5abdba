import { createHash } from 'node:crypto';
import { mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addExhibits, createCase, examine } from '../../src/contract/operations.ts';
import { openCase } from '../../src/contract/window-operations.ts';
import { runAssay } from '../support/command-line.ts';
import { makeClip, makePicture } from '../support/make-media.ts';
import { operate } from './operate.ts';
import { openTestWindow } from './window.ts';

/** SHA-256 of every result and artefact below a case's exhibits; run.json tells of the circumstances and is left out. */
async function results(caseFolder: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(join(caseFolder, 'exhibits'), { recursive: true, withFileTypes: true })) {
    const path = join(entry.parentPath, entry.name);
    if (!entry.isFile() || !path.includes('/examinations/') || entry.name === 'run.json') continue;
    found[path.slice(caseFolder.length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}

describe('the same exhibits examined in the window and on the command line', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'assay-same-'));
    await makeClip(join(folder, 'clip.mp4'));
    await makePicture(join(folder, 'still.jpg'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('give the same bytes', async () => {
    const home = join(folder, 'home');
    const onCommandLine = await runAssay(['triage', 'clip.mp4', 'still.jpg', '--out', 'by-command', '--json'], {
      cwd: folder,
      home,
    });
    expect(onCommandLine.code).toBe(0);

    const inWindow = join(folder, 'by-window');
    const window = await openTestWindow({ home });
    await operate(window, createCase, { folder: inWindow, title: 'Same', examiner: 'Examiner' });
    await operate(window, openCase, { folder: inWindow });
    const files = ['clip.mp4', 'still.jpg'].map((name) => join(folder, name));
    await operate(window, addExhibits, { folder: inWindow, files });
    await operate(window, examine, { folder: inWindow, profile: 'triage' });
    await window.close();

    const expected = await results(join(folder, 'by-command'));
    expect(Object.keys(expected).length).toBeGreaterThan(20);
    expect(await results(inWindow)).toEqual(expected);
  });
});
