import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { Piscina } from 'piscina';
import { AssayError } from '../base/errors.ts';
import type { KernelTask } from './kernel-worker.ts';

/** Runs kernels of methods in worker threads. */
export interface KernelPool {
  run<T>(task: KernelTask, transfer: readonly ArrayBuffer[], signal: AbortSignal): Promise<T>;
  close(): Promise<void>;
}

/** The built worker: beside the built engine, or in the checkout's dist when the sources run as they are (tests). */
function workerFile(): string {
  const here = dirname(fileURLToPath(import.meta.url));
  const candidates = [
    join(here, 'kernel-worker.js'),
    join(here, '../kernel-worker.js'),
    join(here, '../../dist/engine/kernel-worker.js'),
  ];
  const found = candidates.find((candidate) => existsSync(candidate));
  if (found === undefined) throw new AssayError('defect', { what: 'the kernel worker is not built' });
  return found;
}

/** Opens a pool of at most `threads` workers; they start with the first task and end with the pool, or when idle for a minute. */
export function openKernelPool(threads: number): KernelPool {
  let pool: Promise<Piscina> | undefined;
  // Loaded with the first task: most commands have none.
  const start = async (): Promise<Piscina> =>
    new (await import('piscina')).Piscina({
      ...{ filename: workerFile(), minThreads: 0, maxThreads: threads, idleTimeout: 60_000 },
    });
  return {
    async run<T>(task: KernelTask, transfer: readonly ArrayBuffer[], signal: AbortSignal): Promise<T> {
      pool ??= start();
      return (await (await pool).run(task, { transferList: [...transfer], signal })) as T;
    },
    async close() {
      await (await pool)?.close({ force: true });
      pool = undefined;
    },
  };
}
