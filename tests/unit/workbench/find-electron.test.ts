import { chmod, mkdir, mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { findElectron } from '../../../src/workbench/find-electron.ts';

let home: string;
let folder: string;

beforeEach(async () => {
  home = await mkdtemp(join(tmpdir(), 'assay-home-'));
  folder = join(home, 'node_modules/electron');
  await mkdir(folder, { recursive: true });
  await writeFile(join(home, 'package.json'), '{}');
  await writeFile(join(folder, 'package.json'), '{"name":"electron","version":"1.0.0"}');
  // As the real one: asking it for its path would fetch the program.
  await writeFile(join(folder, 'index.js'), "require('fs').writeFileSync(__dirname + '/fetched', '')");
});

afterEach(() => rm(home, { recursive: true, force: true }));

async function program(path: string): Promise<string> {
  await mkdir(join(path, '..'), { recursive: true });
  await writeFile(path, '#!/bin/sh\n');
  await chmod(path, 0o755);
  return path;
}

describe('findElectron', () => {
  it('finds the program that the package names', async () => {
    await writeFile(join(folder, 'path.txt'), 'electron\n');
    const path = await program(join(folder, 'dist/electron'));
    expect(await findElectron(home, {})).toBe(path);
  });

  it('finds nothing, and fetches nothing, where the program was never fetched', async () => {
    expect(await findElectron(home, {})).toBeUndefined();
    await writeFile(join(folder, 'path.txt'), 'electron');
    expect(await findElectron(home, {})).toBeUndefined();
    expect(await readdir(folder)).not.toContain('fetched');
  });

  it('finds nothing where the package is not installed', async () => {
    await rm(folder, { recursive: true });
    expect(await findElectron(home, {})).toBeUndefined();
  });

  it('takes the folder that the person named', async () => {
    const elsewhere = join(home, 'elsewhere');
    const path = await program(join(elsewhere, 'electron'));
    expect(await findElectron(home, { ELECTRON_OVERRIDE_DIST_PATH: elsewhere })).toBe(path);
  });
});
