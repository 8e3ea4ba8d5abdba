// Benchmarks, each side by side with what people use today, as ratios. `npm run bench [-- name …]`
import { availableParallelism, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const here = dirname(fileURLToPath(import.meta.url));
const all = ['intake', 'first-view', 'triage', 'ela', 'memory', 'window'];
/** Run only when they are named. */
const onRequest = ['av-sync'];
/** `--name value` after a benchmark's name goes to that benchmark. */
const words = process.argv.slice(2);
const firstOption = words.findIndex((word) => word.startsWith('--'));
const wanted = firstOption === -1 ? words : words.slice(0, firstOption);
const options = firstOption === -1 ? [] : words.slice(firstOption);
for (const name of wanted)
  if (![...all, ...onRequest].includes(name)) {
    console.error(`There is no benchmark called ${name}. There are: ${[...all, ...onRequest].join(', ')}.`);
    process.exit(2);
  }

console.log(
  `${availableParallelism()} processors, ${Math.round(totalmem() / 2 ** 30)} GiB, Node ${process.versions.node}`,
);
let missed = 0;
for (const name of wanted.length > 0 ? wanted : all) {
  const { run } = await import(pathToFileURL(join(here, `${name}.mjs`)).href);
  for (const result of [await run(options)].flat()) {
    if (!result.met) missed += 1;
    const ratio = typeof result.ratio === 'number' ? result.ratio.toFixed(2) : result.ratio;
    console.log(
      `${result.met ? 'reached' : 'MISSED '}  ${name.padEnd(10)} ${ratio} (goal ${result.goal})  ${result.name}\n           ${result.detail}`,
    );
  }
}
process.exit(missed === 0 ? 0 : 1);
