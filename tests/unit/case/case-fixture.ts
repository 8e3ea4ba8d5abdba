import { chmodSync, readdirSync, statSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Case } from '../../../src/case/case.ts';
import { createCase } from '../../../src/case/create-case.ts';
import { addExhibits, type IntakeOutcome } from '../../../src/case/intake/add-exhibits.ts';
import { openCase, type CaseToWrite } from '../../../src/case/open-case.ts';
import type { Identity } from '../../../src/seal/identity/identity.ts';
import { createPracticeIdentity, unlockPracticeIdentity } from '../../../src/seal/identity/practice-identity.ts';
import type { Signer } from '../../../src/seal/signer/signer.ts';

/** A folder of its own with an identity, a clock that ticks a second per look, and cases in it. */
export interface Bench {
  readonly folder: string;
  readonly state: string;
  readonly identity: Identity;
  readonly signer: Signer;
  /** How often the identity was unlocked. */
  unlocked(): number;
  path(...parts: string[]): string;
  create(name: string): Promise<Case>;
  open(name: string, options?: Partial<CaseToWrite>): Promise<Case>;
  remove(): Promise<void>;
}

export async function openBench(): Promise<Bench> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-case-'));
  const state = join(folder, 'state');
  const now = Date.now();
  let ticks = 0;
  let uuids = 0;
  let unlocked = 0;
  const clock = () => new Date(now + 1000 * ticks++);
  const randomUuid = () => `00000000-0000-4000-8000-${String(++uuids).padStart(12, '0')}`;
  const identity = await createPracticeIdentity({ folder: join(folder, 'identity'), clock: () => new Date(now) });
  const signer = await unlockPracticeIdentity(identity);
  const unlock = () => {
    unlocked += 1;
    return Promise.resolve(signer);
  };
  const path = (...parts: string[]) => join(folder, ...parts);
  return {
    ...{ folder, state, identity, signer, path },
    unlocked: () => unlocked,
    create: (name) =>
      createCase({
        ...{ folder: path(name), title: 'A title', examiner: 'The examiner', language: 'en', timeZone: 'Asia/Almaty' },
        ...{ identity, unlock, state, clock, randomUuid },
      }),
    open: (name, options = {}) =>
      openCase({ folder: path(name), mode: 'write', identity, unlock, state, clock, randomUuid, ...options }),
    async remove() {
      makeWritable(folder);
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Writes files below the bench and takes them in. */
export async function addFiles(
  bench: Bench,
  target: Case,
  files: Readonly<Record<string, string | Uint8Array>>,
): Promise<readonly IntakeOutcome[]> {
  const paths: string[] = [];
  for (const [name, content] of Object.entries(files)) {
    await writeFile(bench.path(name), content);
    paths.push(bench.path(name));
  }
  return addExhibits(target, paths, { role: 'questioned' });
}

function makeWritable(path: string): void {
  const stats = statSync(path, { throwIfNoEntry: false });
  if (stats?.isDirectory() !== true) return;
  chmodSync(path, 0o755);
  for (const name of readdirSync(path, { encoding: 'buffer' }))
    if (!name.includes(0xff)) makeWritable(join(path, name.toString()));
}
