import { execFileSync } from 'node:child_process';
import { mkdir, mkdtemp, rm, symlink, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import { walkPaths } from '../../../../src/case/intake/walk-paths.ts';
import type { CasePath } from '../../../../src/case/intake/case-path.ts';

let folder: string;
let ownCase: string;
const never = new AbortController().signal;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-walk-'));
  ownCase = join(folder, 'in', 'case');
  await mkdir(ownCase, { recursive: true });
});
afterEach(() => rm(Buffer.from(folder), { recursive: true, force: true }));

const put = (name: string) => writeFile(join(folder, 'in', name), name);
const walk = async (...paths: CasePath[]) =>
  (await walkPaths(paths.length > 0 ? paths : [join(folder, 'in')], ownCase, never)).map((item) => ({
    path: item.asGiven.toString().replace(`${folder}/`, ''),
    outcome: item.kind === 'file' ? 'file' : item.refusal.reason,
    ...(item.kind === 'refused' ? { details: item.refusal.details } : {}),
  }));
const outcomes = async (...paths: CasePath[]) =>
  (await walk(...paths)).map(({ path, outcome }) => `${outcome} ${path}`);

describe('walkPaths', () => {
  it('finds all files, hidden ones too, in the bytewise order of their names', async () => {
    for (const name of ['b', 'B', '.hidden', 'a b', '-x', 'q\'uo"te', 'new\nline', '😀', 'Ғ', 'ҷ']) await put(name);
    await mkdir(join(folder, 'in', 'a'));
    await put('a/z');
    expect((await outcomes()).filter((line) => line.startsWith('file'))).toEqual(
      ['-x', '.hidden', 'B', 'a/z', 'a b', 'b', 'new\nline', 'q\'uo"te', 'Ғ', 'ҷ', '😀'].map((n) => `file in/${n}`),
    );
  });

  it('keeps names that are not UTF-8 as the bytes that they are', async () => {
    const name = Buffer.concat([Buffer.from(join(folder, 'in/')), Buffer.from([0xff, 0xfe])]);
    await writeFile(name, '');
    const found = await walkPaths([join(folder, 'in')], ownCase, never);
    expect(found.some((item) => item.kind === 'file' && item.path.equals(name))).toBe(true);
  });

  it('tells links inside a folder and does not follow them', async () => {
    await writeFile(join(folder, 'secret'), '');
    await symlink(join(folder, 'secret'), join(folder, 'in', 'link'));
    await symlink('..', join(folder, 'in', 'loop'));
    const found = await walk();
    expect(found.map(({ outcome }) => outcome)).toEqual(['inside-case', 'symbolic-link', 'symbolic-link']);
    expect(found[1]?.details).toEqual({ path: join(folder, 'in/link'), target: join(folder, 'secret') });
  });

  it('follows a link that the person names, and keeps both paths', async () => {
    await put('clip.mp4');
    await symlink(join(folder, 'in', 'clip.mp4'), join(folder, 'latest'));
    const [item] = await walkPaths([join(folder, 'latest')], ownCase, never);
    expect(item).toMatchObject({ kind: 'file', asGiven: Buffer.from(join(folder, 'latest')) });
    expect(item?.kind === 'file' && item.resolved?.toString()).toBe(join(folder, 'in/clip.mp4'));
  });

  it('never opens what is no file', async () => {
    execFileSync('mkfifo', [join(folder, 'in', 'pipe')]);
    const server = createServer().listen(join(folder, 'in', 'socket'));
    await new Promise((resolve) => server.once('listening', resolve));
    expect((await walk()).map(({ details }) => details?.['kind'])).toEqual([undefined, 'pipe', 'socket']);
    expect((await walk('/dev/null'))[0]).toMatchObject({ outcome: 'not-a-file', details: { kind: 'device' } });
    server.close();
  });

  it('leaves out the case itself, whether it lies in the folder or is named', async () => {
    await writeFile(join(ownCase, 'case.json'), '');
    expect(await outcomes()).toEqual(['inside-case in/case']);
    expect(await outcomes(ownCase)).toEqual(['inside-case in/case']);
    expect(await outcomes(join(ownCase, 'case.json'))).toEqual(['inside-case in/case/case.json']);
    await symlink(join(ownCase, 'case.json'), join(folder, 'way-in'));
    expect(await outcomes(join(folder, 'way-in'))).toEqual(['inside-case way-in']);
  });

  it('tells what is not there and goes on', async () => {
    await put('a');
    expect(await outcomes(join(folder, 'nowhere'), join(folder, 'in', 'a'))).toEqual([
      'file-not-found nowhere',
      'file in/a',
    ]);
  });

  it('does not run out of stack in a very deep folder', async () => {
    const deep = Array(500).fill('d').join('/');
    await mkdir(join(folder, 'in', deep), { recursive: true });
    await put(`${deep}/end`);
    expect((await outcomes()).at(-1)).toBe(`file in/${deep}/end`);
  });

  it('stops when it is cancelled', async () => {
    const error: unknown = await walkPaths([folder], ownCase, AbortSignal.abort()).catch((thrown: unknown) => thrown);
    expect(isAssayError(error, 'cancelled')).toBe(true);
  });
});
