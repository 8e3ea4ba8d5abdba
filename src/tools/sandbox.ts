import { spawn } from 'node:child_process';
import { locateOnPath, type Surroundings } from './locate-tool.ts';

/** How external programs are confined on this machine. Worked out once, by trying. */
export interface Sandbox {
  readonly kind: 'bubblewrap' | 'none';
  /**
   * The command that runs `program` with `args` confined: read-only file system, no network, private /tmp, working in `folder`;
   * file descriptors pass through. Folders named `writable` can be written to; by default there are none.
   */
  wrap(program: string, args: readonly string[], folder: string, writable?: readonly string[]): readonly string[];
}

/** What surrounds a program where nothing confines it: the record of each run says so. */
export const noSandbox: Sandbox = { kind: 'none', wrap: (program, args) => [program, ...args] };

/**
 * Finds out whether bubblewrap can be used here: present, and permitted to make namespaces. Where process namespaces
 * are forbidden (inside some containers), it still takes the network away.
 */
export async function probeSandbox(around: Surroundings): Promise<Sandbox> {
  if (around.platform !== 'linux') return noSandbox;
  const bwrap = await locateOnPath('bwrap', around);
  const harmless = await locateOnPath('true', around);
  if (bwrap === undefined || harmless === undefined) return noSandbox;
  for (const walls of [withOwnProcesses, withSharedProcesses]) {
    const sandbox = bubblewrap(bwrap, walls);
    const [command = '', ...args] = sandbox.wrap(harmless, [], '/');
    if (await succeeds(command, args)) return sandbox;
  }
  return noSandbox;
}

// SECURITY: a decoder is a parser of hostile bytes. It gets no network, no writable file and no view of other processes,
// so that a flaw in it can neither send the exhibit away nor change it.
const common = ['--unshare-net', '--unshare-ipc', '--unshare-uts', '--die-with-parent', '--cap-drop', 'ALL'];
const withOwnProcesses = [
  ...common,
  '--unshare-pid',
  '--as-pid-1',
  '--ro-bind',
  '/',
  '/',
  '--dev',
  '/dev',
  '--proc',
  '/proc',
];
const withSharedProcesses = [...common, '--ro-bind', '/', '/', '--dev', '/dev'];

function bubblewrap(bwrap: string, walls: readonly string[]): Sandbox {
  // As root with all capabilities dropped, a file of another user could not be read any more.
  const reading = process.getuid?.() === 0 ? ['--cap-add', 'CAP_DAC_READ_SEARCH'] : [];
  return {
    kind: 'bubblewrap',
    wrap: (program, args, folder, writable = []) => [
      ...[bwrap, ...walls, ...reading, '--tmpfs', '/tmp'],
      // The private /tmp would hide a case, or a program, that lies there.
      ...underTmp(folder),
      ...underTmp(program),
      ...writable.flatMap((path) => ['--bind', path, path]),
      ...['--chdir', folder, '--', program, ...args],
    ],
  };
}

function underTmp(path: string): string[] {
  return path.startsWith('/tmp/') ? ['--ro-bind', path, path] : [];
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: 10_000, killSignal: 'SIGKILL' });
    child.once('error', () => {
      resolve(false);
    });
    child.once('close', (code) => {
      resolve(code === 0);
    });
  });
}
