// electron-builder calls this before it gathers the files of one package.
import { dirname } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ensureBuilt } from '../scripts/build.mjs';
import { listPrograms } from './list-programs.mjs';

const systems = { linux: 'linux', darwin: 'mac', win32: 'win' };
const processors = { 0: 'ia32', 1: 'x64', 2: 'armv7l', 3: 'arm64', 4: 'universal' };

export default async function beforePack({ electronPlatformName, arch }) {
  listPrograms(dirname(dirname(fileURLToPath(import.meta.url))), systems[electronPlatformName], processors[arch]);
  for (const part of ['renderer', 'electron']) await ensureBuilt(part, { force: true });
}
