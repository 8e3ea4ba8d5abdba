import { spawn } from 'node:child_process';
import { locateOnPath, type Surroundings } from './locate-tool.ts';

/** What bubblewrap is told so that a program sees everything as it is, but for the network: there is none. */
export const withoutNetwork: readonly string[] = ['--dev-bind', '/', '/', '--unshare-net', '--die-with-parent'];

/**
 * Path of bubblewrap where it is installed and permitted to take the network from a program, found out by trying;
 * undefined otherwise.
 */
export async function probeNetworkNamespace(around: Surroundings): Promise<string | undefined> {
  if (around.platform !== 'linux') return undefined;
  const bubblewrap = await locateOnPath('bwrap', around);
  const harmless = await locateOnPath('true', around);
  if (bubblewrap === undefined || harmless === undefined) return undefined;
  return (await succeeds(bubblewrap, [...withoutNetwork, harmless])) ? bubblewrap : undefined;
}

function succeeds(command: string, args: readonly string[]): Promise<boolean> {
  return new Promise((resolve) => {
    const child = spawn(command, args, { stdio: 'ignore', timeout: 10_000, killSignal: 'SIGKILL' });
    child.once('error', () => resolve(false));
    child.once('close', (code) => resolve(code === 0));
  });
}
