// Intake of 1 GiB (copy, three hashes, fsync, read back and compare) against what people do by hand today:
// cp, then sha256sum, sha512sum, md5sum and cmp, one after another. Side by side in one run, so as a ratio.
import { spawnSync } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createWriteStream } from 'node:fs';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { once } from 'node:events';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { build } from 'vite';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const sizeBytes = Number(process.env['ASSAY_BENCH_INTAKE_BYTES'] ?? 2 ** 30);
const rounds = 3;

async function loadEngine() {
  const outDir = join(root, 'node_modules/.cache/assay-bench/intake');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: { input: { engine: join(here, 'intake-engine.ts') } },
    },
  });
  return import(pathToFileURL(join(outDir, 'engine.js')).href);
}

/** Bytes that do not repeat within the file and are the same each time; written once. */
async function writeSource(path) {
  const out = createWriteStream(path);
  const block = Buffer.alloc(4 * 1024 * 1024);
  let state = 1;
  for (let i = 0; i < block.length; i += 4) {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    block.writeUInt32LE(state, i);
  }
  for (let written = 0; written < sizeBytes; written += block.length) {
    const piece = Buffer.from(block.subarray(0, Math.min(block.length, sizeBytes - written)));
    piece.writeDoubleLE(written, 0);
    if (!out.write(piece)) await once(out, 'drain');
  }
  out.end();
  await once(out, 'close');
}

const seconds = (from) => Number(process.hrtime.bigint() - from) / 1e9;

/** Each program reads the source from wherever the system has it, as it would by hand. */
function byHand(source, copy) {
  const from = process.hrtime.bigint();
  for (const [command, ...args] of [
    ['cp', source, copy],
    ['sha256sum', source],
    ['sha512sum', source],
    ['md5sum', source],
    ['cmp', source, copy],
  ]) {
    const { status, stderr } = spawnSync(command, args);
    if (status !== 0) throw new Error(`${command}: ${stderr}`);
  }
  return seconds(from);
}

async function byAssay(engine, folder, round, source) {
  const clock = () => new Date();
  const state = join(folder, 'state');
  const identity = await engine.ensurePracticeIdentity({ folder: join(state, 'identity'), clock });
  const made = await engine.createCase({
    ...{ folder: join(folder, `case-${round}`), title: 'bench', examiner: 'bench', language: 'en', timeZone: 'UTC' },
    ...{ identity, unlock: () => engine.unlockPracticeIdentity(identity), state, clock, randomUuid: randomUUID },
  });
  const from = process.hrtime.bigint();
  const [outcome] = await engine.addExhibits(made, [source], { role: 'questioned' });
  const took = seconds(from);
  if (outcome.outcome !== 'added') throw new Error(`intake: ${outcome.outcome}`);
  const { readBackFrom } = made.custody.entries().at(-1).detail;
  await made.close();
  return { took, readBackFrom, sha256: outcome.exhibit.sha256 };
}

const median = (values) => [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)];

/** @returns {Promise<{ name: string, ratio: number, goal: string, met: boolean, detail: string }>} ratio: how many times faster than by hand */
export async function run() {
  const engine = await loadEngine();
  const folder = await mkdtemp(join(process.env['ASSAY_BENCH_FOLDER'] ?? tmpdir(), 'assay-bench-intake-'));
  try {
    const source = join(folder, 'source.bin');
    await writeSource(source);
    const hand = [];
    const assay = [];
    let last;
    for (let round = 0; round < rounds; round++) {
      // Turn about, so that whatever else the machine does falls on both.
      hand.push(byHand(source, join(folder, 'copy.bin')));
      await rm(join(folder, 'copy.bin'));
      last = await byAssay(engine, folder, round, source);
      assay.push(last.took);
      await rm(join(folder, `case-${round}`), { recursive: true, force: true });
    }
    const ratio = median(hand.map((took, round) => took / assay[round]));
    const load = (await readFile('/proc/loadavg', 'utf8').catch(() => '')).split(' ')[0];
    const each = (values) => values.map((value) => value.toFixed(2)).join(', ');
    return {
      name: `intake of ${(sizeBytes / 2 ** 30).toFixed(2)} GiB`,
      ratio,
      goal: '>= 1.5 x as fast',
      met: ratio >= 1.5,
      detail: `by hand ${each(hand)} s; Assay ${each(assay)} s, read back from ${last.readBackFrom}; ${cpus().length} cores, load ${load}`,
    };
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const { name, ratio, goal, detail } = await run();
  console.log(`${name}: ${ratio.toFixed(2)} (goal ${goal}); ${detail}`);
}
