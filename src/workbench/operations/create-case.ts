import { resolve } from 'node:path';
import type { z } from 'zod';
import type { Case } from '../../case/case.ts';
import { createCase as makeCase } from '../../case/create-case.ts';
import type { createCase } from '../../contract/operations.ts';
import { caseIdentity } from '../case-identity.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { machineZone } from '../machine-zone.ts';

type Wanted = z.infer<typeof createCase.input>;

/** Answers `case.create`: an empty case whose custody log has begun. */
export async function createCaseOperation(
  engine: Engine,
  input: Wanted,
  context: OperationContext,
): Promise<z.infer<typeof createCase.output>> {
  const made = await beginCase(engine, input, context);
  await made.close();
  return { case: caseSummary(made) };
}

/** Makes a case and leaves it open for writing. */
export async function beginCase(engine: Engine, input: Wanted, context: OperationContext): Promise<Case> {
  return makeCase({
    folder: resolve(input.folder),
    title: input.title,
    ...(input.reference === undefined ? {} : { reference: input.reference }),
    examiner: input.examiner,
    language: input.language ?? 'en',
    timeZone: input.timeZone ?? machineZone(),
    ...(await caseIdentity(engine, context)),
    state: engine.state,
    clock: engine.clock,
    randomUuid: engine.randomUuid,
  });
}
