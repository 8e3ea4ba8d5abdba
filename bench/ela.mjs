// Error-level analysis of a 12-megapixel JPEG, from the file to the map, against the same in Python with OpenCV and with
// Pillow (Debian's packages). Rounds alternate; every side is warm and counts only its own work, not its start.
import { spawn, spawnSync } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { availableParallelism, tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath, pathToFileURL } from 'node:url';
import sharp from 'sharp';
import { build } from 'vite';
import { median } from './measure.mjs';

const here = dirname(fileURLToPath(import.meta.url));
const root = dirname(here);
const rounds = 15;
// Debian's packages belong to Debian's Python, whatever else is first on the PATH.
const python = '/usr/bin/python3';
const tools = {
  opencv: { label: 'Python OpenCV', module: 'cv2', debian: 'python3-opencv' },
  pillow: { label: 'Python Pillow', module: 'PIL', debian: 'python3-pil' },
};

async function loadEngine() {
  const outDir = join(root, 'node_modules/.cache/assay-bench/ela');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: {
        input: { engine: join(here, 'ela-engine.ts'), 'kernel-worker': join(root, 'src/examination/kernel-worker.ts') },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return import(pathToFileURL(join(outDir, 'engine.js')).href);
}

/** 4000 × 3000 with slopes, edges, texture and noise; the same each time. */
async function writePicture(path) {
  const [width, height] = [4000, 3000];
  const rgb = Buffer.alloc(width * height * 3);
  let state = 1;
  for (let y = 0, i = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1, i += 3) {
      state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
      const noise = (state >>> 24) & 15;
      const edge = ((x >> 6) ^ (y >> 6)) & 1 ? 40 : 0;
      rgb[i] = 60 + ((x * 90) >> 12) + edge + noise;
      rgb[i + 1] = 50 + (((x + y) * 80) >> 13) + edge + noise;
      rgb[i + 2] = 40 + ((y * 100) >> 12) + (((x * y) >> 9) & 31) + noise;
    }
  }
  await sharp(rgb, { raw: { width, height, channels: 3 } })
    .jpeg({ quality: 92 })
    .toFile(path);
}

function has(module) {
  return spawnSync(python, ['-c', `import ${module}`]).status === 0;
}

/** Installs Debian's package where this person may; true when the module is there afterwards. */
function ensure({ module, debian }) {
  if (has(module)) return true;
  if (process.getuid?.() !== 0) return false;
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  for (const args of [['update'], ['install', '-y', '--no-install-recommends', debian]])
    spawnSync('apt-get', args, { env: environment, stdio: 'ignore' });
  return has(module);
}

/** A Python that does one round whenever it is asked. */
function openPython(tool, path) {
  const child = spawn(python, [join(here, 'ela.py'), tool, path], { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  return {
    async run() {
      child.stdin.write('\n');
      const { value, done } = await lines.next();
      if (done) throw new Error(`${tool} ended early`);
      return JSON.parse(value);
    },
    close: () => child.stdin.end(),
  };
}

/** One result for each tool and each of: the map in memory, the map as a PNG. Ratio: their time divided by ours. */
export async function run() {
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-ela-'));
  const settings = { quality: 90, chromaSubsampling: '4:2:0', channels: 'rgb', blockSize: 16, scale: 15 };
  const results = [];
  const { openElaBench } = await loadEngine();
  const ours = openElaBench(Math.min(3, availableParallelism()), settings);
  const others = new Map();
  try {
    const path = join(folder, 'picture.jpg');
    await writePicture(path);
    for (const [tool, described] of Object.entries(tools)) {
      if (ensure(described)) others.set(tool, openPython(tool, path));
      else
        results.push({
          ...{ name: `against ${described.label}`, ratio: 'not measured', goal: '> 1', met: false },
          detail: `${described.debian} is missing: apt-get install ${described.debian}`,
        });
    }
    const times = { assay: [], opencv: [], pillow: [] };
    for (let round = 0; round <= rounds; round += 1) {
      const measured = { assay: await ours.run(path) };
      for (const [tool, other] of others) measured[tool] = await other.run();
      // The first round warms every side up.
      if (round > 0) for (const [tool, one] of Object.entries(measured)) times[tool].push(one);
    }
    const middle = (tool, key) => median(times[tool].map((one) => one[key]));
    for (const tool of others.keys()) {
      for (const [key, what] of Object.entries({ raw: 'file to map', png: 'file to map as PNG' })) {
        const [theirs, mine] = [middle(tool, key), middle('assay', key)];
        const ratio = theirs / mine;
        const mean = (name) => middle(name, 'mean').toFixed(2);
        results.push({
          ...{ name: `${what}, 12 megapixels, against ${tools[tool].label}`, ratio, goal: '> 1', met: ratio > 1 },
          detail: `${mine.toFixed(3)} s against ${theirs.toFixed(3)} s (mean of the map ${mean('assay')} against ${mean(tool)})`,
        });
      }
    }
    return results;
  } finally {
    for (const other of others.values()) other.close();
    await ours.close();
    await rm(folder, { recursive: true, force: true });
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) console.log(await run());
