import { mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runAssay, type CommandRun } from '../../support/command-line.ts';

let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-bundle-'));
  await writeFile(join(folder, 'anna.pass'), 'the passphrase of Anna\n');
  await writeFile(join(folder, 'boris.pass'), 'the passphrase of Boris\n');
  await writeFile(join(folder, 'first.txt'), 'the first exhibit\n');
  await writeFile(join(folder, 'second.txt'), 'the second exhibit\n');
});

afterAll(() => rm(folder, { recursive: true, force: true }));

async function assay(who: 'anna' | 'boris' | 'carla', ...args: string[]): Promise<CommandRun> {
  return runAssay(args, { cwd: folder, home: join(folder, who) });
}

async function done(who: 'anna' | 'boris', ...args: string[]): Promise<string> {
  const run = await assay(who, ...args, '--passphrase-file', `${who}.pass`);
  expect(run.stderr).not.toContain('error');
  expect(run, run.stderr).toMatchObject({ code: 0 });
  return run.stdout;
}

interface Shown {
  readonly identity: { readonly certificate: string; readonly recipient: string };
}

describe('assay export and import', () => {
  it('pass a case between two people, encrypted, and keep the log of every hand', { timeout: 180_000 }, async () => {
    for (const who of ['anna', 'boris'] as const) {
      const { identity } = JSON.parse(await done(who, 'identity', 'new', '--name', who, '--json')) as Shown;
      await writeFile(join(folder, `${who}.pem`), identity.certificate);
      expect((await assay(who, 'identity', 'show')).stdout).toContain(identity.recipient);
    }
    await done('anna', 'triage', 'first.txt', '--out', 'case');
    await done('anna', 'export', 'case', '--with-evidence', '--to', 'boris.pem', '--out', 'there.age');
    expect((await readFile(join(folder, 'there.age'))).subarray(0, 21).toString()).toBe('age-encryption.org/v1');

    // Nobody else opens it.
    const refused = await assay('carla', 'import', 'there.age', '--to', 'carlas');
    expect(refused).toMatchObject({ code: 2, stdout: '' });
    expect(refused.stderr).toContain('not to an identity on this machine');
    expect(await readdir(folder)).not.toContain('carlas');

    expect(await done('boris', 'verify', 'there.age', '--trusted', 'anna.pem')).toContain('Valid:');
    await done('boris', 'import', 'there.age', '--to', 'boris-case', '--trusted', 'anna.pem');
    await done('boris', 'add', 'boris-case', 'second.txt');
    await done('boris', 'export', 'boris-case', '--with-evidence', '--out', 'back.zip');
    const back = JSON.parse(await done('anna', 'import', 'back.zip', '--to', 'returned', '--json')) as {
      chapters: number;
      exhibits: number;
      sender: { name: string; trusted: boolean };
    };
    expect(back).toMatchObject({ chapters: 3, exhibits: 2, sender: { name: 'boris', trusted: false } });
    const verified = await assay('anna', 'verify', 'returned');
    expect(verified.stdout).toContain('The custody log has 3 chapters');
    expect(verified.code).toBe(0);

    expect((await assay('anna', 'export-data', 'returned', '--out', 'data')).code).toBe(0);
    expect(await readdir(join(folder, 'data'))).toContain('case.jsonld');
  });

  it('say what is wrong with a bundle, and leave nothing behind', { timeout: 60_000 }, async () => {
    const bytes = await readFile(join(folder, 'back.zip'));
    const at = bytes.indexOf('the second exhibit');
    bytes[at] = (bytes[at] ?? 0) ^ 1;
    await writeFile(join(folder, 'bad.zip'), bytes);
    const verified = await assay('carla', 'verify', 'bad.zip');
    expect(verified.code).toBe(1);
    expect(verified.stdout).toContain('data/case/exhibits/E002/original.txt was changed');
    const refused = await assay('carla', 'import', 'bad.zip', '--to', 'carlas');
    expect(refused.code).toBe(1);
    expect(refused.stderr).toContain('data/case/exhibits/E002/original.txt is not as it was sealed');
    expect((await readdir(folder)).filter((name) => name.includes('carlas'))).toEqual([]);
  });
});
