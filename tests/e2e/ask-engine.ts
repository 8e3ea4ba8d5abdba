import type { Workbench } from '../../src/workbench/create-workbench.ts';

/** Asks the engine for an operation as the window does; of a job, waits for its end. */
export async function askEngine(handle: Workbench['handle'], name: string, input: unknown): Promise<unknown> {
  const answer = await handle(
    new Request(`https://assay.invalid/api/${name}`, { method: 'POST', body: JSON.stringify(input) }),
  );
  const envelope = (await answer.json()) as { ok: boolean; data: { job?: string }; error?: unknown };
  if (!envelope.ok) throw new Error(JSON.stringify(envelope.error));
  if (envelope.data.job === undefined) return envelope.data;
  for (let since = 0; ;) {
    const view = (await askEngine(handle, 'job.watch', { job: envelope.data.job, since })) as {
      state: string;
      seq: number;
      output: unknown;
    };
    since = view.seq;
    if (view.state === 'done') return view.output;
    if (view.state !== 'running') throw new Error(JSON.stringify(view));
  }
}
