import { readdir, readFile, readlink } from 'node:fs/promises';

/** One Internet socket of a process, as /proc tells it. */
export interface ProcessSocket {
  readonly pid: number;
  readonly protocol: 'tcp' | 'tcp6' | 'udp' | 'udp6' | 'raw' | 'raw6';
  readonly local: string;
  readonly remote: string;
  readonly listening: boolean;
}

const protocols = ['tcp', 'tcp6', 'udp', 'udp6', 'raw', 'raw6'] as const;
const listenState = '0A';

/** Internet sockets that a process and all its descendants have open, each looked up in its own network namespace. */
export async function socketsOfTree(root: number): Promise<ProcessSocket[]> {
  const found: ProcessSocket[] = [];
  for (const pid of await descendants(root)) {
    const inodes = await socketInodes(pid);
    for (const protocol of protocols) {
      const table = await readFile(`/proc/${pid}/net/${protocol}`, 'utf8').catch(() => '');
      for (const line of table.split('\n').slice(1)) {
        const [, local = '', remote = '', state, , , , , , inode = ''] = line.trim().split(/\s+/);
        if (inodes.has(inode))
          found.push({ pid, protocol, local, remote, listening: protocol.startsWith('tcp') && state === listenState });
      }
    }
  }
  return found;
}

/** Network interfaces that a process sees, by name. */
export async function interfacesOf(pid: number | 'self'): Promise<string[]> {
  const table = await readFile(`/proc/${pid}/net/dev`, 'utf8');
  return table
    .split('\n')
    .slice(2)
    .map((line) => line.split(':')[0]?.trim() ?? '')
    .filter((name) => name !== '');
}

/** A process with all its descendants. */
export async function descendants(root: number): Promise<number[]> {
  const parents = new Map<number, number>();
  for (const name of await readdir('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    const status = await readFile(`/proc/${name}/stat`, 'utf8').catch(() => '');
    // The name in brackets may hold anything, brackets too.
    const parent = status.slice(status.lastIndexOf(')') + 2).split(' ')[1];
    if (parent !== undefined) parents.set(Number(name), Number(parent));
  }
  const isBelow = (pid: number | undefined): boolean =>
    pid === root || (pid !== undefined && pid > 1 && isBelow(parents.get(pid)));
  return [...parents.keys()].filter(isBelow);
}

async function socketInodes(pid: number): Promise<Set<string>> {
  const names = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(names.map((name) => readlink(`/proc/${pid}/fd/${name}`).catch(() => '')));
  return new Set(targets.flatMap((target) => /^socket:\[(\d+)\]$/.exec(target)?.[1] ?? []));
}
