// All tests. Those of the window run, with the engine and the browser that they start, in a network namespace without any
// interface, wherever the system permits one. `npm test -- <arguments>` gives its arguments to vitest as they are.
import { spawnSync } from 'node:child_process';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const vitest = [process.execPath, join(root, 'node_modules/vitest/vitest.mjs'), 'run'];

function run(words, env = {}) {
  const [command, ...args] = words;
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', env: { ...process.env, ...env } }).status === 0;
}

/** The words before a command that take its network away; none where the system does not permit it. */
function withoutNetwork() {
  if (process.platform !== 'linux') return [];
  const ways = [
    ['unshare', '--net', '--'],
    ['bwrap', '--dev-bind', '/', '/', '--unshare-net', '--die-with-parent', '--'],
  ];
  return ways.find(([command, ...args]) => spawnSync(command, [...args, 'true']).status === 0) ?? [];
}

const given = process.argv.slice(2);
if (given.length > 0) process.exit(run([...vitest, ...given]) ? 0 : 1);

const rest = ['unit', 'fuzz', 'integration', 'conformance'].flatMap((project) => ['--project', project]);
const passed = run([...vitest, ...rest]);
const walls = withoutNetwork();
process.stdout.write(
  walls.length > 0
    ? `The window's tests run without any network interface (${walls[0]}).\n`
    : "The window's tests run with this machine's network: no namespace can be made here.\n",
);
const windowPassed = run(
  [...walls, ...vitest, '--project', 'e2e'],
  walls.length > 0 ? { ASSAY_TEST_NETWORK: 'none' } : {},
);
process.exit(passed && windowPassed ? 0 : 1);
