// The command as npm's scripts start it, with what its first line asks of Node: the benchmarks measure what people run.
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

export const assayCommand = join(dirname(dirname(fileURLToPath(import.meta.url))), 'node_modules/.bin/assay');
