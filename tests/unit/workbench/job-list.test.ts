import { describe, expect, it } from 'vitest';
import { AssayError } from '../../../src/base/errors.ts';
import type { Progress } from '../../../src/base/progress.ts';
import { JobList } from '../../../src/workbench/job-list.ts';

function heldWork() {
  let progress: Progress | undefined;
  let finish: (value: unknown) => void = () => undefined;
  let fail: (error: unknown) => void = () => undefined;
  const work = (signal: AbortSignal, report: Progress): Promise<unknown> => {
    progress = report;
    return new Promise((resolve, reject) => {
      finish = resolve;
      fail = reject;
      signal.addEventListener('abort', () => reject(new AssayError('cancelled', { what: 'test' })));
    });
  };
  return {
    work,
    report: (done: number) => progress?.({ stage: 'decode', done, total: 10, unit: 'frames' }),
    finish: (value: unknown) => finish(value),
    fail: (error: unknown) => fail(error),
  };
}

describe('JobList', () => {
  it('tells a watcher only what changed since it last looked', async () => {
    const jobs = new JobList(() => 0);
    const held = heldWork();
    const id = jobs.start(held.work);
    held.report(1);
    held.report(2);
    const first = await jobs.watch(id, 0, 1000);
    expect(first.events.map(({ done }) => done)).toEqual([2]);
    const next = jobs.watch(id, first.seq, 10_000);
    held.report(3);
    expect((await next).events.map(({ done }) => done)).toEqual([3]);
  });

  it('answers a quiet watch after its time, with the job still running', async () => {
    const jobs = new JobList(() => 0);
    const id = jobs.start(heldWork().work);
    expect(await jobs.watch(id, 0, 5)).toMatchObject({ state: 'running', events: [] });
  });

  it('hands over the output when the work is done', async () => {
    const jobs = new JobList(() => 0);
    const held = heldWork();
    const id = jobs.start(held.work);
    held.finish({ made: true });
    expect(await jobs.watch(id, 0, 1000)).toMatchObject({ state: 'done', output: { made: true } });
  });

  it('hands over an error as a value', async () => {
    const jobs = new JobList(() => 0);
    const held = heldWork();
    const id = jobs.start(held.work);
    held.fail(new AssayError('file-not-found', { path: 'a.mp4' }));
    expect(await jobs.watch(id, 0, 1000)).toMatchObject({
      state: 'failed',
      error: { code: 'file-not-found', details: { path: 'a.mp4' } },
    });
  });

  it('cancels', async () => {
    const jobs = new JobList(() => 0);
    const id = jobs.start(heldWork().work);
    jobs.cancel(id);
    expect(await jobs.watch(id, 0, 1000)).toMatchObject({ state: 'cancelled' });
  });

  it('does not know a job that was never started', async () => {
    await expect(new JobList(() => 0).watch('job-9', 0, 1)).rejects.toThrow('unknown-name');
  });

  it('ends only when everything that ran has let go', async () => {
    const jobs = new JobList(() => 0);
    let letGo = false;
    jobs.start(
      (signal) =>
        new Promise((_, reject) => {
          signal.addEventListener('abort', () =>
            setTimeout(() => {
              letGo = true;
              reject(new AssayError('cancelled', { what: 'test' }));
            }, 20),
          );
        }),
    );
    await jobs.cancelAll();
    expect(letGo).toBe(true);
  });

  it('passes on what is known of a subject beside its numbers', async () => {
    const jobs = new JobList(() => 0);
    const id = jobs.start((_, report) => {
      report({ stage: 'intake-file', subject: 'a', done: 1, unit: 'bytes', details: { outcome: 'added', id: 'E001' } });
      return Promise.resolve();
    });
    expect((await jobs.watch(id, 0, 1000)).events[0]?.details).toEqual({ outcome: 'added', id: 'E001' });
  });
});
