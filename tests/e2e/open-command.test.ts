import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findBrowser } from '../../src/workbench/find-browser.ts';
import { runAssay } from '../support/command-line.ts';
import { descendants, socketsOfTree } from '../support/process-sockets.ts';

const onLinux = process.platform === 'linux';
let folder: string;
let home: string;
let browser: string;
let temporary: string;
let lock: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-open-'));
  home = join(folder, 'home');
  temporary = join(folder, 'tmp');
  lock = join(folder, 'case/case.lock');
  await mkdir(home);
  await mkdir(temporary);
  const chromium = await findBrowser(process.env, process.platform);
  if (chromium === undefined) throw new Error('no Chromium on this machine: npm run setup');
  // A Chromium with a window that no display shows.
  browser = join(folder, 'chromium');
  await writeFile(
    browser,
    `#!/bin/sh\nPATH=/usr/local/bin:/usr/bin:/bin; export PATH\nexec '${chromium}' --ozone-platform=headless "$@"\n`,
  );
  await chmod(browser, 0o755);
  const made = await runAssay(['new', join(folder, 'case'), '--title', 'Window', '--examiner', 'Examiner'], {
    cwd: folder,
    home,
  });
  expect(made.code, made.stderr).toBe(0);
});

afterAll(() => rm(folder, { recursive: true, force: true }));

const withDisplay = (more: Record<string, string> = {}) => ({
  DISPLAY: ':0',
  ASSAY_CHROMIUM: browser,
  TMPDIR: temporary,
  ...more,
});

/** Opens the window on the case, waits until the page has opened it, does something, and waits for the end. */
async function openCaseUntil(env: Record<string, string>, act: (pid: number, said: () => string) => Promise<void>) {
  let acting: Promise<void> | undefined;
  const run = await runAssay(['open', 'case', '--window', 'chromium'], {
    cwd: folder,
    home,
    env,
    timeoutMs: 100_000,
    onStart: ({ pid = 0, stdout }) => {
      let said = '';
      stdout?.on('data', (chunk: string) => (said += chunk));
      acting = expect
        .poll(() => existsSync(lock), { timeout: 60_000, interval: 100 })
        .toBe(true)
        .then(() => act(pid, () => said));
    },
  });
  await acting;
  return run;
}

/** The browser's processes that show a page. */
async function pagesOf(pid: number): Promise<number[]> {
  const all = await descendants(pid);
  const lines = await Promise.all(all.map((one) => readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '')));
  return all.filter((_, i) => lines[i]?.includes('--type=renderer'));
}

describe('assay open', () => {
  it('refuses a wrong case before anything is opened', async () => {
    const missing = await runAssay(['open', 'nothing-here'], { cwd: folder, home, env: withDisplay() });
    expect(missing.code).toBe(2);
    expect(missing.stderr).toContain('nothing-here');
    const noCase = await runAssay(['open', '.'], { cwd: folder, home, env: withDisplay() });
    expect(noCase.code).toBe(2);
    expect(noCase.stderr).toContain('is not a case');
    expect(missing.stdout + noCase.stdout).toBe('');
  });

  it.runIf(onLinux)('says that there is no display, and names the command line', async () => {
    const run = await runAssay(['open'], { cwd: folder, home, env: { ASSAY_CHROMIUM: browser } });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('no display');
    expect(run.stderr).toContain('assay triage');
  });

  it('says how to get a browser where there is none', async () => {
    const env = { DISPLAY: ':0', ASSAY_CHROMIUM: join(folder, 'no-such-browser') };
    const run = await runAssay(['open', '--window', 'chromium'], { cwd: folder, home, env });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('npm run setup');
  });

  it('says what the browser said when it does not start', async () => {
    const broken = join(folder, 'broken');
    await writeFile(broken, '#!/bin/sh\necho "FATAL: no usable thing" >&2\nexit 1\n');
    await chmod(broken, 0o755);
    const env = withDisplay({ ASSAY_CHROMIUM: broken });
    const run = await runAssay(['open', '--window', 'chromium'], { cwd: folder, home, env });
    expect(run.code).toBe(3);
    expect(run.stderr).toContain('no usable thing');
  });

  it.runIf(onLinux)('opens, opens no port, and closes the window and the case in order on Ctrl-C', async () => {
    const run = await openCaseUntil(withDisplay(), async (pid) => {
      expect((await socketsOfTree(pid)).filter(({ listening }) => listening)).toEqual([]);
      process.kill(pid, 'SIGINT');
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('Opening the window in Chromium');
    expect(run.stdout).toContain('you asked for it');
    expect(run.stdout.includes('Running as root')).toBe(process.getuid?.() === 0);
    expect(run.stdout).toContain('Closing the window and the case.');
    expect(run.stderr).toBe('');
    expect(existsSync(lock)).toBe(false);
    expect(await readdir(temporary)).toEqual([]);
  });

  it.runIf(onLinux)('opens a new window on the case when the page crashes', async () => {
    const run = await openCaseUntil(withDisplay(), async (pid, said) => {
      // One that shows the page, and perhaps one in reserve.
      const before = await pagesOf(pid);
      for (const page of before) process.kill(page, 'SIGSEGV');
      await expect
        .poll(() => said().includes('a new window opens') && existsSync(lock), { timeout: 30_000 })
        .toBe(true);
      process.kill(pid, 'SIGINT');
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('a new window opens');
    expect(existsSync(lock)).toBe(false);
  });

  it.runIf(onLinux)('gives the case back when the browser goes away', async () => {
    // An empty PATH has no bubblewrap.
    const run = await openCaseUntil(withDisplay({ PATH: folder }), async (pid) => {
      for (const one of await descendants(pid)) {
        const line = await readFile(`/proc/${one}/cmdline`, 'utf8').catch(() => '');
        if (one !== pid && line.includes('--remote-debugging-pipe') && !line.includes('--type=')) process.kill(one);
      }
    });
    expect(run.code, run.stderr).toBe(0);
    expect(run.stdout).toContain('still has one');
    expect(existsSync(lock)).toBe(false);
  });
});
