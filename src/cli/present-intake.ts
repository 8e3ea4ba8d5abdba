import { formatBytes } from '../base/format-measure.ts';
import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import type { z } from 'zod';
import type { addExhibits } from '../contract/operations.ts';
import { exitCode } from './exit-code.ts';

type Intake = Pick<z.infer<typeof addExhibits.output>, 'added' | 'alreadyPresent' | 'refused'>;

/** What became of each file, one line each. */
export function presentIntake(intake: Intake, text: Text): string[] {
  return [
    ...intake.added.map(({ id, name, sizeBytes, sha256 }) =>
      text('cli:intake.added', { id, name: visibleText(name), size: formatBytes(text, sizeBytes), sha256 }),
    ),
    ...intake.alreadyPresent.map(({ id, path }) => text('cli:intake.present', { id, path: visibleText(path) })),
    ...intake.refused.map(({ path, reason, details }) =>
      text('cli:intake.refused', { path: visibleText(path), reason: text(`errors:${reason}`, { path, ...details }) }),
    ),
  ];
}

/** Something that was asked for and not taken in is never a silent success. */
export function intakeExitCode({ refused }: Intake): number {
  if (refused.length === 0) return exitCode.done;
  return refused.some(({ reason }) => reason !== 'file-not-found') ? exitCode.environment : exitCode.wrongUse;
}
