import type { ErrorValue } from '../base/errors.ts';
import { AssayError } from '../base/errors.ts';
import type { Progress, ProgressEvent } from '../base/progress.ts';
import type { JobEvent, JobState } from '../contract/jobs.ts';
import { errorValue } from './error-value.ts';

/** What a watcher is told of a job. */
export interface JobView {
  readonly state: JobState;
  readonly events: JobEvent[];
  readonly seq: number;
  readonly output?: unknown;
  readonly error?: ErrorValue;
}

interface Job {
  readonly abort: AbortController;
  readonly startedAtMs: number;
  state: JobState;
  seq: number;
  /** Latest event of each stage and subject. */
  readonly latest: Map<string, JobEvent>;
  output?: unknown;
  error?: ErrorValue;
  readonly waiting: Set<() => void>;
  /** Settles when the work has ended, however it did. */
  ended: Promise<void>;
}

/** The long works of one window: started, watched by long poll, cancelled. Ended ones stay until they were seen. */
export class JobList {
  readonly #jobs = new Map<string, Job>();
  readonly #now: () => number;
  #started = 0;

  constructor(now: () => number) {
    this.#now = now;
  }

  /** Starts work and answers its id at once. */
  start(work: (signal: AbortSignal, progress: Progress) => Promise<unknown>): string {
    const id = `job-${String(++this.#started)}`;
    const job: Job = {
      abort: new AbortController(),
      startedAtMs: this.#now(),
      state: 'running',
      seq: 0,
      latest: new Map(),
      waiting: new Set(),
      ended: Promise.resolve(),
    };
    this.#jobs.set(id, job);
    const end = (state: JobState, rest: { output?: unknown; error?: ErrorValue }): void => {
      Object.assign(job, { state }, rest);
      this.#changed(job);
    };
    job.ended = work(job.abort.signal, (event) => this.#report(job, event)).then(
      (output) => end('done', { output }),
      (error: unknown) => end(job.abort.signal.aborted ? 'cancelled' : 'failed', { error: errorValue(error) }),
    );
    return id;
  }

  /** Waits until there is something newer than `since`, the job ended, or `timeoutMs` went by. */
  async watch(id: string, since: number, timeoutMs: number): Promise<JobView> {
    const job = this.#find(id);
    if (job.state === 'running' && job.seq <= since) {
      await new Promise<void>((resolve) => {
        const wake = (): void => {
          clearTimeout(timer);
          job.waiting.delete(wake);
          resolve();
        };
        const timer = setTimeout(wake, timeoutMs);
        job.waiting.add(wake);
      });
    }
    return {
      state: job.state,
      events: [...job.latest.values()].filter(({ seq }) => seq > since),
      seq: job.seq,
      ...(job.output === undefined ? {} : { output: job.output }),
      ...(job.error === undefined ? {} : { error: job.error }),
    };
  }

  cancel(id: string): JobState {
    const job = this.#find(id);
    job.abort.abort();
    return job.state;
  }

  /** Cancels everything that runs and waits until it has let go of its case; for the window's end. */
  async cancelAll(): Promise<void> {
    const running = [...this.#jobs.values()].filter(({ state }) => state === 'running');
    for (const job of running) job.abort.abort();
    await Promise.all(running.map(({ ended }) => ended));
  }

  #report(job: Job, event: ProgressEvent): void {
    job.seq += 1;
    const { stage, subject, done, total, unit, details } = event;
    job.latest.set(`${stage} ${subject ?? ''}`, {
      seq: job.seq,
      stage,
      ...(subject === undefined ? {} : { subject }),
      done,
      ...(total === undefined ? {} : { total }),
      unit,
      ...(details === undefined ? {} : { details }),
      atMs: Math.round(this.#now() - job.startedAtMs),
    });
    this.#changed(job);
  }

  #changed(job: Job): void {
    for (const wake of [...job.waiting]) wake();
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id);
    if (job === undefined)
      throw new AssayError('unknown-name', { kind: 'job', name: id, known: [...this.#jobs.keys()].join(', ') });
    return job;
  }
}
