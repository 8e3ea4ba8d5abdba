import { create } from 'zustand';
import { closeCase, openCase } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';
import { useJobs, type WindowJob } from './jobs.ts';
import { isCancelled, withPassphrase } from './passphrase.ts';
import { useSession } from './session.ts';

interface OpeningState {
  /** Folder that is being opened. */
  readonly folder: string | null;
  /** Why the last one could not be opened. */
  readonly failed: { readonly folder: string; readonly error: unknown } | null;
  /** What was put right when the open case was opened: file names. */
  readonly repaired: readonly string[];
  /** The person wants to leave while something runs: asked whether to stop it. */
  readonly leaving: boolean;
}

/** How the opening of a case stands. */
export const useOpening = create<OpeningState>()(() => ({ folder: null, failed: null, repaired: [], leaving: false }));

/** Opens a case and shows it, asking for a passphrase where this machine's custody key needs one. Answers whether it did. */
export async function openFolder(folder: string): Promise<boolean> {
  useOpening.setState({ folder, failed: null });
  try {
    if (!(await leaveCase())) return false;
    const opened = await withPassphrase('certify', (given) => call(openCase, { folder, ...given }));
    useOpening.setState({ repaired: opened.repaired });
    useSession.getState().open(opened.case, opened.readOnly);
    return true;
  } catch (error) {
    if (!isCancelled(error)) useOpening.setState({ failed: { folder, error } });
    return false;
  } finally {
    useOpening.setState({ folder: null });
  }
}

/**
 * Goes to the start view and gives the case back. Where something runs in it, the person is asked first: then it answers
 * false, and {@link stopAndLeave} goes on.
 */
export async function leaveCase(): Promise<boolean> {
  const { openedCase, close } = useSession.getState();
  if (openedCase !== null && running().length > 0) {
    useOpening.setState({ leaving: true });
    return false;
  }
  close();
  if (openedCase !== null) await call(closeCase, { folder: openedCase.folder });
  return true;
}

/** Cancels what runs, waits until it has ended, and leaves. What was finished before stays in the case. */
export async function stopAndLeave(): Promise<void> {
  useOpening.setState({ leaving: false });
  for (const job of running()) job.cancel();
  await new Promise<void>((resolve) => {
    const look = (): void => {
      if (running().length > 0) return;
      unsubscribe();
      resolve();
    };
    const unsubscribe = useJobs.subscribe(look);
    look();
  });
  await leaveCase();
}

function running(): WindowJob[] {
  return [...useJobs.getState().jobs.values()].filter(({ state }) => state === 'running');
}
