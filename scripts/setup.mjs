// One command from a fresh clone to a working checkout. Plain Node, no dependency: it runs before anything is installed.
import { spawnSync } from 'node:child_process';
import { accessSync, constants, existsSync, mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { createHash } from 'node:crypto';
import { fileURLToPath, pathToFileURL } from 'node:url';

const root = dirname(dirname(fileURLToPath(import.meta.url)));
const say = (line) => process.stderr.write(`${line}\n`);
const environmentError = 3;

function run(command, args, options = {}) {
  return spawnSync(command, args, { cwd: root, stdio: 'inherit', ...options });
}

function checkNode() {
  const [major, minor] = process.versions.node.split('.').map(Number);
  if (major > 20 || (major === 20 && minor >= 19)) return;
  say(
    `Assay needs Node 20.19 or newer; this is ${process.versions.node}. Install it from your system's packages, then run: npm run setup`,
  );
  process.exit(environmentError);
}

/** Installs packages when the lock file changed since the last time, and only then. */
function installPackages() {
  const stamp = join(root, 'node_modules/.assay-setup');
  const digest = createHash('sha256')
    .update(readFileSync(join(root, 'package-lock.json')))
    .digest('hex');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === digest) return say('packages: up to date');
  const npm = process.env.npm_execpath;
  const result = npm
    ? run(process.execPath, [npm, 'ci', '--no-audit', '--no-fund'])
    : run('npm', ['ci', '--no-audit', '--no-fund'], { shell: process.platform === 'win32' });
  if (result.status !== 0) {
    say('npm ci failed. Its message stands above; once it is mended, run again: npm run setup');
    process.exit(environmentError);
  }
  mkdirSync(dirname(stamp), { recursive: true });
  writeFileSync(stamp, digest);
}

function onPath(names) {
  const suffixes = process.platform === 'win32' ? ['.exe', ''] : [''];
  for (const folder of (process.env.PATH ?? '').split(delimiter))
    for (const name of names)
      for (const suffix of suffixes) {
        const file = join(folder, name + suffix);
        try {
          accessSync(file, constants.X_OK);
          if (statSync(file).isFile()) return file;
        } catch {
          // Not here: the next folder may have it.
        }
      }
  return undefined;
}

function firstExisting(paths) {
  return paths.find((path) => path && existsSync(path));
}

function findProgram(name) {
  if (name === 'ffmpeg' || name === 'ffprobe') {
    const told = process.env[`ASSAY_${name.toUpperCase()}`];
    return firstExisting([told]) ?? onPath([name]);
  }
  const told = process.env.ASSAY_CHROMIUM;
  return (
    firstExisting([told]) ??
    onPath(['chromium', 'chromium-browser', 'google-chrome-stable', 'google-chrome', 'msedge']) ??
    firstExisting([
      '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
      '/Applications/Chromium.app/Contents/MacOS/Chromium',
      `${process.env.ProgramFiles ?? ''}\\Google\\Chrome\\Application\\chrome.exe`,
      `${process.env['ProgramFiles(x86)'] ?? ''}\\Microsoft\\Edge\\Application\\msedge.exe`,
    ])
  );
}

const debianPackages = { ffmpeg: 'ffmpeg', ffprobe: 'ffmpeg', chromium: 'chromium' };

function mayInstall() {
  if (process.platform !== 'linux' || !onPath(['apt-get'])) return undefined;
  if (process.getuid?.() === 0) return [];
  const sudo = onPath(['sudo']);
  if (sudo && spawnSync(sudo, ['-n', 'true'], { stdio: 'ignore' }).status === 0) return [sudo, '-n'];
  return undefined;
}

function installPrograms(missing) {
  const prefix = mayInstall();
  if (prefix === undefined) return;
  const packages = [...new Set(missing.map((name) => debianPackages[name])), 'bubblewrap'];
  const apt = (...args) => {
    const words = [...prefix, 'apt-get', ...args];
    return run(words[0], words.slice(1), {
      env: { ...process.env, DEBIAN_FRONTEND: 'noninteractive' },
      stdio: ['ignore', 2, 2],
    });
  };
  say(`installing with apt-get: ${packages.join(' ')}`);
  apt('update', '-q');
  apt('install', '-q', '-y', '--no-install-recommends', ...packages);
}

function sayHowToInstall(missing) {
  say(`\nStill missing: ${missing.join(', ')}. Install, then run again: npm run setup`);
  const packages = [...new Set(missing.map((name) => debianPackages[name]))].join(' ');
  say(`  Debian, Ubuntu   sudo apt-get update && sudo apt-get install ${packages} bubblewrap`);
  say(`  Fedora           sudo dnf install ${packages.replace('ffmpeg', 'ffmpeg-free')} bubblewrap`);
  const brew = [
    packages.includes('ffmpeg') ? 'brew install ffmpeg' : '',
    packages.includes('chromium') ? 'brew install --cask chromium' : '',
  ];
  say(`  macOS            ${brew.filter(Boolean).join(' && ')}`);
  const winget = [
    packages.includes('ffmpeg') ? 'winget install Gyan.FFmpeg' : '',
    packages.includes('chromium') ? 'winget install Google.Chrome' : '',
  ];
  say(`  Windows          ${winget.filter(Boolean).join(' && ')}`);
}

checkNode();
installPackages();
const wanted = ['ffmpeg', 'ffprobe', 'chromium'];
let missing = wanted.filter((name) => findProgram(name) === undefined);
if (missing.length > 0) {
  installPrograms(missing);
  missing = wanted.filter((name) => findProgram(name) === undefined);
}
for (const name of wanted) say(`${name}: ${findProgram(name) ?? 'missing'}`);
if (missing.length > 0) {
  sayHowToInstall(missing);
  process.exit(environmentError);
}
const { ensureBuilt } = await import(pathToFileURL(join(root, 'scripts/build.mjs')).href);
for (const part of ['engine', 'renderer']) say(`${part}: ${(await ensureBuilt(part)) ? 'built' : 'up to date'}`);
say('Assay is set up. Try: npm run demo');
