import type { z } from 'zod';
import { watchJob } from '../../src/contract/jobs.ts';
import type { Operation } from '../../src/contract/operation.ts';
import type { TestWindow } from './window.ts';

async function post(window: TestWindow, name: string, input: unknown): Promise<unknown> {
  const request = new Request(`https://assay.invalid/api/${name}`, { method: 'POST', body: JSON.stringify(input) });
  const answer = (await (await window.workbench.handle(request)).json()) as {
    ok: boolean;
    data: unknown;
    error: unknown;
  };
  if (!answer.ok) throw new Error(`${name}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Asks the window's own workbench for an operation, past the page: to put in place what a test begins with. */
export async function operate<I extends z.ZodType, O extends z.ZodType>(
  window: TestWindow,
  operation: Operation<I, O>,
  input: z.input<I> & { passphrase?: string },
): Promise<z.infer<O>> {
  const data = await post(window, operation.name, input);
  if (!operation.job) return operation.output.parse(data);
  const { job } = data as { job: string };
  let since = 0;
  for (;;) {
    const view = watchJob.output.parse(await post(window, watchJob.name, { job, since }));
    since = view.seq;
    if (view.state === 'done') return operation.output.parse(view.output);
    if (view.state !== 'running') throw new Error(`${operation.name}: ${JSON.stringify(view.error)}`);
  }
}
