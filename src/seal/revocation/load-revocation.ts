import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { identityFiles } from '../identity/identity.ts';
import { isMissing, readError } from '../storage/file-error.ts';
import type { Revocation } from './revocation.ts';
import { readRevocation } from './revocation-statement.ts';

/**
 * The statement that withdraws the identity in a folder; undefined where there is none.
 *
 * @throws AssayError `file-not-readable`; `revocation-unusable`. SECURITY: a damaged statement must not bring a withdrawn
 *   identity back
 */
export async function loadRevocation(folder: string): Promise<Revocation | undefined> {
  const path = join(folder, identityFiles.revocation);
  let text: string;
  try {
    text = await readFile(path, 'utf8');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw readError(error, path);
  }
  return readRevocation(text);
}
