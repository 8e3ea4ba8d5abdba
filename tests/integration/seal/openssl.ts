import { spawnSync } from 'node:child_process';

export interface Ran {
  readonly status: number | null;
  /** Standard output and standard error, one after the other. */
  readonly output: string;
}

/** Runs a command line as a reader would type it, in that folder. `pipefail` so that no failure hides in a pipe. */
export function shell(commandLine: string, folder: string): Ran {
  const { status, stdout, stderr } = spawnSync('bash', ['--noprofile', '--norc', '-o', 'pipefail', '-c', commandLine], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8' },
  });
  return { status, output: stdout + stderr };
}

/** Runs openssl and gives its standard output; fails with its complaint. */
export function openssl(args: readonly string[], folder: string): string {
  const { status, stdout, stderr } = spawnSync('openssl', args, { cwd: folder, encoding: 'utf8' });
  if (status !== 0) throw new Error(`openssl ${args.join(' ')}: ${stderr}`);
  return stdout;
}
