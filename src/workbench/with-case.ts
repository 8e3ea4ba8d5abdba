import { resolve } from 'node:path';
import type { Case } from '../case/case.ts';
import { openCase } from '../case/open-case.ts';
import { caseIdentity } from './case-identity.ts';
import type { Engine } from './engine.ts';
import type { OperationContext } from './operation-context.ts';

/** Works on a case: on the one that the window holds, or opened for writing and closed again, whatever happens. */
export async function withCase<T>(
  engine: Engine,
  folder: string,
  context: OperationContext,
  work: (opened: Case) => Promise<T>,
): Promise<T> {
  const held = engine.held.find(folder);
  if (held !== undefined) return work(held);
  const opened = await openForWriting(engine, folder, context);
  context.recovered?.(opened.recovered);
  try {
    return await work(opened);
  } finally {
    await opened.close();
  }
}

export async function openForWriting(engine: Engine, folder: string, context: OperationContext): Promise<Case> {
  return openCase({
    folder: resolve(folder),
    mode: 'write',
    ...(await caseIdentity(engine, context)),
    state: engine.state,
    clock: engine.clock,
    randomUuid: engine.randomUuid,
  });
}
