import { AssayError } from '../base/errors.ts';
import type { Case } from '../case/case.ts';
import type { WindowSession } from './window-session.ts';

/** The case that the window has open. Throws `not-a-case` where it has not opened that folder. */
export function heldCase({ engine }: WindowSession, folder: string): Case {
  const held = engine.held.find(folder);
  if (held === undefined) throw new AssayError('not-a-case', { path: folder });
  return held;
}
