import type { ExaminedExhibit } from '../contract/examined.ts';
import { exitCode } from './exit-code.ts';

/** A missing program stops methods but not the case; the status still says that the environment is in the way. */
export function examinedExitCode(exhibits: readonly ExaminedExhibit[]): number {
  const blocked = exhibits.some(({ examinations }) =>
    examinations.some(({ status, reason }) => status === 'failed' && reason?.startsWith('tool-') === true),
  );
  return blocked ? exitCode.environment : exitCode.done;
}
