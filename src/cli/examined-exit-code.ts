import type { ExaminedExhibit } from '../contract/examined.ts';
import { exitCode } from './exit-code.ts';

/**
 * A missing program stops methods but not the case; the status still says that the environment is in the way. So it does of an
 * exhibit whose copy is not what was taken in: it was checked and found invalid.
 */
export function examinedExitCode(exhibits: readonly ExaminedExhibit[]): number {
  const reasons = exhibits.flatMap(({ examinations }) =>
    examinations.filter(({ status }) => status === 'failed').map(({ reason }) => reason ?? ''),
  );
  if (reasons.includes('exhibit-changed')) return exitCode.invalid;
  return reasons.some((reason) => reason.startsWith('tool-')) ? exitCode.environment : exitCode.done;
}
