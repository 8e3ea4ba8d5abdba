import { listFiles } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { openFolder } from '../state/open-folder.ts';
import type { Dropped } from '../state/drop.ts';
import { useSession } from '../state/session.ts';
import { verifyPath } from '../verify/use-verify.ts';

/**
 * What was dropped on the start view: a case is opened, a sealed report or a bundle is verified, and anything else is evidence for a new
 * case. Where the paths are not known, a new case asks for them afterwards.
 */
export async function takeDropped({ paths }: Dropped, beginCase: (evidence: readonly string[]) => void): Promise<void> {
  const [only] = paths?.length === 1 ? paths : [];
  const names = only === undefined ? [] : await namesIn(only);
  if (only !== undefined && names.includes('case.json')) await openFolder(only);
  else if (only !== undefined && names.includes('manifest-sha256.txt')) {
    useSession.getState().show('verify');
    void verifyPath(only);
  } else if (only !== undefined && isBundle(only)) {
    useSession.getState().show('verify');
    void verifyPath(only);
  } else beginCase(paths ?? []);
}

/** By its name, as a bundle is exported; what it really is, verifying tells. */
function isBundle(path: string): boolean {
  return /\.zip(\.age)?$/i.test(path);
}

async function namesIn(path: string): Promise<string[]> {
  const { entries } = await call(listFiles, { path });
  return entries.map(({ name }) => name);
}
