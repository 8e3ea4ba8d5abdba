import { readFileSync } from 'node:fs';
import type { ToolActivity } from './toolbox.ts';

/** Times one run of a program, and ends it when its time is over. */
export interface RunClock {
  /** The run has ended. */
  stop(): void;
  readonly taken: () => { readonly elapsedMs: number; readonly cpuMs?: number };
}

/**
 * Begins with the program, or for one that waits for its `work` when that comes: what it did before is not measured, and
 * `timeMs` is replaced by the time that comes with the work. To be made in the turn in which the program is started.
 */
export function startRunClock(
  activity: ToolActivity,
  timeMs: number,
  work: Promise<number> | undefined,
  onOver: () => void,
): RunClock {
  let startedMs = performance.now();
  let timer: NodeJS.Timeout | undefined;
  let cpu: (() => number | undefined) | undefined;
  let taken: { elapsedMs: number; cpuMs?: number } | undefined;
  const begin = (ms: number): void => {
    if (taken !== undefined) return;
    startedMs = performance.now();
    timer = setTimeout(onOver, ms);
    cpu = startCpuClock(activity);
  };
  if (work === undefined) begin(timeMs);
  else {
    // Nobody else was alone while it started; what waits leaves the others' accounts alone.
    activity.started += 1;
    void work.then(begin);
  }
  return {
    stop() {
      clearTimeout(timer);
      const cpuMs = cpu?.();
      // The kernel tells a program's processor time at its end: with that of its start, which is no part of the work.
      if (work !== undefined) activity.started += 1;
      const elapsedMs = Math.round(performance.now() - startedMs);
      taken = { elapsedMs, ...(cpuMs === undefined || work !== undefined ? {} : { cpuMs }) };
    },
    taken: () => taken ?? { elapsedMs: Math.round(performance.now() - startedMs) },
  };
}

/**
 * Processor time of the children that ended between two moments, from the kernel's own account of this process. It can
 * only be ascribed to one run when no other run overlapped with it.
 */
function startCpuClock(activity: ToolActivity): () => number | undefined {
  const alone = activity.running === 0;
  activity.running += 1;
  activity.started += 1;
  const { started } = activity;
  const before = childrenCpuMs();
  return () => {
    activity.running -= 1;
    const after = childrenCpuMs();
    if (!alone || activity.started !== started || before === undefined || after === undefined) return undefined;
    return after - before;
  };
}

function childrenCpuMs(): number | undefined {
  if (process.platform !== 'linux') return undefined;
  try {
    // Fields 16 and 17 after the name in parentheses: user and system time of ended children, in 1/100 s (USER_HZ).
    const text = readFileSync('/proc/self/stat', 'utf8');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    return (Number(fields[13]) + Number(fields[14])) * 10;
  } catch {
    return undefined;
  }
}
