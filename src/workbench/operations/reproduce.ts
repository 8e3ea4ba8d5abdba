import { chmod, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { referenceMaterial } from '../reference-material.ts';
import { looksLikeBundle, openBundle } from '../../bundle/open-bundle.ts';
import { refusalOf } from '../../bundle/refusal.ts';
import { unpackCase } from '../../bundle/unpack-case.ts';
import { verifyBundle } from '../../bundle/verify-bundle.ts';
import { AssayError } from '../../base/errors.ts';
import { openCase } from '../../case/open-case.ts';
import type { reproduceCase as reproduceContract } from '../../contract/laboratory-operations.ts';
import { reproduceCase } from '../../examination/reproduce/reproduce-case.ts';
import type { ReproducedExamination } from '../../examination/reproduce/reproduced.ts';
import { ageSecrets } from '../age-secrets.ts';
import type { Engine } from '../engine.ts';
import { verificationTrust } from '../known-certificates.ts';
import type { OperationContext } from '../operation-context.ts';

type Answer = z.infer<typeof reproduceContract.output>;

/** Answers `case.reproduce`: examines again into a temporary folder, and compares result by result. */
export async function reproduceOperation(
  engine: Engine,
  input: z.infer<typeof reproduceContract.input>,
  context: OperationContext,
): Promise<Answer> {
  const path = resolve(input.path);
  const work = await mkdtemp(join(tmpdir(), 'assay-reproduce-'));
  try {
    const isBundle = await looksLikeBundle(path);
    const folder = isBundle ? await unpack(engine, path, join(work, 'case'), context) : path;
    const target = await openCase({ folder, mode: 'read', clock: engine.clock });
    try {
      const workFolder = join(work, 'examinations');
      await mkdir(workFolder);
      const examinations = await reproduceCase({
        target,
        ...(input.exhibits === undefined ? {} : { exhibits: input.exhibits }),
        workFolder,
        toolbox: engine.toolbox,
        kernels: engine.kernels,
        reference: referenceMaterial(engine.state),
        clock: engine.clock,
        assayVersion: engine.version,
        signal: context.signal,
        progress: context.progress,
      });
      const { id, title } = target.record;
      const count = (outcome: ReproducedExamination['outcome']): number =>
        examinations.filter((one) => one.outcome === outcome).length;
      const counts = { identical: count('identical'), different: count('different'), cannot: count('cannot') };
      return {
        path,
        kind: isBundle ? 'bundle' : 'case',
        case: { id, title },
        assay: engine.version,
        outcome: wholeOutcome(counts),
        ...counts,
        examinations: examinations.map(listed),
      };
    } finally {
      await target.close();
    }
  } finally {
    await removeFolder(work);
  }
}

/** A bundle is verified before anything of it is used, and unpacked into a folder that is gone afterwards. */
async function unpack(engine: Engine, path: string, folder: string, context: OperationContext): Promise<string> {
  const { signal, progress } = context;
  const { source } = await openBundle(path, () => ageSecrets(engine, context));
  try {
    const verification = await verifyBundle(source, { ...(await verificationTrust(engine, {})), progress, signal });
    const refusal = refusalOf(verification, path);
    if (refusal !== undefined) throw refusal;
    if (verification.record?.scope !== 'evidence') throw new AssayError('bundle-without-evidence', { path });
    await mkdir(folder);
    await unpackCase(source, verification.files, folder, { path, progress, signal });
    return folder;
  } finally {
    await source.close();
  }
}

function wholeOutcome({
  identical,
  different,
  cannot,
}: Record<ReproducedExamination['outcome'], number>): Answer['outcome'] {
  if (different > 0) return 'different';
  if (cannot > 0) return 'cannot';
  return identical > 0 ? 'identical' : 'nothing';
}

function listed(one: ReproducedExamination): Answer['examinations'][number] {
  return {
    exhibit: one.exhibitId,
    key: one.key,
    method: one.method.id,
    recordedVersion: one.method.recordedVersion,
    versionHere: one.method.versionHere ?? null,
    outcome: one.outcome,
    reason: one.reason ?? null,
    about: one.about ?? null,
    difference: one.difference ?? null,
    programs: one.programs.map(({ name, recorded, here, same }) => ({
      name,
      recorded: recorded ?? null,
      here: here ?? null,
      same,
    })),
    recordedSha256: one.recordedSha256 ?? null,
  };
}

/** Copies of originals are read-only; on some systems such a file has to be made writable before it can go. */
async function removeFolder(folder: string): Promise<void> {
  if (process.platform === 'win32')
    for (const entry of await readdir(folder, { recursive: true, withFileTypes: true }))
      if (entry.isFile()) await chmod(join(entry.parentPath, entry.name), 0o600);
  await rm(folder, { recursive: true, force: true });
}
