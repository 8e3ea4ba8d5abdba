import { create } from 'zustand';
import type { z } from 'zod';
import { addExhibits, examine } from '../../src/contract/operations.ts';
import type { JobEvent } from '../../src/contract/jobs.ts';
import { runJob, useJobs } from '../state/jobs.ts';
import { isCancelled } from '../state/passphrase.ts';
import { useSession } from '../state/session.ts';
import { foldIntake, type IntakeFiles } from './intake-files.ts';

type Role = 'questioned' | 'reference';

/** An intake that runs or has ended. */
export interface IntakeRun {
  readonly state: 'running' | 'done' | 'failed' | 'cancelled';
  readonly files: IntakeFiles;
  /** All files together. */
  readonly overall: JobEvent | undefined;
  readonly output?: z.infer<typeof addExhibits.output>;
  readonly error?: unknown;
}

interface IntakeState {
  /** The sheet is over the window. */
  readonly open: boolean;
  /** Paths that were dropped or chosen before the sheet came up. */
  readonly offered: readonly string[];
  /** Something was dropped where a page cannot learn its path. */
  readonly pathUnknown: boolean;
  readonly run: IntakeRun | null;
}

/** Bringing evidence in, and how it goes. It runs on while the sheet is closed. */
export const useIntake = create<IntakeState>()(() => ({ open: false, offered: [], pathUnknown: false, run: null }));

/** Shows the intake sheet, with paths where some are known already. What runs stays shown. */
export function openIntake(offered: readonly string[] = [], pathUnknown = false): void {
  useIntake.setState(({ run }) => ({ open: true, offered, pathUnknown, run: run?.state === 'running' ? run : null }));
}

export function closeIntake(): void {
  useIntake.setState({ open: false });
}

/** Stops the intake that runs; what was taken in before stays. */
export function cancelIntake(): void {
  for (const job of useJobs.getState().jobs.values())
    if (job.state === 'running' && job.operation === addExhibits.name) job.cancel();
}

/**
 * Takes files into the open case, then begins the triage of what is new by itself and shows it in the workspace. Every step
 * of it is in {@link useIntake}; nothing is thrown.
 */
export async function startIntake(
  folder: string,
  files: readonly string[],
  description: { role: Role; source: string },
): Promise<void> {
  const change = (part: Partial<IntakeRun>): void =>
    useIntake.setState(({ run }) => (run === null ? {} : { run: { ...run, ...part } }));
  const onEvents = (events: readonly JobEvent[]): void => {
    const { run } = useIntake.getState();
    if (run === null) return;
    const overall = events.findLast(({ stage }) => stage === 'intake') ?? run.overall;
    change({ files: foldIntake(run.files, events), overall });
  };
  useIntake.setState({ run: { state: 'running', files: new Map(), overall: undefined } });
  const { role, source } = description;
  try {
    const output = await runJob(
      addExhibits,
      { folder, files: [...files], role, ...(source.trim() === '' ? {} : { source: source.trim() }) },
      { onEvents, showsError: true },
    );
    change({ state: 'done', output });
    show(output);
    // What did not simply go well is read before the list goes away.
    if (output.refused.length + output.alreadyPresent.length === 0) closeIntake();
    examineFirst(
      folder,
      output.added.map(({ id }) => id),
    );
  } catch (error) {
    change(isCancelled(error) ? { state: 'cancelled' } : { state: 'failed', error });
  }
}

/** The workspace with what has just come in. */
function show({ added, alreadyPresent }: z.infer<typeof addExhibits.output>): void {
  const [first] = [...added, ...alreadyPresent];
  if (first === undefined) return;
  const { choose, show: showView } = useSession.getState();
  choose(first.id);
  showView('workspace');
}

/** The quick methods on what is new; the foot of the window shows how it goes, and an error stays there to be read. */
function examineFirst(folder: string, exhibits: readonly string[]): void {
  if (exhibits.length === 0) return;
  const [only] = exhibits.length === 1 ? exhibits : [];
  runJob(
    examine,
    { folder, exhibits: [...exhibits], profile: 'triage' },
    only === undefined ? {} : { subject: only },
  ).catch(() => undefined);
}
