import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { writeFileAtomically } from '../durable-file.ts';
import { writeProblem } from '../file-problem.ts';
import type { CustodyPoint } from './custody-head.ts';

const LastSeen = z.strictObject({
  schema: z.literal('assay.last-seen/1'),
  seq: z.number().int().nonnegative(),
  hash: z.string().regex(/^[0-9a-f]{64}$/),
});

/**
 * Where this machine last saw the end of a case's custody log. It lies outside the case, so whoever puts an older copy
 * of a whole case back, head file and all, is still found out here.
 */
export function lastSeenPath(state: string, caseId: string): string {
  return join(state, 'cases', caseId, 'last-seen.json');
}

/** Undefined where this machine has not seen the case, or its memory of it cannot be read. */
export async function readLastSeen(state: string, caseId: string): Promise<CustodyPoint | undefined> {
  try {
    const { seq, hash } = LastSeen.parse(JSON.parse(await readFile(lastSeenPath(state, caseId), 'utf8')));
    return { seq, hash };
  } catch {
    return undefined;
  }
}

export async function writeLastSeen(state: string, caseId: string, { seq, hash }: CustodyPoint): Promise<void> {
  const path = lastSeenPath(state, caseId);
  await mkdir(join(path, '..'), { recursive: true, mode: 0o700 });
  // Not flushed: after a power cut an older memory is no harm, and this is written with every entry.
  const content = canonicalJsonFile({ schema: 'assay.last-seen/1', seq, hash });
  await writeFileAtomically(path, content, { mode: 0o600, flush: false });
}

/**
 * Remembers each new end of a log. What fails is collected instead of thrown: the entry itself is safe by then, and its
 * maker must not take it for lost.
 */
export function rememberEnd(
  state: string,
  caseId: string,
): { readonly remember: (end: CustodyPoint) => Promise<void>; readonly failures: readonly Error[] } {
  const failures: Error[] = [];
  return {
    failures,
    async remember(end) {
      try {
        await writeLastSeen(state, caseId, end);
      } catch (error) {
        const problem = writeProblem(lastSeenPath(state, caseId), error);
        failures.push(problem instanceof Error ? problem : new Error(String(problem)));
      }
    },
  };
}
