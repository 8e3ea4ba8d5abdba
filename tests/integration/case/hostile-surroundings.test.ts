import { execFileSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chmod, chown, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import { allPassed } from '../../../src/base/check.ts';
import { verifyCase } from '../../../src/case/verify/verify-case.ts';
import { buildChild, ownMounts, runChild, startChild, withoutPrivilege } from './child/run-child.ts';

let child: string;
let folder: string;
let home: string;
let ownCase: string;
beforeAll(async () => {
  child = await buildChild('surroundings');
});
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-surroundings-'));
  home = join(folder, 'home');
  ownCase = join(folder, 'case');
  await chmod(folder, 0o755);
});
afterEach(() => rm(Buffer.from(folder), { recursive: true, force: true }));
afterAll(() => rm(join(child, '..'), { recursive: true, force: true }));

const create = async () => expect((await runChild(child, ['create', home, ownCase])).code).toBe(0);
const add = (...paths: string[]) => runChild(child, ['add', home, ownCase, ...paths]);
const sound = async () => allPassed(await verifyCase(ownCase, { state: home }));
const skip = (why: string) => {
  console.warn(`integration: skipped, ${why}`);
};

describe('a case killed in the middle of intake', () => {
  it('opens again with its evidence and its log whole, at whatever moment it was', async () => {
    await create();
    const sources = join(folder, 'sources');
    await mkdir(sources);
    await writeFile(join(sources, '1-small'), 'small');
    await writeFile(join(sources, '2-large'), randomBytes(40_000_000));
    for (let index = 3; index < 40; index++) await writeFile(join(sources, `${String(index)}-more`), randomBytes(5000));
    let had = 0;
    for (const moment of [undefined, 0, 1, 3, 12, 20, 22, 40, 60]) {
      const started = startChild(child, ['add', home, ownCase, sources]);
      const opened = await started.until((line) => line.opened === true);
      // Opening clears what the kill before left, takes the dead process's lock over, and says both.
      if (moment !== undefined) expect(opened?.recovered).toHaveProperty('takenOverFrom');
      let events = 0;
      if (moment !== undefined) await started.until((line) => line.done !== undefined && ++events > moment);
      started.process.kill('SIGKILL');
      expect((await started.end()).signal).toBe('SIGKILL');
      expect(await sound()).toBe(true);
      const finished = (await readdir(join(ownCase, 'exhibits'))).filter((name) => /^E\d{3}$/.test(name));
      expect(finished.length).toBeGreaterThanOrEqual(had);
      had = Math.max(had, finished.length);
    }
    const { lines } = await add(sources);
    expect(lines[0]?.recovered).toHaveProperty('takenOverFrom');
    expect(await readdir(join(ownCase, 'exhibits'))).toHaveLength(39);
    expect(await sound()).toBe(true);
  });
});

describe('two writers', () => {
  it('are one too many: the second is told who the first is, and waits for nothing', async () => {
    await create();
    const first = startChild(child, ['hold', home, ownCase]);
    await first.until((line) => line.opened === true);
    const second = await runChild(child, ['add', home, ownCase, '/dev/null']);
    expect(second.lines.at(-1)?.error).toMatchObject({
      code: 'case-locked',
      details: { path: ownCase, pid: first.process.pid },
    });
    first.process.stdin?.end();
    expect((await first.end()).code).toBe(0);
    expect((await add(join(folder, 'nowhere'))).code).toBe(0);
  });
});

describe('awkward names', () => {
  it('are taken in, kept to the byte, and none of them blocks or breaks anything', async () => {
    await create();
    const odd = join(folder, 'odd');
    await mkdir(join(odd, 'Жабық қалта'), { recursive: true });
    const names = [
      'with space.mp4',
      `q'uo"te.jpg`,
      '-dash.mov',
      'new\nline.png',
      '😀.gif',
      'Әлем ғұмыр.wav',
      'Тоҷикӣ ҳ.mp3',
      '.hid',
    ];
    for (const [index, name] of names.entries()) await writeFile(join(odd, name), `content ${String(index)}`);
    await writeFile(join(odd, 'Жабық қалта', 'ішкі.mp4'), 'inside');
    const raw = Buffer.concat([Buffer.from(`${odd}/latin`), Buffer.from([0xe9, 0xff]), Buffer.from('.mp4')]);
    await writeFile(raw, 'not utf-8');
    execFileSync('mkfifo', [join(odd, 'pipe')]);
    const { lines } = await add(odd, `${folder}/odd/latin\ufffd\ufffd.mp4`, '-no such option');
    const outcomes = lines.at(-1)?.outcomes ?? [];
    expect(outcomes.filter(({ outcome }) => outcome === 'added').map(({ name }) => name)).toEqual(
      expect.arrayContaining([...names, 'ішкі.mp4', 'latin\ufffd\ufffd.mp4']),
    );
    expect(outcomes.slice(-2).map(({ outcome, reason }) => reason ?? outcome)).toEqual([
      'already-present',
      'file-not-found',
    ]);
    expect(outcomes.find(({ path }) => path.endsWith('pipe'))).toMatchObject({ reason: 'not-a-file' });
    expect(await sound()).toBe(true);
  });
});

describe('a file without permission', () => {
  it('is reported with the reason, and the rest goes on', async () => {
    const before = withoutPrivilege();
    if (before === undefined) {
      skip('this process can read everything and cannot give that up');
      return;
    }
    const sources = join(folder, 'sources');
    await mkdir(join(sources, 'locked'), { recursive: true });
    await writeFile(join(sources, 'a'), 'a');
    await writeFile(join(sources, 'b'), 'b');
    await writeFile(join(sources, 'c'), 'c');
    await chmod(join(sources, 'b'), 0o000);
    await chmod(join(sources, 'locked'), 0o000);
    await mkdir(home);
    if (before.length > 0) for (const path of [folder, home]) await chown(path, 65534, 65534);
    expect((await runChild(child, ['create', home, ownCase], before)).code).toBe(0);
    const { lines } = await runChild(child, ['add', home, ownCase, sources], before);
    expect(lines.at(-1)?.outcomes?.map((o) => o.reason ?? o.outcome)).toEqual([
      'added',
      'file-not-readable',
      'added',
      'file-not-readable',
    ]);
    expect(lines.at(-1)?.outcomes?.[1]?.details).toEqual({ path: join(sources, 'b'), reason: 'EACCES' });
    expect(await sound()).toBe(true);
    await chmod(join(sources, 'locked'), 0o755);
  });
});

describe('a disk that is full', () => {
  it('costs no more than the file that does not fit', async () => {
    const mounts = ownMounts();
    if (mounts === undefined) {
      skip('mounting is not allowed here');
      return;
    }
    // The mount is seen by this shell and its children only; the case is copied out before they end.
    const disk = join(folder, 'disk');
    await mkdir(disk);
    await writeFile(join(folder, '1-fits'), randomBytes(300_000));
    await writeFile(join(folder, '2-does-not'), randomBytes(3_000_000));
    await writeFile(join(folder, '3-fits'), randomBytes(1000));
    const node = `'${process.execPath}' '${child}'`;
    const script = `set -e
      mount -t tmpfs -o size=2m none '${disk}'
      ${node} create '${home}' '${disk}/case'
      ${node} add '${home}' '${disk}/case' '${folder}/1-fits' '${folder}/2-does-not' '${folder}/3-fits'
      dd if=/dev/zero of='${disk}/filler' bs=4096 2>/dev/null || true
      ${node} add '${home}' '${disk}/case' '${folder}/2-does-not' || true
      rm '${disk}/filler'
      ${node} add '${home}' '${disk}/case' '${folder}/3-fits'
      cp -a '${disk}/case' '${ownCase}'`;
    const [unshare = '', ...rest] = mounts;
    const output = execFileSync(unshare, [...rest, 'sh', '-c', script], { encoding: 'utf8' });
    const answers = output
      .trimEnd()
      .split('\n')
      .map(
        (line) => JSON.parse(line) as { outcomes?: { outcome: string; reason?: string }[]; error?: { code: string } },
      );
    const ends = answers.filter(({ outcomes, error }) => outcomes !== undefined || error !== undefined);
    expect(ends[0]?.outcomes?.map((o) => o.reason ?? o.outcome)).toEqual(['added', 'disk-full', 'added']);
    // Not one byte left: not even the refusal can be written down, and that is what it says.
    expect(ends[1]?.error?.code).toBe('disk-full');
    expect(ends[2]?.outcomes?.map((o) => o.outcome)).toEqual(['already-present']);
    expect((await readdir(join(ownCase, 'exhibits'))).sort()).toEqual(['E001', 'E002']);
    expect(await sound()).toBe(true);
  });
});

describe('a case on a read-only disk', () => {
  it('refuses to be written to in plain words, and can be read and verified', async () => {
    const mounts = ownMounts();
    if (mounts === undefined) {
      skip('mounting is not allowed here');
      return;
    }
    await create();
    await writeFile(join(folder, 'a'), 'a');
    await add(join(folder, 'a'));
    const before = await readFile(join(ownCase, 'custody.jsonl'));
    const script = `mount --bind '${ownCase}' '${ownCase}' && mount -o remount,ro,bind '${ownCase}' &&
      '${process.execPath}' '${child}' add '${home}' '${ownCase}' '${folder}/a'; true`;
    const [unshare = '', ...rest] = mounts;
    const answer = execFileSync(unshare, [...rest, 'sh', '-c', script], { encoding: 'utf8' });
    expect(JSON.parse(answer)).toEqual({
      error: { code: 'file-not-writable', details: { path: join(ownCase, 'case.lock'), reason: 'EROFS' } },
    });
    expect(await readFile(join(ownCase, 'custody.jsonl'))).toEqual(before);
    expect((await stat(join(ownCase, 'exhibits/E001/original.bin'))).mode & 0o222).toBe(0);
    expect(await sound()).toBe(true);
  });
});
