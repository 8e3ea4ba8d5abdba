import { createHash } from 'node:crypto';
import { readFileSync, readlinkSync } from 'node:fs';
import { hostname } from 'node:os';
import { z } from 'zod';

/** What `case.lock` says: who is writing to the case, in enough detail to tell later whether they still are. */
export const LockOwner = z.strictObject({
  schema: z.literal('assay.lock/1'),
  pid: z.number().int(),
  /** When the kernel says the process started (clock ticks since boot): tells a process from a later one of the same number. */
  processStart: z.string().optional(),
  host: z.string(),
  /** Digest of the system's machine-id: two machines may share a host name. */
  machine: z.string().optional(),
  boot: z.string().optional(),
  /** Process numbers only compare within one namespace: a container has its own. */
  processNamespace: z.string().optional(),
  since: z.iso.datetime(),
  nonce: z.string(),
});
export type LockOwner = z.infer<typeof LockOwner>;

/** This process as the owner of a lock. */
export function thisProcess(since: Date, nonce: string): LockOwner {
  const start = startOf(process.pid);
  const machineId = firstLine('/etc/machine-id');
  const boot = firstLine('/proc/sys/kernel/random/boot_id');
  const processNamespace = linkOf('/proc/self/ns/pid');
  return {
    schema: 'assay.lock/1',
    pid: process.pid,
    ...(start === undefined ? {} : { processStart: start }),
    host: hostname(),
    // The identifier itself is meant to stay on the machine (machine-id(5)), so only a digest travels with the case.
    ...(machineId === undefined
      ? {}
      : { machine: createHash('sha256').update(`assay lock ${machineId}`).digest('hex').slice(0, 32) }),
    ...(boot === undefined ? {} : { boot }),
    ...(processNamespace === undefined ? {} : { processNamespace }),
    since: since.toISOString(),
    nonce,
  };
}

/**
 * Whether a lock's owner still runs, as far as `self` can tell. `unknown` for another machine, another container, or
 * where nothing says that it is the same one: nobody's lock is ever broken on a guess.
 */
export function livenessOf(
  owner: LockOwner,
  self: LockOwner,
  processes: ProcessTable = runningProcesses,
): 'alive' | 'dead' | 'unknown' {
  if (owner.host !== self.host || owner.machine !== self.machine) return 'unknown';
  if (owner.boot !== undefined && self.boot !== undefined && owner.boot !== self.boot)
    return owner.machine === undefined ? 'unknown' : 'dead';
  if (owner.processNamespace !== self.processNamespace) return 'unknown';
  if (!processes.exists(owner.pid)) return 'dead';
  const start = processes.startOf(owner.pid);
  return owner.processStart !== undefined && start !== undefined && start !== owner.processStart ? 'dead' : 'alive';
}

export interface ProcessTable {
  exists(pid: number): boolean;
  startOf(pid: number): string | undefined;
}

export const runningProcesses: ProcessTable = {
  exists(pid) {
    try {
      process.kill(pid, 0);
      return true;
    } catch (error) {
      // EPERM: it is there and belongs to somebody else.
      return (error as NodeJS.ErrnoException).code !== 'ESRCH';
    }
  },
  startOf,
};

/** Field 22 of /proc/<pid>/stat (proc(5)); the name in field 2 may hold spaces and brackets, so counting starts after it. */
function startOf(pid: number): string | undefined {
  const line = firstLine(`/proc/${String(pid)}/stat`);
  return line?.slice(line.lastIndexOf(')') + 2).split(' ')[19];
}

function firstLine(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8').split('\n')[0]?.trim() || undefined;
  } catch {
    return undefined;
  }
}

function linkOf(path: string): string | undefined {
  try {
    return readlinkSync(path);
  } catch {
    return undefined;
  }
}
