// The window in real Chromium on a film of 1080p: start, frame steps, scrubbing, two hours against one minute, memory, size.
// ASSAY_BENCH_MINUTES (10) is how long the scripted use goes on for the page's memory.
//   --part <names>   start, step, jump, scrub, use, open, size (default: all)
import { readdirSync, readFileSync } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { loadavg, tmpdir } from 'node:os';
import { basename, dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';
import { gzipSync } from 'node:zlib';
import { build } from 'vite';
import { ensureBuilt } from '../scripts/build.mjs';
import { clip } from './clips.mjs';
import { median } from './measure.mjs';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const minutes = Number(process.env['ASSAY_BENCH_MINUTES'] ?? 10);
const coldJumps = 24;

async function loadEngine() {
  const outDir = join(root, 'node_modules/.cache/assay-bench/window');
  await build({
    ...{ root, configFile: false, logLevel: 'error', publicDir: false },
    build: {
      ...{ ssr: true, outDir, emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: {
        input: {
          engine: join(root, 'bench/window-engine.ts'),
          'kernel-worker': join(root, 'src/examination/kernel-worker.ts'),
        },
        output: { entryFileNames: '[name].js', chunkFileNames: '[name]-[hash].js' },
      },
    },
  });
  return import(pathToFileURL(join(outDir, 'engine.js')).href);
}

async function ask(workbench, operation, input) {
  const address = `https://assay.invalid/api/${operation}`;
  const headers = { 'content-type': 'application/json' };
  const request = new Request(address, { method: 'POST', headers, body: JSON.stringify(input) });
  const answer = await (await workbench.handle(request)).json();
  if (!answer.ok) throw new Error(`${operation}: ${JSON.stringify(answer.error)}`);
  return answer.data;
}

/** Does a job to its end. */
async function work(workbench, operation, input) {
  const { job } = await ask(workbench, operation, input);
  for (let since = 0; ;) {
    const now = await ask(workbench, 'job.watch', { job, since });
    since = now.seq;
    if (now.state === 'done') return now.output;
    if (now.state !== 'running') throw new Error(`${operation}: ${JSON.stringify(now.error)}`);
  }
}

async function makeCase({ openBench }, home, folder, file, methods) {
  const workbench = await openBench({ root, home });
  try {
    await ask(workbench, 'case.create', { folder, title: basename(folder), examiner: 'bench' });
    await ask(workbench, 'case.open', { folder });
    await work(workbench, 'exhibit.add', { folder, files: [file] });
    await work(workbench, 'examination.run', { folder, ...methods });
  } finally {
    await workbench.close();
  }
}

/** Looked for at every picture of the screen: a locator looks less and less often, every half second in the end. */
const appears = (page, selector) =>
  page.waitForFunction((css) => document.querySelector(css)?.checkVisibility() === true, selector, {
    ...{ polling: 'raf', timeout: 60_000 },
  });

const shows = (page) => appears(page, '.viewer[data-frame][data-busy="false"]');

/** ms from an input to the frame being drawn: told by the viewer's own state, and one animation frame after it. */
const timeToFrame = (page, act) =>
  page.evaluate(async (act) => {
    const viewer = document.querySelector('.viewer');
    const before = viewer.getAttribute('data-frame');
    const isThere = () => viewer.getAttribute('data-frame') !== before && viewer.getAttribute('data-busy') === 'false';
    const changed = new Promise((resolve, reject) => {
      const observer = new MutationObserver(() => {
        if (!isThere()) return;
        observer.disconnect();
        requestAnimationFrame(() => resolve(performance.now()));
      });
      observer.observe(viewer, { attributes: true });
      setTimeout(() => reject(new Error(`the frame ${before} stays`)), 30_000);
    });
    const start = performance.now();
    if (act.key !== undefined) window.dispatchEvent(new KeyboardEvent('keydown', { key: act.key, bubbles: true }));
    else {
      const plot = document.querySelector('.axis-ruler-plot');
      const { left, top, width, height } = plot.getBoundingClientRect();
      const at = { clientX: left + act.share * width, clientY: top + height / 2, bubbles: true, pointerId: 1 };
      plot.dispatchEvent(new PointerEvent('pointerdown', { ...at, button: 0, isPrimary: true }));
      plot.dispatchEvent(new PointerEvent('pointerup', at));
    }
    return (await changed) - start;
  }, act);

const percentile = (values, share) => {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1)];
};

/** Numbers in [0, 1) that are the same each time. */
function* shares() {
  for (let state = 7; ;) {
    state = (Math.imul(state, 1103515245) + 12345) >>> 0;
    yield state / 2 ** 32;
  }
}

async function warmSteps(page) {
  const times = [];
  for (let i = 0; i < 100; i++) {
    times.push(await timeToFrame(page, { key: 'ArrowRight' }));
    await page.waitForTimeout(60);
  }
  return times;
}

async function coldSteps(page) {
  const times = [];
  const places = shares();
  for (let i = 0; i < coldJumps; i++) {
    times.push(await timeToFrame(page, { share: 0.02 + 0.96 * places.next().value }));
    await page.waitForTimeout(900);
  }
  return times;
}

/** Drags along the ruler for some seconds: animation frames a second, and how many lanes were there. */
async function scrub(page) {
  const lanes = await page.locator('.axis-lanes > li').count();
  const box = await page.locator('.axis-ruler-plot').boundingBox();
  const y = box.y + box.height / 2;
  await page.mouse.move(box.x + 5, y);
  await page.mouse.down();
  await page.evaluate(() => {
    globalThis.benchFrames = [];
    const tick = (at) => {
      globalThis.benchFrames.push(at);
      globalThis.benchTimer = requestAnimationFrame(tick);
    };
    requestAnimationFrame(tick);
  });
  const started = performance.now();
  const forMs = 4000;
  for (let at = 0; at < 1; at = (performance.now() - started) / forMs)
    await page.mouse.move(box.x + 5 + (box.width - 10) * Math.abs(Math.sin(at * 6)), y);
  const frames = await page.evaluate(() => {
    cancelAnimationFrame(globalThis.benchTimer);
    return globalThis.benchFrames;
  });
  await page.mouse.up();
  const gaps = frames.slice(1).map((at, i) => at - frames[i]);
  return { lanes, perSecond: (gaps.length * 1000) / (frames.at(-1) - frames[0]), worstMs: percentile(gaps, 0.95) };
}

/** Bytes of the page's own process: what it has for itself alone, and what its scripts hold. */
async function pageMemory(page) {
  const session = await page.context().newCDPSession(page);
  await session.send('HeapProfiler.enable');
  await session.send('HeapProfiler.collectGarbage');
  await session.send('Performance.enable');
  const { metrics } = await session.send('Performance.getMetrics');
  const { processInfo } = (await page
    .context()
    .browser()
    ?.newBrowserCDPSession()
    .then((browser) => browser.send('SystemInfo.getProcessInfo'))
    .catch(() => ({ processInfo: [] }))) ?? { processInfo: [] };
  await session.detach();
  const heap = metrics.find(({ name }) => name === 'JSHeapUsedSize')?.value ?? 0;
  const pids = processInfo.filter(({ type }) => type === 'renderer').map(({ id }) => id);
  const own = Math.max(0, ...(pids.length > 0 ? pids : rendererPids()).map(ownBytes));
  return { heap, own };
}

/** Chromium's page processes below this one. */
function rendererPids() {
  const parents = new Map();
  const renderers = [];
  for (const name of readdirSync('/proc').filter((one) => /^\d+$/.test(one))) {
    try {
      parents.set(Number(name), Number(/^PPid:\s+(\d+)/m.exec(readFileSync(`/proc/${name}/status`, 'utf8'))?.[1]));
      if (readFileSync(`/proc/${name}/cmdline`, 'utf8').includes('--type=renderer')) renderers.push(Number(name));
    } catch {
      // It ended between being listed and being read.
    }
  }
  return renderers.filter((pid) => {
    for (let at = pid; at !== undefined && at > 1; at = parents.get(at)) if (at === process.pid) return true;
    return false;
  });
}

function ownBytes(pid) {
  return Number(/^RssAnon:\s+(\d+)/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? 0) * 1024;
}

/** What an analyst does, again and again: jumps, steps, plays, zooms the axis and the picture, looks at panels. */
async function use(page, forMs) {
  const places = shares();
  const started = performance.now();
  let rounds = 0;
  for (; performance.now() - started < forMs; rounds++) {
    const box = await page.locator('.axis-ruler-plot').boundingBox();
    await page.mouse.click(box.x + box.width * (0.05 + 0.9 * places.next().value), box.y + box.height / 2);
    for (let i = 0; i < 12; i++) {
      await page.keyboard.press('ArrowRight');
      await page.waitForTimeout(50);
    }
    await page.keyboard.press('l');
    await page.waitForTimeout(1500);
    await page.keyboard.press('k');
    await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
    await page.mouse.wheel(0, rounds % 2 === 0 ? -900 : 900);
    const tabs = page.getByRole('tab');
    const count = await tabs.count();
    if (count > 0) await tabs.nth(rounds % count).click();
    await page.locator('.viewer-canvas').first().hover();
    await page.waitForTimeout(600);
  }
  return rounds;
}

/** Seconds from the case being chosen to its first picture and its axis being there. */
async function timeToOpen(engine, home, title) {
  const opened = await engine.openWindowBench({ root, home });
  try {
    const { page } = opened;
    const recent = page.locator('.recent-open').filter({ hasText: title });
    await recent.waitFor({ timeout: 30_000 });
    const started = performance.now();
    await recent.click();
    await shows(page);
    await appears(page, '.axis-ruler-plot');
    return (performance.now() - started) / 1000;
  } finally {
    await opened.close();
  }
}

function bundleBytes() {
  const folder = join(root, 'dist/renderer');
  const sizes = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && /\.(js|css|html)$/.test(entry.name))
    .map((entry) => gzipSync(readFileSync(join(entry.parentPath, entry.name)), { level: 9 }).length);
  return sizes.reduce((sum, size) => sum + size, 0);
}

const load = () => `load ${loadavg()[0].toFixed(1)}`;
const result = (name, value, goal, met, detail) => ({ name, ratio: value, goal, met, detail: `${detail}; ${load()}` });

const parts = ['start', 'step', 'jump', 'scrub', 'use', 'open', 'size'];

function chosenParts(options) {
  const at = options.indexOf('--part');
  const chosen = at === -1 ? parts : (options[at + 1] ?? '').split(',');
  for (const name of chosen)
    if (!parts.includes(name)) throw new Error(`There is no part called ${name}. There are: ${parts.join(', ')}.`);
  return chosen;
}

/** Measures the window; see the head of this file for the options. */
export async function run(options = []) {
  const chosen = chosenParts(options);
  const asked = (...names) => names.some((name) => chosen.includes(name));
  await ensureBuilt('renderer');
  const engine = await loadEngine();
  const folder = await mkdtemp(join(tmpdir(), 'assay-bench-'));
  const home = join(folder, 'home');
  const results = [];
  const tell = (...one) => {
    results.push(result(...one));
    console.error(`  ${one[0]}: ${one[1]}`);
  };
  try {
    if (asked('start', 'step', 'jump', 'scrub', 'use')) {
      const whole = join(folder, 'Examined');
      await makeCase(engine, home, whole, await film(60, '4M'), { profile: 'triage' });
      if (asked('start')) tell(...(await measureStart(engine, home)));
      if (asked('step', 'jump', 'scrub', 'use')) await measureWorkbench(engine, home, whole, asked, tell);
    }
    if (asked('open')) tell(...(await measureOpening(engine, home, folder)));
    if (asked('size')) tell(...measureSize());
    return results;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const film = (seconds, bitRate) => clip({ seconds, size: '1920x1080', bitRate });
const medianOf = (times) => `median ${Math.round(median(times))} ms`;

async function measureStart(engine, home) {
  const starts = [];
  for (let i = 0; i < 5; i++) {
    const started = performance.now();
    const opened = await engine.openWindowBench({ root, home });
    await appears(opened.page, '.recent-open');
    starts.push((performance.now() - started) / 1000);
    await opened.close();
  }
  const start = median(starts);
  return [
    'window usable after start',
    `${start.toFixed(2)} s`,
    '1.5 s',
    start <= 1.5,
    'engine, Chromium and start view',
  ];
}

/** What is done in an open case, one after the other in one window. */
async function measureWorkbench(engine, home, open, asked, tell) {
  const workbench = await engine.openWindowBench({ root, home, open });
  try {
    const { page } = workbench;
    await shows(page);
    await page.locator('.axis-lanes > li').first().waitFor({ timeout: 60_000 });
    await page.waitForTimeout(2000);
    if (asked('step')) {
      const warm = await warmSteps(page);
      const p95 = percentile(warm, 0.95);
      tell('warm frame step, p95', `${Math.round(p95)} ms`, '50 ms', p95 <= 50, medianOf(warm));
    }
    if (asked('jump')) {
      const cold = await coldSteps(page);
      const p95 = percentile(cold, 0.95);
      tell('cold jump to a frame, p95', `${Math.round(p95)} ms`, '250 ms', p95 <= 250, medianOf(cold));
    }
    if (asked('scrub')) {
      const { lanes, perSecond, worstMs } = await scrub(page);
      const gaps = `${lanes} lanes, p95 of the gaps ${Math.round(worstMs)} ms`;
      tell('scrubbing the time axis', `${perSecond.toFixed(0)} frames/s`, '30', perSecond >= 30, gaps);
    }
    if (asked('use')) {
      const rounds = await use(page, minutes * 60_000);
      const { heap, own } = await pageMemory(page);
      const megabytes = (bytes) => `${Math.round(bytes / 1e6)} MB`;
      const how = `${minutes} min, ${rounds} rounds; scripts hold ${megabytes(heap)}`;
      tell('memory of the page after use', megabytes(own), '500 MB', own > 0 && own < 500e6, how);
    }
  } finally {
    await workbench.close();
  }
}

async function measureOpening(engine, home, folder) {
  // Both looked at without decoding, so that they differ in length alone.
  const first = { methods: ['file-type', 'container', 'metadata', 'packets'] };
  await makeCase(engine, home, join(folder, 'One minute'), await film(60, '500k'), first);
  await makeCase(engine, home, join(folder, 'Two hours'), await film(7200, '500k'), first);
  const times = { hours: [], minute: [] };
  for (let i = 0; i < 3; i++) {
    times.minute.push(await timeToOpen(engine, home, 'One minute'));
    times.hours.push(await timeToOpen(engine, home, 'Two hours'));
  }
  const [long, short] = [median(times.hours), median(times.minute)];
  const opening = `${long.toFixed(2)} s against ${short.toFixed(2)} s`;
  return ['opening two hours against one minute', (long / short).toFixed(2), '1.2', long / short <= 1.2, opening];
}

function measureSize() {
  const bytes = bundleBytes();
  const what = 'scripts, styles and page; without fonts';
  return ['window, gzipped', `${Math.round(bytes / 1e3)} kB`, '1000 kB', bytes < 1e6, what];
}
