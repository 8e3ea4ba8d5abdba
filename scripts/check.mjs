// All static checks with one command; each prints its own findings, the end says which failed.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const bin = (name) => join(root, 'node_modules/.bin', name);
const roots = ['src', 'renderer', 'electron'].filter((folder) => existsSync(join(root, folder)));

const checks = [
  ['types', bin('tsc'), ['-p', '.']],
  ...(existsSync(join(root, 'renderer/tsconfig.json'))
    ? [['types of the window', bin('tsc'), ['-p', 'renderer']]]
    : []),
  ...(existsSync(join(root, 'electron/tsconfig.json')) ? [['types of electron', bin('tsc'), ['-p', 'electron']]] : []),
  // Tests that know a page: they see the browser's types, which nothing of the engine does.
  ...['tests/e2e', 'tests/unit/renderer']
    .filter((folder) => readdirSync(join(root, folder)).some((name) => /\.tsx?$/.test(name)))
    .map((folder) => [`types of ${folder}`, bin('tsc'), ['-p', folder]]),
  ['lint', bin('eslint'), ['--max-warnings', '0', '--cache', '--cache-location', 'node_modules/.cache/eslint/', '.']],
  ['layers', bin('depcruise'), ['--config', '.dependency-cruiser.cjs', ...roots]],
  ['formatting', bin('prettier'), ['--check', '--log-level', 'warn', '.']],
  ['locales', process.execPath, ['scripts/check-locales.mjs']],
  ['licences', process.execPath, ['scripts/check-licences.mjs']],
  ['documents', process.execPath, ['scripts/check-documents.mjs']],
];

const only = process.argv.slice(2);
let passed = 0;
const failed = [];
for (const [name, command, args] of checks) {
  if (only.length > 0 && !only.includes(name)) continue;
  const started = process.hrtime.bigint();
  const { status } = spawnSync(command, args, { cwd: root, stdio: 'inherit' });
  const seconds = Number(process.hrtime.bigint() - started) / 1e9;
  process.stdout.write(`${status === 0 ? 'ok  ' : 'FAIL'} ${name} (${seconds.toFixed(1)} s)\n`);
  if (status === 0) passed += 1;
  else failed.push(name);
}
process.stdout.write(
  `${passed} checks passed, ${failed.length} failed${failed.length > 0 ? `: ${failed.join(', ')}` : ''}\n`,
);
process.exit(failed.length === 0 ? 0 : 1);
