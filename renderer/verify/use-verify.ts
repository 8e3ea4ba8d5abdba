import { create } from 'zustand';
import type { z } from 'zod';
import { verify } from '../../src/contract/operations.ts';
import { runJob, useJobs } from '../state/jobs.ts';
import { isCancelled, withPassphrase } from '../state/passphrase.ts';

export type Verification = z.infer<typeof verify.output>;

interface VerifyState {
  /** What is or was verified. */
  readonly path: string | null;
  readonly state: 'idle' | 'running' | 'done' | 'failed' | 'cancelled';
  readonly result: Verification | null;
  readonly error: unknown;
  /** Certificates (PEM files) that the person trusts for this. */
  readonly trusted: readonly string[];
}

const nothing = { path: null, state: 'idle', result: null, error: null } as const;

/** The verification that the window shows. */
export const useVerify = create<VerifyState>()(() => ({ ...nothing, trusted: [] }));

/** Verifies a case or a sealed report. How it goes and ends is in {@link useVerify}; nothing is thrown. */
export async function verifyPath(path: string): Promise<void> {
  const { trusted } = useVerify.getState();
  useVerify.setState({ ...nothing, path, state: 'running' });
  const isCurrent = (): boolean => useVerify.getState().path === path;
  try {
    const input = { path, ...(trusted.length > 0 ? { trusted: [...trusted] } : {}) };
    // Only a bundle that is encrypted to this identity asks for a passphrase.
    const result = await withPassphrase('decrypt', (given) =>
      runJob(verify, { ...input, ...given }, { showsError: true }),
    );
    if (isCurrent()) useVerify.setState({ state: 'done', result });
  } catch (error) {
    if (isCurrent()) useVerify.setState(isCancelled(error) ? { state: 'cancelled' } : { state: 'failed', error });
  }
}

export function cancelVerify(): void {
  for (const job of useJobs.getState().jobs.values())
    if (job.state === 'running' && job.operation === verify.name) job.cancel();
}

/** Trusts further certificates, and looks at the same folder again with them. */
export function trust(certificates: readonly string[]): void {
  useVerify.setState(({ trusted }) => ({ trusted: [...new Set([...trusted, ...certificates])] }));
  const { path } = useVerify.getState();
  if (path !== null) void verifyPath(path);
}
