#!/usr/bin/env -S MALLOC_TRIM_THRESHOLD_=131072 node --min-semi-space-size=8 --max-semi-space-size=8 --initial-old-space-size=72 --single-threaded-gc --interrupt-budget=1000000 --expose-gc
// What that line asks for. Decoded pictures come through pipes in buffers that die young: collectors in four threads spend a tenth of
// a triage's processor time waiting for each other; spaces that start small are collected too often and then grow, so that a
// long film seems to need more memory; most of our code runs too briefly to be worth optimising as eagerly as V8 does; memory
// of a long pipe is collected now and then (read-chunks.ts). And the C library gives freed memory back at once, instead of
// keeping ever more of it (ADR 0037). npm's scripts come here by the command that bin/package.json names.
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
