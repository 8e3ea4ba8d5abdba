import { chmod, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { reproduceCase, validateInstallation } from '../../../src/contract/laboratory-operations.ts';
import { ValidationRecord } from '../../../src/lab/validation/validation-record.ts';
import { runAssay, type CommandRun } from '../../support/command-line.ts';
import { shell } from '../seal/openssl.ts';

let folder: string;
let home: string;
let validated: CommandRun;
const assay = (args: readonly string[], env: Readonly<Record<string, string>> = {}) =>
  runAssay(args, { cwd: folder, home, env });

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-laboratory-'));
  home = join(folder, 'home');
  await mkdir(home);
  validated = await assay(['validate', 'validation', '--json']);
}, 180_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('assay validate', () => {
  const output = () => validateInstallation.output.parse(JSON.parse(validated.stdout));

  it('gets every known answer on this machine', () => {
    expect(validated.stderr).toBe('');
    expect(output().trials.filter(({ outcome }) => outcome !== 'passed')).toEqual([]);
    expect([output().outcome, validated.code]).toEqual(['passed', 0]);
    expect(output().programs.map(({ name }) => name)).toEqual(expect.arrayContaining(['ffmpeg', 'ffprobe', 'sharp']));
  });

  it('leaves a sealed record that openssl verifies, with what it says as data and as a page', async () => {
    const record = ValidationRecord.parse(JSON.parse(await readFile(output().record, 'utf8')));
    expect(record.trials).toEqual(output().trials);
    expect(await readFile(output().html, 'utf8')).toContain('Validation of this installation');
    const check =
      'sha256sum -c --strict manifest-sha256.txt && openssl cms -verify -binary -inform DER' +
      ' -in manifest-sha256.txt.p7s -content manifest-sha256.txt -noverify -out /dev/null';
    expect(shell(check, output().folder)).toMatchObject({ status: 0 });
  });

  it('writes into no folder that holds something', async () => {
    expect((await assay(['validate', 'validation'])).code).toBe(2);
  });
});

describe('assay reproduce', () => {
  const made = 'validation/case';
  type Reproduction = z.infer<typeof reproduceCase.output>;
  const read = ({ stdout }: CommandRun): Reproduction => reproduceCase.output.parse(JSON.parse(stdout));

  it('finds a case identical, changes nothing in it, and leaves nothing behind', async () => {
    const before = await readdir(join(folder, made), { recursive: true });
    const run = await assay(['reproduce', made, '--json']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(read(run)).toMatchObject({ kind: 'case', outcome: 'identical', different: 0, cannot: 0 });
    expect(read(run).examinations.every(({ programs }) => programs.every(({ same }) => same))).toBe(true);
    expect(await readdir(join(folder, made), { recursive: true })).toEqual(before);
  });

  it('reads a bundle too', async () => {
    const out = await assay(['export', made, '--with-evidence', '--out', 'case.zip', '--quiet']);
    expect(out.stderr).toBe('');
    const run = await assay(['reproduce', 'case.zip', 'E006', '--json']);
    expect([run.code, run.stderr]).toEqual([0, '']);
    expect(read(run)).toMatchObject({ kind: 'bundle', outcome: 'identical' });
  });

  it('says which program is missing, and that nothing differs', async () => {
    const run = await assay(['reproduce', made, 'E001', '--json'], { ASSAY_FFMPEG: '/nowhere/ffmpeg' });
    const missing = read(run).examinations.filter(({ outcome }) => outcome === 'cannot');
    expect(run.code).toBe(3);
    expect(read(run).different).toBe(0);
    expect(missing.length).toBeGreaterThan(0);
    expect(new Set(missing.map(({ reason, about }) => `${String(reason)} ${String(about)}`))).toEqual(
      new Set(['tool-missing ffmpeg']),
    );
    const [ffmpeg] = missing[0]!.programs.filter(({ name }) => name === 'ffmpeg');
    expect(ffmpeg).toMatchObject({ here: null, same: false });
  });

  it('compares nothing with evidence or records that were changed', async () => {
    const original = join(folder, made, 'exhibits/E006/original.jpg');
    await chmod(original, 0o644);
    const bytes = await readFile(original);
    bytes[bytes.length - 10]! ^= 1;
    await writeFile(original, bytes);
    const examinations = join(folder, made, 'exhibits/E005/examinations');
    const [first] = await readdir(examinations);
    const result = join(examinations, first!, 'result.json');
    await writeFile(result, `${await readFile(result, 'utf8')}\n`);
    const run = await assay(['reproduce', made, 'E005', 'E006', '--json']);
    expect(run.code).toBe(3);
    const reasons = read(run).examinations.flatMap(({ exhibit, reason }) =>
      reason === null ? [] : `${exhibit} ${reason}`,
    );
    expect(reasons.filter((reason) => reason.startsWith('E005'))).toEqual(['E005 record-changed']);
    expect(new Set(reasons.filter((reason) => reason.startsWith('E006')))).toEqual(new Set(['E006 evidence-changed']));
  });
});
