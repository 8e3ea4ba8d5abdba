import { spawn } from 'node:child_process';
import { isAbsolute } from 'node:path';
import { locateOnPath, type Surroundings } from './locate-tool.ts';

/** What shows a folder in the person's own file manager. */
const openers: Readonly<Partial<Record<NodeJS.Platform, string>>> = {
  linux: 'xdg-open',
  darwin: 'open',
  win32: 'explorer',
};

/** Settings that are ours, or that would make another program of a Node that is started on the way. */
const dropped = /^(ASSAY_|NODE_|ELECTRON_)/;

/**
 * Shows a folder in the person's file manager and goes on. Resolves to false where this machine has no opener, or no screen to show it on.
 *
 * SECURITY: the folder must be one that the engine worked out by itself: an opener starts whatever the desktop ties to a file, and to a
 * folder it ties the file manager.
 */
export async function openFolder(folder: string, around: Surroundings): Promise<boolean> {
  const { env, platform } = around;
  const opener = openers[platform];
  if (opener === undefined || !isAbsolute(folder)) return false;
  if (platform === 'linux' && !isSet(env['DISPLAY']) && !isSet(env['WAYLAND_DISPLAY'])) return false;
  const program = await locateOnPath(opener, around);
  if (program === undefined) return false;
  return new Promise((resolve) => {
    const child = spawn(program, [folder], {
      // The file manager stays when the window has gone.
      ...{ detached: true, stdio: 'ignore', shell: false },
      env: Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.test(name))),
    });
    child.once('error', () => resolve(false));
    child.once('spawn', () => {
      child.unref();
      resolve(true);
    });
  });
}

function isSet(value: string | undefined): boolean {
  return value !== undefined && value !== '';
}
