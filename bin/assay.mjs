#!/usr/bin/env -S node --max-semi-space-size=1 --single-threaded-gc
// Decoded pictures come through pipes in many small buffers that die young. Collectors in four threads spend a tenth of a
// triage's processor time waiting for each other, and a young generation that grows makes long films look as if they
// needed more memory (npm's scripts say the same).
// The command line's door. A checkout builds its sources first where they are newer; a package has them built.
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inCheckout = existsSync(join(root, 'src/cli/main.ts'));

if (inCheckout) {
  const { ensureBuilt, isFresh } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
  const needed = process.argv[2] === 'open' ? ['engine', 'renderer', 'electron'] : ['engine'];
  for (const part of needed.filter((part) => !isFresh(part))) {
    if (!existsSync(join(root, 'node_modules/vite'))) {
      process.stderr.write('Assay is not set up here yet. Run: npm run setup\n');
      process.exit(3);
    }
    await ensureBuilt(part);
  }
  // npm runs scripts in the package's folder; paths are meant from where the person stands.
  if (process.env['npm_lifecycle_event'] && process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD']);
}

await import(pathToFileURL(join(root, 'dist/engine/cli.js')).href);
