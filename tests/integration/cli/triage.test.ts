import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { triage } from '../../../src/contract/operations.ts';
import { runAssay, type CommandRun } from '../../support/command-line.ts';
import { makeClip, makePicture } from '../../support/make-media.ts';

let folder: string;
let home: string;
let first: CommandRun;
const assay = (...args: string[]) => runAssay(args, { cwd: folder, home });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-triage-'));
  home = join(folder, 'home');
  await mkdir(home);
  await makeClip(join(folder, 'clip.mp4'));
  await makePicture(join(folder, 'still.jpg'));
  first = await assay('triage', 'clip.mp4', 'still.jpg', '--out', 'case', '--json');
});
afterAll(() => rm(folder, { recursive: true, force: true }));

const output = () => triage.output.parse(JSON.parse(first.stdout));

describe('assay triage', () => {
  it('does the whole job in one go and says so in one JSON object', async () => {
    expect(first.stderr).not.toMatch(/Error|undefined/);
    expect(first.code).toBe(0);
    const { exhibits, report } = output();
    expect(exhibits.map(({ id, name }) => [id, name])).toEqual([
      ['E001', 'clip.mp4'],
      ['E002', 'still.jpg'],
    ]);
    const sha256 = createHash('sha256')
      .update(await readFile(join(folder, 'clip.mp4')))
      .digest('hex');
    expect(exhibits[0]?.sha256).toBe(sha256);
    for (const path of [report.json, report.html, report.pdf, report.manifest, report.signature])
      expect((await readFile(path)).length).toBeGreaterThan(0);
  });

  it('examines with every method of the profile, and none fails', () => {
    for (const exhibit of output().exhibits) {
      expect(exhibit.examinations.map(({ method }) => method)).toEqual([
        'file-type',
        'metadata',
        'container',
        'packets',
        'frames',
        'audio',
        'av-sync',
        'ela',
      ]);
      expect(exhibit.examinations.filter(({ status }) => status === 'failed')).toEqual([]);
    }
  });

  it('leaves a case and a report that verify', async () => {
    const checkedCase = await assay('verify', 'case');
    expect(checkedCase.stdout).toContain('Whole: nothing changed since it was sealed.');
    expect(checkedCase.code).toBe(0);
    const checkedReport = await assay('verify', 'case/reports/R001');
    expect(checkedReport.code).toBe(0);
  });

  it('decodes nothing when nothing changed, and gives the same bytes when it examines again', async () => {
    const before = await digests(join(folder, 'case/exhibits'));
    const again = await assay('examine', 'case');
    expect(again.stdout).toContain('nothing was decoded');
    const anew = await assay('examine', 'case', '--again', '--json');
    expect(JSON.parse(anew.stdout)).toMatchObject({ ran: 16, cached: 0 });
    expect(await digests(join(folder, 'case/exhibits'))).toEqual(before);
  });

  it('finds a flipped byte of an exhibit and names it', async () => {
    const { chmod, writeFile } = await import('node:fs/promises');
    const original = join(folder, 'case/exhibits/E001/original.mp4');
    const bytes = await readFile(original);
    await chmod(original, 0o644);
    await writeFile(original, Buffer.from(bytes).fill(bytes[1000]! ^ 1, 1000, 1001));
    const checked = await assay('verify', 'case');
    expect(checked.code).toBe(1);
    expect(checked.stdout).toMatch(/FAILED.*E001/);
    await writeFile(original, bytes);
    await chmod(original, 0o444);
  });
});

/** SHA-256 of every file below a folder but run.json, which tells of the circumstances. */
async function digests(root: string): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  for (const entry of await readdir(root, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || entry.name === 'run.json') continue;
    const path = join(entry.parentPath, entry.name);
    found[path.slice(root.length)] = createHash('sha256')
      .update(await readFile(path))
      .digest('hex');
  }
  return found;
}
