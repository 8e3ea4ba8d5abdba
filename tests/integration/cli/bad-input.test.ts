import { execFile } from 'node:child_process';
import { access, chmod, copyFile, mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { examine, triage, verify } from '../../../src/contract/operations.ts';
import { runAssay, type CommandRun } from '../../support/command-line.ts';
import { makeClip, makeMedia, makePicture } from '../../support/make-media.ts';

let folder: string;
let home: string;
let cases = 0;
const assay = (...args: string[]) => runAssay(args, { cwd: folder, home });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-bad-'));
  home = join(folder, 'home');
  await mkdir(home);
  await makeClip(join(folder, 'clip.mp4'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Triage of one file into a new case, which must verify afterwards. */
async function triaged(...args: string[]): Promise<{ run: CommandRun; methods: Map<string, string> }> {
  const out = `case-${String(++cases)}`;
  const run = await assay('triage', ...args, '--out', out, '--json');
  expect(run.stderr).not.toContain('must never do');
  expect((await assay('verify', out)).code).toBe(0);
  const output = triage.output.parse(JSON.parse(run.stdout));
  return { run, methods: new Map(output.exhibits[0]?.examinations.map(({ method, status }) => [method, status])) };
}

describe('hostile and unusual exhibits', () => {
  it('examines an empty file as bytes and says what does not apply', async () => {
    await writeFile(join(folder, 'empty.mp4'), '');
    const { run, methods } = await triaged('empty.mp4');
    expect(run.code).toBe(0);
    expect(methods.get('file-type')).toBe('completed');
    expect(methods.get('frames')).toBe('not-applicable');
  });

  it('finds text that calls itself a film', async () => {
    await writeFile(join(folder, 'text.mp4'), 'This is no film.\n'.repeat(50));
    const { run } = await triaged('text.mp4');
    expect(run.code).toBe(0);
    const { exhibits } = triage.output.parse(JSON.parse(run.stdout));
    expect(exhibits[0]?.findings).toContainEqual(
      expect.objectContaining({ method: 'file-type', outcome: 'inconsistent' }) as unknown,
    );
  });

  it('goes through a truncated and a bit-flipped film', async () => {
    const bytes = await readFile(join(folder, 'clip.mp4'));
    await writeFile(join(folder, 'cut.mp4'), bytes.subarray(0, Math.floor(bytes.length * 0.6)));
    const flipped = Buffer.from(bytes);
    for (let at = 2000; at < flipped.length; at += 997) flipped[at] = (flipped[at] ?? 0) ^ 0x40;
    await writeFile(join(folder, 'flipped.mp4'), flipped);
    for (const name of ['cut.mp4', 'flipped.mp4']) expect((await triaged(name)).run.code).toBe(0);
  });

  it('does not believe a header that claims 60000 × 60000', async () => {
    await makePicture(join(folder, 'huge.jpg'), '64x64');
    const bytes = await readFile(join(folder, 'huge.jpg'));
    const sof = bytes.indexOf(Buffer.from([0xff, 0xc0]));
    bytes.writeUInt16BE(60_000, sof + 5);
    bytes.writeUInt16BE(60_000, sof + 7);
    await writeFile(join(folder, 'huge.jpg'), bytes);
    const { run, methods } = await triaged('huge.jpg');
    expect(run.code).toBe(0);
    expect(methods.get('ela')).not.toBe('failed');
  });

  it('examines a still as MP4, sound alone and a picture without sound', async () => {
    await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=320x240:rate=1', '-frames:v', '1', join(folder, 'one.mp4')]);
    await makeMedia(['-f', 'lavfi', '-i', 'sine=duration=2', join(folder, 'sound.m4a')]);
    await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=320x240:duration=1', '-an', join(folder, 'silent.mp4')]);
    for (const [name, method] of [
      ['one.mp4', 'audio'],
      ['sound.m4a', 'frames'],
      ['silent.mp4', 'audio'],
    ] as const) {
      const { run, methods } = await triaged(name);
      expect(run.code).toBe(0);
      expect(methods.get(method)).toBe('not-applicable');
      expect([...methods.values()]).not.toContain('failed');
    }
  });

  it('takes names as they are', async () => {
    const names = [
      'with space.mp4',
      'quo\'te".mp4',
      '-leading.mp4',
      'new\nline.mp4',
      '🎬.mp4',
      'Қазақша ғ.mp4',
      'тоҷикӣ ҳ.mp4',
    ];
    await mkdir(join(folder, 'names'));
    for (const name of names) await copyFile(join(folder, 'clip.mp4'), join(folder, 'names', name));
    // The same bytes under other names are one exhibit; every name must still get through.
    const { run } = await triaged('names', '--methods', 'file-type,packets');
    expect(run.code).toBe(0);
    const { exhibits, alreadyPresent } = triage.output.parse(JSON.parse(run.stdout));
    expect(exhibits).toHaveLength(1);
    expect(alreadyPresent).toHaveLength(names.length - 1);
  });
});

describe('what stands in the way', () => {
  it('names a file that is not there and ends with 2', async () => {
    const run = await assay('triage', 'nowhere.mp4', '--out', 'case-nowhere');
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('nowhere.mp4');
  });

  it('goes on with the rest and tells of what it could not take', async () => {
    const { run } = await triaged('clip.mp4', 'nowhere.mp4', '--methods', 'file-type');
    expect(run.code).toBe(2);
    expect(triage.output.parse(JSON.parse(run.stdout)).refused).toHaveLength(1);
  });

  it.each([
    [['examine', 'clip.mp4'], 'clip.mp4'],
    [['triage', 'clip.mp4', '--out', 'case-x', '--methods', 'nonsense'], 'nonsense'],
    [['triage', 'clip.mp4', '--out', 'case-x', '--set', 'ela.quality=500'], 'ela.quality'],
    [['triage', 'clip.mp4', '--out', 'case-x', '--set', 'ela.kwality=50'], 'ela.kwality'],
    [['verify', 'home'], 'home'],
    [['new', 'case-y'], '--title'],
  ])('ends with 2 for wrong use: %j', async (args, named) => {
    const run = await assay(...args);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain(named);
  });

  it('examines what it can without ffmpeg, says what is missing and ends with 3', async () => {
    const run = await runAssay(['triage', 'clip.mp4', '--out', 'case-tool', '--json'], {
      cwd: folder,
      home,
      env: { ASSAY_FFMPEG: join(folder, 'nowhere/ffmpeg') },
    });
    expect(run.code).toBe(3);
    const { exhibits } = triage.output.parse(JSON.parse(run.stdout));
    const by = new Map(exhibits[0]?.examinations.map((one) => [one.method, one]));
    expect(by.get('container')?.status).toBe('completed');
    expect(by.get('frames')).toMatchObject({ status: 'failed', reason: 'tool-missing' });
    expect((await assay('verify', 'case-tool')).code).toBe(0);
  });

  it('refuses a wrong passphrase with 2 and signs nothing', async () => {
    const own = join(folder, 'own-home');
    await mkdir(own);
    await writeFile(join(folder, 'right.txt'), 'correct horse battery\n');
    await writeFile(join(folder, 'wrong.txt'), 'incorrect horse battery\n');
    const as = (...args: string[]) => runAssay(args, { cwd: folder, home: own });
    expect((await as('identity', 'new', '--name', 'Test Examiner', '--passphrase-file', 'right.txt')).code).toBe(0);
    const refused = await as(
      'triage',
      'clip.mp4',
      '--out',
      'case-own',
      '--methods',
      'file-type',
      '--passphrase-file',
      'wrong.txt',
    );
    expect(refused.code).toBe(2);
    expect(refused.stderr).toContain('passphrase');
    const asked = await as('triage', 'clip.mp4', '--out', 'case-own', '--methods', 'file-type');
    expect(asked.code).toBe(2);
    expect(asked.stderr).toContain('--passphrase-file');
    const sealed = await as(
      'triage',
      'clip.mp4',
      '--out',
      'case-own',
      '--methods',
      'file-type',
      '--passphrase-file',
      'right.txt',
    );
    expect(sealed.code).toBe(0);
    expect((await as('verify', 'case-own/reports/R001')).stdout).toContain('Valid: everything is as it was sealed');
  });

  it('leaves a case that opens again when it is interrupted', async () => {
    await makeClip(join(folder, 'long.mp4'), { seconds: 60, more: ['-vf', 'scale=1280:720'] });
    let told = '';
    const run = await runAssay(['triage', 'long.mp4', '--out', 'case-cut'], {
      cwd: folder,
      home,
      onStart: (child) => {
        child.stderr?.on('data', (chunk: string) => {
          const before = told.includes('copy and hash');
          told += chunk;
          // Intake is over: the examination is under way. Once: a second interrupt would not wait for the orderly end.
          if (!before && told.includes('copy and hash')) setTimeout(() => child.kill('SIGINT'), 700);
        });
      },
    });
    expect(run.code).toBe(130);
    expect(run.stderr).toContain('Cancelled');
    expect((await assay('verify', 'case-cut')).code).toBe(0);
    const again = await assay('triage', 'long.mp4', '--out', 'case-cut', '--methods', 'file-type,packets');
    expect(again.code).toBe(0);
  });

  it('prints commands that can be pasted, whatever the case is called', async () => {
    const { code, stdout } = await assay('triage', 'clip.mp4', '--out', "it's a case", '--methods', 'file-type');
    expect(code).toBe(0);
    const command = /assay verify (.*)$/m.exec(stdout)?.[1] ?? '';
    const { stdout: pasted } = await promisify(execFile)('sh', ['-c', `printf %s ${command}`]);
    expect(pasted).toBe(join(folder, "it's a case/reports/R001"));
  });

  it('measures nothing on a copy that was changed since, and keeps what was measured before', async () => {
    await assay('triage', 'clip.mp4', '--out', 'case-changed', '--methods', 'file-type');
    const original = join(folder, 'case-changed/exhibits/E001/original.mp4');
    await chmod(original, 0o644);
    const bytes = await readFile(original);
    bytes[bytes.length - 1] = (bytes[bytes.length - 1] ?? 0) ^ 1;
    await writeFile(original, bytes);
    await chmod(original, 0o444);
    const fresh = await assay('examine', 'case-changed', '--methods', 'packets', '--json');
    expect(fresh.code).toBe(1);
    expect(examine.output.parse(JSON.parse(fresh.stdout)).exhibits[0]?.examinations).toMatchObject([
      { method: 'packets', status: 'failed', reason: 'exhibit-changed' },
    ]);
    const again = await assay('examine', 'case-changed', '--methods', 'file-type', '--again');
    expect(again).toMatchObject({ code: 1 });
    expect(again.stderr).toContain('does not hold the bytes any more that were taken in as E001');
    const { stdout } = await assay('verify', 'case-changed', '--json');
    expect(verify.output.parse(JSON.parse(stdout)).outcome).toBe('invalid');
    const kept = await assay('examine', 'case-changed', '--methods', 'file-type', '--json');
    expect(examine.output.parse(JSON.parse(kept.stdout)).exhibits[0]?.examinations[0]?.status).toBe('completed');
  });

  it('says what an interrupted run left behind and what became of it', async () => {
    await assay('new', 'case-left', '--title', 't', '--examiner', 'e');
    await mkdir(join(folder, 'case-left/exhibits/.E001.part'), { recursive: true });
    await writeFile(join(folder, 'case-left/exhibits/.E001.part/original.mp4'), 'half');
    const { code, stderr } = await assay('add', 'case-left', 'clip.mp4');
    expect(code).toBe(0);
    expect(stderr).toContain('.E001.part was left unfinished by an interrupted run and was removed');
    expect((await assay('add', 'case-left', 'clip.mp4')).stderr).not.toContain('left unfinished');
  });

  it('says who holds a case that is locked', async () => {
    await assay('new', 'case-locked', '--title', 't', '--examiner', 'e');
    const first = runAssay(['triage', 'long.mp4', '--out', 'case-locked'], { cwd: folder, home });
    const isLocked = () => access(join(folder, 'case-locked/case.lock'));
    await vi.waitFor(isLocked, { timeout: 30_000, interval: 20 });
    const second = await assay('add', 'case-locked', 'clip.mp4');
    expect(second.code).toBe(3);
    expect(second.stderr).toContain('case-locked');
    expect((await first).code).toBe(0);
  });
});

describe('a disk that cannot be written', () => {
  it('names the place and ends with 3', async () => {
    for (const place of ['/proc/assay-case', join(folder, 'clip.mp4/case')]) {
      const run = await assay('new', place, '--title', 't', '--examiner', 'e');
      expect(run.code).toBe(3);
      expect(run.stderr).toContain(place);
    }
  });
});
