import { mkdir, readdir } from 'node:fs/promises';
import { relative, resolve, sep } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import { writeDerived } from '../../bundle/derived/write-derived.ts';
import type { Case } from '../../case/case.ts';
import { writeProblem } from '../../case/file-problem.ts';
import { openCase } from '../../case/open-case.ts';
import type { caseData } from '../../contract/bundle-operations.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';

/** Answers `case.data`. The case is only read, so that one on a read-only disk gives its data too. */
export async function caseDataOperation(
  engine: Engine,
  input: z.infer<typeof caseData.input>,
  context: OperationContext,
): Promise<z.infer<typeof caseData.output>> {
  const folder = resolve(input.folder);
  const out = resolve(input.out);
  const target = engine.held.find(folder) ?? (await openCase({ folder, mode: 'read', clock: engine.clock }));
  await makeEmpty(target, out);
  const files = await writeDerived(target, {
    folder: out,
    text: await engine.text(input.language ?? target.record.language),
    caseUrl: relative(out, folder).split(sep).map(encodeURIComponent).join('/'),
    ...(input.exhibits === undefined || input.exhibits.length === 0 ? {} : { exhibits: input.exhibits }),
    progress: context.progress,
    signal: context.signal,
  });
  return { case: caseSummary(target), out, files: [...files] };
}

async function makeEmpty(target: Case, out: string): Promise<void> {
  const below = relative(target.folder, out);
  if (below === '' || (below !== '..' && !below.startsWith(`..${sep}`)))
    throw new AssayError('inside-case', { path: out });
  try {
    await mkdir(out, { recursive: true });
    if ((await readdir(out)).length > 0) throw new AssayError('bundle-exists', { path: out });
  } catch (error) {
    throw writeProblem(out, error);
  }
}
