import { constants } from 'node:fs';
import { access, readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Path of Electron's program where it is installed beside this package; undefined where it is not. SECURITY: only looks.
 * Asking the `electron` package itself for its path would fetch the program from the network where it is missing.
 */
export async function findElectron(home: string, env: Environment): Promise<string | undefined> {
  const packageFolder = electronPackage(home);
  if (packageFolder === undefined) return undefined;
  const named = await readFile(join(packageFolder, 'path.txt'), 'utf8').catch(() => undefined);
  const told = env['ELECTRON_OVERRIDE_DIST_PATH'];
  const program =
    told !== undefined && told !== ''
      ? join(told, named?.trim() ?? 'electron')
      : named === undefined
        ? undefined
        : join(packageFolder, 'dist', named.trim());
  if (program === undefined) return undefined;
  return access(program, constants.X_OK).then(
    () => program,
    () => undefined,
  );
}

function electronPackage(home: string): string | undefined {
  try {
    return dirname(createRequire(join(home, 'package.json')).resolve('electron/package.json'));
  } catch {
    // Not installed: the package is needed for developing and packaging only.
    return undefined;
  }
}
