import { homedir } from 'node:os';
import { join } from 'node:path';

type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Folder of the app's own state (identity, custody keys, recent cases, layouts): `ASSAY_HOME`, or the platform's usual
 * place. Never anything of an exhibit.
 */
export function stateFolder(env: Environment, platform: NodeJS.Platform, home: string = homedir()): string {
  const told = env['ASSAY_HOME'];
  if (told !== undefined && told !== '') return told;
  if (platform === 'win32') return join(env['APPDATA'] ?? join(home, 'AppData/Roaming'), 'Assay');
  if (platform === 'darwin') return join(home, 'Library/Application Support/Assay');
  return join(env['XDG_CONFIG_HOME'] ?? join(home, '.config'), 'assay');
}
