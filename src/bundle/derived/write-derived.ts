import type { Case } from '../../case/case.ts';
import type { Text } from '../../base/text.ts';

export interface DerivedOptions {
  /** An empty folder. */
  readonly folder: string;
  readonly text: Text;
  readonly signal: AbortSignal;
}

/** Writes what other programs read of a case. Returns the paths below the folder, with `/`. */
export function writeDerived(_target: Case, _options: DerivedOptions): Promise<readonly string[]> {
  return Promise.resolve([]);
}
