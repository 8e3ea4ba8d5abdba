import { move } from 'piscina';
import { loadMethod } from '../methods/registry.ts';

/** A task for a worker thread: which method's kernel, and what it computes on. */
export interface KernelTask {
  readonly method: string;
  readonly kernel: string;
  readonly input: unknown;
}

/** Entry of every worker thread: runs one kernel and moves the buffers of its answer instead of copying them. */
export default async function runKernel(task: KernelTask): Promise<unknown> {
  const method = await loadMethod(task.method);
  const kernel = method?.kernels?.[task.kernel];
  if (kernel === undefined) throw new Error(`no kernel ${task.kernel} in method ${task.method}`);
  const answer = await (kernel as (input: unknown) => unknown)(task.input);
  return typeof answer === 'object' && answer !== null && ArrayBuffer.isView(answer) ? move(answer) : answer;
}
