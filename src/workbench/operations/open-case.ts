import { resolve, sep } from 'node:path';
import type { z } from 'zod';
import { isAssayError } from '../../base/errors.ts';
import type { Case } from '../../case/case.ts';
import { openCase as openToRead } from '../../case/open-case.ts';
import type { openCase } from '../../contract/window-operations.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { stateFiles } from '../state-files.ts';
import type { WindowSession } from '../window-session.ts';
import { openForWriting } from '../with-case.ts';

/**
 * Answers `case.open`: opens a case and holds it until the window closes it. Where another process writes to it, or the
 * disk is read-only, it opens for reading.
 */
export async function openCaseOperation(
  session: WindowSession,
  input: z.infer<typeof openCase.input>,
  context: OperationContext,
): Promise<z.infer<typeof openCase.output>> {
  const { engine } = session;
  const folder = resolve(input.folder);
  const opened = engine.held.find(folder) ?? (await openAsCan(engine, folder, context));
  engine.held.hold(opened);
  getReadyToLook(session, opened);
  const { title } = opened.record;
  await stateFiles(engine.state).remember({ folder, title, openedAt: engine.clock().toISOString() });
  const { removed, completed, repaired } = opened.recovered;
  return {
    case: { ...caseSummary(opened), timeZone: opened.record.timeZone },
    readOnly: opened.mode === 'read',
    repaired: [...repaired, ...completed, ...removed],
  };
}

/** The window shows the first exhibit: what it will ask of it is worked out while it puts itself together. */
function getReadyToLook({ media, frames }: WindowSession, target: Case): void {
  const first = target.exhibits()[0]?.id;
  if (first === undefined) return;
  // Whoever asks later is told what went wrong.
  media
    .of(target, first)
    .then((opened) => frames.getReady(`${target.folder} ${first}`, opened))
    .catch(() => undefined);
}

async function openAsCan(engine: Engine, folder: string, context: OperationContext): Promise<Case> {
  try {
    return await openForWriting(engine, folder, context);
  } catch (error) {
    if (!isAssayError(error, 'case-locked') && !isAssayError(error, 'file-not-writable')) throw error;
    return openToRead({ folder, mode: 'read', clock: engine.clock });
  }
}

/** Answers `case.close`: gives the case's lock back. */
export async function closeCaseOperation(
  { engine, media, frames, lenses, hashes, digests }: WindowSession,
  input: { folder: string },
): Promise<Record<string, never>> {
  const folder = resolve(input.folder);
  await frames.close(`${folder} `);
  lenses.close(`${folder} `);
  hashes.close(`${folder} `);
  digests.forget(`${folder}${sep}`);
  await media.close(folder);
  await engine.held.release(folder);
  return {};
}

/** Answers `case.forget`: takes a case off the list of recent ones; the case itself stays. */
export async function forgetRecentOperation(
  { engine }: WindowSession,
  input: { folder: string },
): Promise<Record<string, never>> {
  await stateFiles(engine.state).forget(input.folder);
  return {};
}
