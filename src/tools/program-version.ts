import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

const run = promisify(execFile);

/**
 * First line that an installed helper program (a browser, bubblewrap) prints for `--version`; undefined where it does
 * not run or says nothing within ten seconds. Exhibits are never given to such a program.
 */
export async function programVersion(path: string): Promise<string | undefined> {
  try {
    const { stdout } = await run(path, ['--version'], {
      timeout: 10_000,
      env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', HOME: '/nonexistent' },
      windowsHide: true,
    });
    const [first = ''] = stdout.trim().split(/\r?\n/, 1);
    return first === '' ? undefined : first;
  } catch {
    return undefined;
  }
}
