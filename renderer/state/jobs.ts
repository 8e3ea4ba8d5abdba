import { create } from 'zustand';
import type { z } from 'zod';
import type { JobEvent, JobState } from '../../src/contract/jobs.ts';
import type { Operation } from '../../src/contract/operation.ts';
import { OperationError, startJob, type WithPassphrase } from '../api/call.ts';

/** A long operation as the window knows it. */
export interface WindowJob {
  readonly id: string;
  /** The operation's name; its words are `window:jobs.<name>`. */
  readonly operation: string;
  /** What it is about: an exhibit, a report; undefined for the whole case. */
  readonly subject?: string;
  readonly state: JobState;
  /** Latest event of each stage and subject. */
  readonly events: ReadonlyMap<string, JobEvent>;
  readonly error?: OperationError;
  cancel(): void;
}

interface JobsState {
  readonly jobs: ReadonlyMap<string, WindowJob>;
  forget(id: string): void;
}

export const useJobs = create<JobsState>()((set) => ({
  jobs: new Map(),
  forget: (id) => set(({ jobs }) => ({ jobs: new Map([...jobs].filter(([key]) => key !== id)) })),
}));

function change(id: string, with_: (job: WindowJob) => WindowJob): void {
  useJobs.setState(({ jobs }) => {
    const job = jobs.get(id);
    return job === undefined ? {} : { jobs: new Map(jobs).set(id, with_(job)) };
  });
}

interface JobOptions {
  readonly subject?: string;
  readonly onEvents?: (events: readonly JobEvent[]) => void;
  /** Whoever started it shows what went wrong: then the foot of the window does not say it a second time. */
  readonly showsError?: boolean;
}

/** Starts a long operation and shows it at the foot of the window until it ends. Rejects with {@link OperationError}. */
export async function runJob<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  input: z.input<I> & WithPassphrase,
  options: JobOptions = {},
): Promise<z.infer<O>> {
  const early: JobEvent[] = [];
  const started: { id?: string } = {};
  const keep = (events: readonly JobEvent[]): void => {
    // Each file of an intake has its own events: they are for its list, not for the bar at the foot.
    const shown = events.filter(({ stage }) => stage !== 'intake-file');
    if (started.id === undefined) early.push(...shown);
    else
      change(started.id, (job) => ({
        ...job,
        events: new Map([
          ...job.events,
          ...shown.map((event) => [`${event.stage} ${event.subject ?? ''}`, event] as const),
        ]),
      }));
  };
  const job = await startJob(operation, input, (events) => {
    options.onEvents?.(events);
    keep(events);
  });
  started.id = job.id;
  const { subject } = options;
  useJobs.setState(({ jobs }) => ({
    jobs: new Map(jobs).set(job.id, {
      id: job.id,
      operation: operation.name,
      ...(subject === undefined ? {} : { subject }),
      state: 'running',
      events: new Map(),
      cancel: () => job.cancel(),
    }),
  }));
  keep(early);
  try {
    const output = await job.result;
    change(job.id, (known) => ({ ...known, state: 'done' }));
    return output;
  } catch (error) {
    const known = error instanceof OperationError ? error : new OperationError('defect', { what: String(error) });
    change(job.id, (running) => ({
      ...running,
      state: known.code === 'cancelled' ? 'cancelled' : 'failed',
      error: known,
    }));
    if (options.showsError === true) useJobs.getState().forget(job.id);
    throw known;
  }
}
