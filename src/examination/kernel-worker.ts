import { move, transferableSymbol, valueSymbol } from 'piscina';
import { openGiveBack } from '../base/give-back.ts';
import { loadMethod } from '../methods/registry.ts';

/** A task for a worker thread: which method's kernel, and what it computes on. */
export interface KernelTask {
  readonly method: string;
  readonly kernel: string;
  readonly input: unknown;
}

const giveBack = openGiveBack();

/** The arrays that a value is, or has. */
function arraysOf(value: unknown): readonly ArrayBufferView[] {
  if (typeof value !== 'object' || value === null) return [];
  return ArrayBuffer.isView(value) ? [value] : Object.values(value).filter((one) => ArrayBuffer.isView(one));
}

/** An answer whose arrays move to the thread that asked instead of being copied, each that has its memory to itself. */
function moved(answer: unknown): unknown {
  const own = arraysOf(answer).filter(({ buffer, byteLength }) => buffer.byteLength === byteLength);
  if (own.length === 0) return answer;
  const buffers = [...new Set(own.map(({ buffer }) => buffer))];
  return move({ [transferableSymbol]: buffers, [valueSymbol]: answer } as unknown as ArrayBuffer);
}

/** Entry of every worker thread: runs one kernel and moves the buffers of its answer instead of copying them. */
export default async function runKernel(task: KernelTask): Promise<unknown> {
  const method = await loadMethod(task.method);
  const kernel = method?.kernels?.[task.kernel];
  if (kernel === undefined) throw new Error(`no kernel ${task.kernel} in method ${task.method}`);
  const answer = await (kernel as (input: unknown) => unknown)(task.input);
  // What was sent here belongs to this thread, and nobody asks for it again.
  const kept = new Set(arraysOf(answer).map(({ buffer }) => buffer));
  for (const array of arraysOf(task.input)) if (!kept.has(array.buffer)) giveBack(array);
  return moved(answer);
}
