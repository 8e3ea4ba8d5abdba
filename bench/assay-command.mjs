// How npm starts Assay: the same flags for the benchmarks, so that they measure what people run.
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const [, ...start] = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).scripts.assay.split(' ');

/** Arguments of Node that start the command line with `args`. */
export const assayArguments = (args) => [...start.slice(0, -1), join(root, 'bin/assay.mjs'), ...args];
