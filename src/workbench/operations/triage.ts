import { basename, resolve } from 'node:path';
import { isAssayError, AssayError } from '../../base/errors.ts';
import type { z } from 'zod';
import type { Case } from '../../case/case.ts';
import type { triage } from '../../contract/operations.ts';
import { chooseMethods } from '../../examination/chosen-methods.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity } from '../signer.ts';
import { openForWriting } from '../with-case.ts';
import { takeInto } from './add-exhibits.ts';
import { beginCase } from './create-case.ts';
import { examineIn } from './examine.ts';
import { sealReport } from './write-report.ts';

type Wanted = z.infer<typeof triage.input>;

/**
 * Answers `triage`: case, intake, examination and sealed report in one go. A case that is there already is gone on
 * with: known bytes are recognised, finished examinations are used, and a further report is written.
 */
export async function triageOperation(
  engine: Engine,
  input: Wanted,
  context: OperationContext,
): Promise<z.infer<typeof triage.output>> {
  // What was asked for in words that do not exist is said before anything is written.
  await chooseMethods(input);
  const target = await openOrBegin(engine, input, context);
  try {
    const intake = await takeInto(target, input, context);
    const ids = [...new Set([...intake.added, ...intake.alreadyPresent].map(({ id }) => id))].sort();
    if (ids.length === 0) throw nothingTaken(intake.refused[0]);
    const { exhibits } = await examineIn(engine, target, { ...input, exhibits: ids }, context);
    const report = await sealReport(engine, target, { language: input.language }, context);
    return { case: caseSummary(target), ...intake, exhibits, report };
  } finally {
    await target.close();
  }
}

async function openOrBegin(engine: Engine, input: Wanted, context: OperationContext): Promise<Case> {
  try {
    return await openForWriting(engine, input.folder, context);
  } catch (error) {
    if (!isAssayError(error, 'not-a-case')) throw error;
  }
  const { reference, language, timeZone } = input;
  return beginCase(
    engine,
    {
      folder: input.folder,
      title: input.title ?? basename(resolve(input.folder)),
      examiner: input.examiner ?? (await signingIdentity(engine)).name,
      ...(reference === undefined ? {} : { reference }),
      ...(language === undefined ? {} : { language }),
      ...(timeZone === undefined ? {} : { timeZone }),
    },
    context,
  );
}

/** Nothing to examine: the first refusal is the reason that the person needs. */
function nothingTaken(
  refused: { path: string; reason: string; details: Record<string, unknown> } | undefined,
): AssayError {
  if (refused === undefined) return new AssayError('nothing-to-examine', { what: 'the folders are empty' });
  return new AssayError(refused.reason as 'file-not-found', { path: refused.path, ...refused.details });
}
