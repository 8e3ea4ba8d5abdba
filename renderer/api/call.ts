import type { z } from 'zod';
import type { Operation } from '../../src/contract/operation.ts';
import { StartedJob, watchJob, cancelJob, type JobEvent } from '../../src/contract/jobs.ts';

/** An error that the engine answered: a code with its details, whose words are in the locales. */
export class OperationError extends Error {
  override readonly name = 'OperationError';
  readonly code: string;
  readonly details: Readonly<Record<string, unknown>>;

  constructor(code: string, details: Readonly<Record<string, unknown>>) {
    super(code);
    this.code = code;
    this.details = details;
  }
}

/** The identity's passphrase may go beside any operation's input; it is never kept. */
export interface WithPassphrase {
  readonly passphrase?: string;
}

async function post(name: string, input: unknown, signal?: AbortSignal): Promise<unknown> {
  const response = await fetch(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(input),
    ...(signal ? { signal } : {}),
  });
  const envelope = (await response.json()) as
    { ok: true; data: unknown } | { ok: false; error: { code: string; details: Record<string, unknown> } };
  if (!envelope.ok) throw new OperationError(envelope.error.code, envelope.error.details);
  return envelope.data;
}

/** Asks the engine for a short operation. Rejects with {@link OperationError}. */
export async function call<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  input: z.input<I> & WithPassphrase,
  signal?: AbortSignal,
): Promise<z.infer<O>> {
  // FORENSIC: both sides hold the answer to the contract's schema; here it is parsed again, so that a window never
  // shows what the contract does not say.
  return operation.output.parse(await post(operation.name, input, signal));
}

/** A long operation on its way. */
export interface RunningJob<T> {
  readonly id: string;
  readonly result: Promise<T>;
  cancel(): void;
}

/** Starts a long operation; `onEvents` hears the latest event of each stage as it changes. */
export async function startJob<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  input: z.input<I> & WithPassphrase,
  onEvents: (events: readonly JobEvent[]) => void,
): Promise<RunningJob<z.infer<O>>> {
  const { job } = StartedJob.parse(await post(operation.name, input));
  return {
    id: job,
    result: follow(operation, job, onEvents),
    cancel: () => void call(cancelJob, { job }),
  };
}

async function follow<I extends z.ZodType, O extends z.ZodType>(
  operation: Operation<I, O>,
  job: string,
  onEvents: (events: readonly JobEvent[]) => void,
): Promise<z.infer<O>> {
  let since = 0;
  for (;;) {
    const view = await call(watchJob, { job, since });
    since = view.seq;
    if (view.events.length > 0) onEvents(view.events);
    switch (view.state) {
      case 'running':
        break;
      case 'done':
        return operation.output.parse(view.output);
      case 'failed':
      case 'cancelled':
        throw new OperationError(view.error?.code ?? 'cancelled', view.error?.details ?? {});
    }
  }
}
