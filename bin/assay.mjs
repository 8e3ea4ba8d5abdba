#!/usr/bin/env -S node --min-semi-space-size=8 --max-semi-space-size=8 --initial-old-space-size=72 --single-threaded-gc --interrupt-budget=1000000 --expose-gc
// What the flags are for (npm's scripts say the same): decoded pictures come through pipes in buffers that die young. Collectors in
// four threads spend a tenth of a triage's processor time waiting for each other; spaces that start small are collected too
// often and then grow, so that a long film seems to need more memory; and most of our code runs too briefly to be worth
// optimising as eagerly as V8 does. Memory of a long pipe is collected now and then (read-chunks.ts).
// The command line's door. A checkout builds its sources first where they are newer; a package has them built.
import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const inCheckout = existsSync(join(root, 'src/cli/main.ts'));

if (inCheckout) {
  const { isFresh } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
  const needed = process.argv[2] === 'open' ? ['engine', 'renderer', 'electron'] : ['engine'];
  for (const part of needed.filter((part) => !isFresh(part))) {
    if (!existsSync(join(root, 'node_modules/vite'))) {
      process.stderr.write('Assay is not set up here yet. Run: npm run setup\n');
      process.exit(3);
    }
    // In a process of its own: what the builder loads would stay in memory for the whole run.
    const built = spawnSync(process.execPath, [join(root, 'scripts/build.mjs'), part], { stdio: ['ignore', 2, 2] });
    if (built.status !== 0) process.exit(built.status ?? 3);
  }
  // npm runs scripts in the package's folder; paths are meant from where the person stands.
  if (process.env['npm_lifecycle_event'] && process.env['INIT_CWD']) process.chdir(process.env['INIT_CWD']);
}

await import(pathToFileURL(join(root, 'dist/engine/cli.js')).href);
