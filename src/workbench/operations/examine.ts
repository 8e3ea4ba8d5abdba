import type { z } from 'zod';
import type { Case } from '../../case/case.ts';
import type { examine } from '../../contract/operations.ts';
import { chooseMethods } from '../../examination/chosen-methods.ts';
import { examineCase } from '../../examination/examine-case.ts';
import { caseSummary } from '../case-summary.ts';
import { openHashLists } from '../../bundle/hash-list/hash-lists.ts';
import { referenceMaterial } from '../reference-material.ts';
import { withKnownFiles } from '../with-known-files.ts';
import type { Engine } from '../engine.ts';
import { examinedExhibit } from '../examined-exhibit.ts';
import type { OperationContext } from '../operation-context.ts';
import { withCase } from '../with-case.ts';

type Wanted = Omit<z.infer<typeof examine.input>, 'folder'>;

/** Answers `examination.run`: runs the chosen methods on exhibits of a case. */
export async function examineOperation(
  engine: Engine,
  input: z.infer<typeof examine.input>,
  context: OperationContext,
): Promise<z.infer<typeof examine.output>> {
  // Found out on another core while the case is being opened. What goes wrong is said when the tool is needed.
  for (const ready of [engine.toolbox.find('ffprobe'), engine.toolbox.sandbox()]) ready.catch(() => undefined);
  return withCase(engine, input.folder, context, async (target) => ({
    case: caseSummary(target),
    ...(await examineIn(engine, target, input, context)),
  }));
}

/** Examines exhibits of an open case. */
export async function examineIn(
  engine: Engine,
  target: Case,
  wanted: Wanted,
  context: OperationContext,
): Promise<Omit<z.infer<typeof examine.output>, 'case'>> {
  const lists = openHashLists(engine.state);
  const chosen = await chooseMethods(await withKnownFiles(wanted, lists));
  const all = await examineCase({
    target,
    ...(wanted.exhibits === undefined ? {} : { exhibits: wanted.exhibits }),
    chosen,
    toolbox: engine.toolbox,
    kernels: engine.kernels,
    reference: referenceMaterial(engine.state),
    clock: engine.clock,
    assayVersion: engine.version,
    signal: context.signal,
    progress: context.progress,
    ...(wanted.again === undefined ? {} : { again: wanted.again }),
  });
  const every = all.flatMap(({ examined }) => examined);
  return {
    exhibits: all.map(({ exhibitId, examined }) => examinedExhibit(target.exhibit(exhibitId), examined)),
    ran: every.filter(({ cached }) => !cached).length,
    cached: every.filter(({ cached }) => cached).length,
  };
}
