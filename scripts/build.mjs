// Builds what Node runs (dist/engine), what the window shows (dist/renderer) and Electron's side (dist/electron), each only when a source is newer.
// `node scripts/build.mjs [engine|renderer|electron] [--force]`
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  readdirSync,
  renameSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/** Newest modification time in ms below the given files and folders. */
function newest(paths) {
  let latest = 0;
  for (const path of paths) {
    if (!existsSync(path)) continue;
    const stat = statSync(path);
    latest = Math.max(latest, stat.mtimeMs);
    if (stat.isDirectory()) latest = Math.max(latest, newest(readdirSync(path).map((name) => join(path, name))));
  }
  return latest;
}

const kernelWorker = 'src/examination/kernel-worker.ts';

/**
 * Packages that stay outside what is built: with native code, files of their own that they read, or (exifr) named in results by
 * the hash of the file that is loaded. All others are built in: reading hundreds of small files would take up most of a start.
 */
const outside = ['electron', 'exifr', 'onnxruntime-web', 'pdfkit', 'piscina', 'playwright-core', 'sharp'];

/** ES modules that Node or Electron runs. */
async function buildForNode(outDir, entries) {
  const { build } = await import('vite');
  const input = Object.fromEntries(Object.entries(entries).map(([name, file]) => [name, join(root, file)]));
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    ssr: { noExternal: true, external: outside },
    build: {
      ssr: true,
      outDir,
      emptyOutDir: true,
      target: 'node20',
      minify: false,
      sourcemap: true,
      rollupOptions: { input, output: { entryFileNames: '[name].js', chunkFileNames: 'parts/[name]-[hash].js' } },
    },
  });
}

/** One CommonJS file with nothing outside but Electron itself: a sandboxed preload can load no other file. */
async function buildPreload(outDir) {
  const { build } = await import('vite');
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      outDir,
      emptyOutDir: false,
      target: 'node20',
      minify: false,
      lib: { entry: join(root, 'electron/preload.ts'), formats: ['cjs'], fileName: () => 'preload.cjs' },
      rollupOptions: { external: ['electron'], output: { codeSplitting: false } },
    },
  });
}

const parts = {
  engine: {
    sources: ['src', 'package.json', 'scripts/build.mjs'],
    build: (outDir) => buildForNode(outDir, { cli: 'src/cli/main.ts', 'kernel-worker': kernelWorker }),
  },
  renderer: {
    sources: ['renderer', 'src/contract', 'src/base', 'resources/locales', 'package.json', 'scripts/build.mjs'],
    build: async (outDir) => {
      if (!existsSync(join(root, 'renderer/vite.config.ts'))) return;
      const { build } = await import('vite');
      await build({
        root: join(root, 'renderer'),
        configFile: join(root, 'renderer/vite.config.ts'),
        logLevel: 'error',
        build: { outDir, emptyOutDir: true },
      });
    },
  },
  electron: {
    sources: ['electron', 'src', 'package.json', 'scripts/build.mjs'],
    build: async (outDir) => {
      await buildForNode(outDir, { main: 'electron/main.ts', 'kernel-worker': kernelWorker });
      await buildPreload(outDir);
    },
  },
};

/** True when dist/<part> was built after the last change of its sources. */
export function isFresh(part) {
  const stamp = join(root, 'dist', part, '.built');
  return existsSync(stamp) && statSync(stamp).mtimeMs >= newest(parts[part].sources.map((path) => join(root, path)));
}

/** A run that started with the old build may still load parts of it: their names carry their content, so they can stay a day. */
function keepRecentParts(from, to) {
  const parts = join(from, 'parts');
  if (!existsSync(parts)) return;
  mkdirSync(join(to, 'parts'), { recursive: true });
  for (const name of readdirSync(parts)) {
    const { mtime } = statSync(join(parts, name));
    if (name.endsWith('.map') || existsSync(join(to, 'parts', name)) || Date.now() - mtime.getTime() > 86_400_000)
      continue;
    copyFileSync(join(parts, name), join(to, 'parts', name));
    utimesSync(join(to, 'parts', name), mtime, mtime);
  }
}

/** Builds one part when it is stale (or always, with force). Returns whether it built. */
export async function ensureBuilt(part, { force = false } = {}) {
  if (!force && isFresh(part)) return false;
  // Built beside and swapped in, so that a run that starts meanwhile finds the old build or the new one, whole.
  const outDir = join(root, 'dist', part);
  const beside = join(root, 'dist', `.${part}-${process.pid}`);
  const started = new Date();
  await parts[part].build(beside);
  mkdirSync(beside, { recursive: true });
  writeFileSync(join(beside, '.built'), started.toISOString());
  utimesSync(join(beside, '.built'), started, started);
  keepRecentParts(outDir, beside);
  const old = `${beside}-old`;
  if (existsSync(outDir)) renameSync(outDir, old);
  try {
    renameSync(beside, outDir);
  } catch (error) {
    // Another process swapped its own build in between; it is of the same sources.
    if (error.code !== 'ENOTEMPTY' && error.code !== 'EEXIST') throw error;
    rmSync(beside, { recursive: true, force: true });
  }
  rmSync(old, { recursive: true, force: true });
  return true;
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const force = process.argv.includes('--force');
  const chosen = process.argv.slice(2).filter((argument) => argument in parts);
  for (const part of chosen.length > 0 ? chosen : Object.keys(parts)) {
    const built = await ensureBuilt(part, { force });
    process.stderr.write(`${part}: ${built ? 'built' : 'up to date'}\n`);
  }
}
