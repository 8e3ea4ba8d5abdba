import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { AssayError } from '../base/errors.ts';

/**
 * The folder of the package or checkout that holds `resources`, found upwards from where the running code lies, so
 * that sources, the build and a packaged app all find it.
 */
export function packageFolder(from: string): string {
  for (let folder = from; ; folder = dirname(folder)) {
    if (existsSync(join(folder, 'resources/locales')) && existsSync(join(folder, 'package.json'))) return folder;
    if (dirname(folder) === folder) throw new AssayError('defect', { what: 'the resources folder is not found' });
  }
}
