import type { z } from 'zod';
import type { ProgressEvent } from '../../base/progress.ts';
import type { Case } from '../../case/case.ts';
import { addExhibits as takeIn, type IntakeOutcome } from '../../case/intake/add-exhibits.ts';
import type { addExhibits } from '../../contract/operations.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { withCase } from '../with-case.ts';

type Wanted = Pick<z.infer<typeof addExhibits.input>, 'files' | 'role' | 'source'>;
type Intake = Omit<z.infer<typeof addExhibits.output>, 'case'>;

/** Answers `exhibit.add`: takes files into a case; what cannot be taken is listed with its reason and the rest goes on. */
export async function addExhibitsOperation(
  engine: Engine,
  input: z.infer<typeof addExhibits.input>,
  context: OperationContext,
): Promise<z.infer<typeof addExhibits.output>> {
  return withCase(engine, input.folder, context, async (target) => ({
    case: caseSummary(target),
    ...(await takeInto(target, input, context)),
  }));
}

/** Takes files into an open case. */
export async function takeInto(target: Case, wanted: Wanted, context: OperationContext): Promise<Intake> {
  const outcomes = await takeIn(target, wanted.files, {
    role: wanted.role ?? 'questioned',
    ...(wanted.source === undefined ? {} : { source: wanted.source }),
    progress: context.progress,
    fileProgress: (event) => context.progress({ ...event, stage: 'intake-file' }),
    onOutcome: (outcome) => context.progress(outcomeEvent(outcome)),
    signal: context.signal,
  });
  return sortOut(outcomes);
}

/** What became of one file, as soon as it is known: its number and hashes, or why it was not taken in. */
function outcomeEvent(outcome: IntakeOutcome): ProgressEvent {
  const { path } = outcome;
  if (outcome.outcome === 'refused') {
    const { reason, details } = outcome.refusal;
    const told = { ...details, outcome: 'refused', reason };
    return { stage: 'intake-file', subject: path, done: 0, unit: 'bytes', details: told };
  }
  const { id, sizeBytes, sha256, sha512, md5 } = outcome.exhibit;
  return {
    ...{ stage: 'intake-file', subject: path, done: sizeBytes, total: sizeBytes, unit: 'bytes' },
    details: { outcome: outcome.outcome, id, sha256, sha512, md5 },
  };
}

function sortOut(outcomes: readonly IntakeOutcome[]): Intake {
  const intake: Intake = { added: [], alreadyPresent: [], refused: [] };
  for (const outcome of outcomes) {
    switch (outcome.outcome) {
      case 'added': {
        const { id, name, role, sizeBytes, sha256, sha512, md5 } = outcome.exhibit;
        intake.added.push({ id, name, role, sizeBytes, sha256, sha512, md5 });
        break;
      }
      case 'already-present':
        intake.alreadyPresent.push({ path: outcome.path, id: outcome.exhibit.id });
        break;
      case 'refused':
        intake.refused.push({ path: outcome.path, reason: outcome.refusal.reason, details: outcome.refusal.details });
        break;
    }
  }
  return intake;
}
