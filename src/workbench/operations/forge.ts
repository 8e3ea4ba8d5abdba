import { mkdir, readFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { demo, forge } from '../../contract/operations.ts';
import { demoSpec } from '../../lab/forge/demo-spec.ts';
import { forgeClip } from '../../lab/forge/forge-clip.ts';
import { forgeStill } from '../../lab/forge/forge-still.ts';
import { ForgeSpec } from '../../lab/forge/spec.ts';
import { truthPath } from '../../lab/forge/truth.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { triageOperation } from './triage.ts';

/** Answers `forge`: makes a talking-head clip whose truth is written beside it. */
export async function forgeOperation(
  engine: Engine,
  input: z.infer<typeof forge.input>,
  context: OperationContext,
): Promise<z.infer<typeof forge.output>> {
  const clip = resolve(input.path);
  const read = input.specPath === undefined ? {} : await readSpec(input.specPath);
  const parsed = ForgeSpec.safeParse({ ...read, ...input.spec });
  if (!parsed.success) {
    const [issue] = parsed.error.issues;
    throw new AssayError('setting-invalid', {
      setting: issue?.path.join('.') ?? 'spec',
      problem: issue?.message ?? z.prettifyError(parsed.error),
    });
  }
  const { signal, progress } = context;
  const truth = await forgeClip(parsed.data, clip, { toolbox: engine.toolbox, signal, progress });
  return { clip, truth: truthPath(clip), sha256: truth.clip.sha256 };
}

async function readSpec(path: string): Promise<Record<string, unknown>> {
  try {
    return z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, 'utf8')));
  } catch (cause) {
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw new AssayError('file-not-readable', { path, reason }, { cause });
  }
}

/** Answers `demo`: makes evidence out of nothing and does the whole job on it, with the practice identity if there is no other. */
export async function demoOperation(
  engine: Engine,
  input: z.infer<typeof demo.input>,
  context: OperationContext,
): Promise<z.infer<typeof demo.output>> {
  const folder = resolve(input.folder);
  const evidence = join(folder, 'evidence');
  await mkdir(evidence, { recursive: true });
  const { clip, still } = demoSpec();
  const { signal, progress } = context;
  const clipPath = join(evidence, clip.fileName);
  const stillPath = join(evidence, still.fileName);
  await forgeClip(clip.spec, clipPath, { toolbox: engine.toolbox, signal, progress });
  await forgeStill(still.spec, stillPath);
  const done = await triageOperation(
    engine,
    { folder: join(folder, 'case'), files: [clipPath, stillPath], title: input.title, source: input.source },
    context,
  );
  return { evidence: [clipPath, stillPath], truths: [truthPath(clipPath), truthPath(stillPath)], ...done };
}
