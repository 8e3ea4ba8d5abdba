import {
  chmodSync,
  existsSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../src/base/errors.ts';
import { readText } from '../../../src/tools/read-text.ts';
import { runTool, type RunOptions, type ToolRun } from '../../../src/tools/run-tool.ts';
import { noSandbox } from '../../../src/tools/sandbox.ts';
import { stampOf, type Tool } from '../../../src/tools/tool.ts';
import type { Toolbox } from '../../../src/tools/toolbox.ts';
import { testToolbox } from '../../support/run-method.ts';

const folder = realpathSync(mkdtempSync(join(tmpdir(), 'assay-run-tool-')));
afterAll(() => {
  rmSync(folder, { recursive: true });
});

const unconfined: Toolbox = { ...testToolbox, sandbox: () => Promise.resolve(noSandbox) };
const confined = (await testToolbox.sandbox()).kind === 'bubblewrap';

/** A program of one shell script, identified as a tool would be. */
async function script(name: string, text: string): Promise<Tool> {
  const path = join(folder, name);
  writeFileSync(path, `#!/bin/sh\n${text}\n`);
  chmodSync(path, 0o755);
  return { name: 'ffmpeg', path, version: '0', sha256: '0'.repeat(64), stamp: await stampOf(path) };
}

const options = (more: Partial<RunOptions> = {}): RunOptions => ({
  ...{ folder, outputs: {}, limits: { timeMs: 20_000 } },
  ...more,
});

async function output(toolbox: Toolbox, tool: Tool, args: readonly string[] = [], more: Partial<RunOptions> = {}) {
  let text = '';
  const read = async (stream: Parameters<RunOptions['outputs'][number]>[0]): Promise<void> => {
    text = await readText(stream, 10_000);
  };
  const result = await runTool(toolbox, tool, args, options({ outputs: { 1: read }, ...more }));
  return { ...result, text };
}

describe('runTool', () => {
  it('records a run that fails in the shape of one that succeeds', async () => {
    const fails = await script('fails', 'echo broken >&2; exit 3');
    const works = await script('works', 'exit 0');
    const runs: ToolRun[] = [];
    const onRun = (run: ToolRun): void => void runs.push(run);
    const failed = await runTool(testToolbox, fails, ['a b', '$HOME'], options({ onRun }));
    await runTool(testToolbox, works, [], options({ onRun }));
    expect(failed.messages).toEqual(['broken']);
    expect(runs[0]).toMatchObject({ program: 'ffmpeg', arguments: ['a b', '$HOME'], exitCode: 3 });
    expect(Object.keys(runs[0] ?? {})).toEqual(Object.keys(runs[1] ?? {}));
  });

  it('hands arguments over without a shell', async () => {
    const echo = await script('echo', 'for a in "$@"; do printf "%s;" "$a"; done');
    const args = ['$(id)', '`id`', 'two words', "quote's", '-dash', 'line\nbreak', 'Қазақ тоҷикӣ 🎥'];
    expect((await output(testToolbox, echo, args)).text).toBe(args.map((arg) => `${arg};`).join(''));
  });

  it('gives the program an empty environment', async () => {
    const env = await script('env', '/usr/bin/env');
    process.env['ASSAY_TEST_SECRET'] = 'x';
    const { text } = await output(testToolbox, env);
    delete process.env['ASSAY_TEST_SECRET'];
    const names = text.split('\n').map((line) => line.split('=')[0]);
    expect(names).toContain('LC_ALL');
    for (const name of ['ASSAY_TEST_SECRET', 'LD_PRELOAD', 'http_proxy', 'HTTPS_PROXY', 'USER'])
      expect(names).not.toContain(name);
  });

  it('passes pipes above standard error through, each to its reader', async () => {
    const pipes = await script('pipes', 'echo three >&3; echo five >&5; echo one');
    const texts: Record<number, string> = {};
    const reader = (fd: number) => async (stream: Parameters<RunOptions['outputs'][number]>[0]) => {
      texts[fd] = await readText(stream, 100);
    };
    await runTool(testToolbox, pipes, [], options({ outputs: { 1: reader(1), 3: reader(3), 5: reader(5) } }));
    expect(texts).toEqual({ 1: 'one\n', 3: 'three\n', 5: 'five\n' });
  });

  it('writes standard input, and outlives a program that does not read it', async () => {
    const cat = await script('cat', 'cat');
    const deaf = await script('deaf', 'exit 0');
    expect((await output(testToolbox, cat, [], { stdin: Buffer.from('hello') })).text).toBe('hello');
    const { run } = await output(testToolbox, deaf, [], { stdin: Buffer.alloc(1_000_000) });
    expect(run.exitCode).toBe(0);
  });

  it('stops a run at its time limit, with everything that it started', async () => {
    for (const toolbox of [testToolbox, unconfined]) {
      const marker = join(folder, `alive-${Math.round(performance.now())}`);
      const slow = await script('slow', `sh -c 'sleep 1.5; touch ${marker}' & sleep 30`);
      const started = performance.now();
      const { run } = await runTool(toolbox, slow, [], options({ limits: { timeMs: 300 } }));
      expect(run.stoppedBy).toBe('time-limit');
      expect(run.exitCode).toBeNull();
      expect(performance.now() - started).toBeLessThan(10_000);
      await new Promise((resolve) => setTimeout(resolve, 2000));
      expect(existsSync(marker)).toBe(false);
    }
  });

  it('ends on the signal, and records the run', async () => {
    const slow = await script('slow2', 'sleep 30');
    const controller = new AbortController();
    const runs: ToolRun[] = [];
    const running = runTool(
      testToolbox,
      slow,
      [],
      options({ signal: controller.signal, onRun: (run) => void runs.push(run) }),
    );
    setTimeout(() => {
      controller.abort();
    }, 200);
    await expect(running).rejects.toSatisfy((error) => isAssayError(error, 'cancelled'));
    expect(runs[0]?.stoppedBy).toBe('cancelled');
    await expect(runTool(testToolbox, slow, [], options({ signal: controller.signal }))).rejects.toSatisfy((error) =>
      isAssayError(error, 'cancelled'),
    );
    expect(runs).toHaveLength(1);
  });

  it('ends the run when a reader throws, and throws that', async () => {
    const endless = await script('endless', 'while :; do echo aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa; done');
    const broken = new Error('the reader broke');
    const outputs = { 1: () => Promise.reject(broken) };
    await expect(runTool(testToolbox, endless, [], options({ outputs }))).rejects.toBe(broken);
  });

  it.runIf(process.platform === 'linux')('stops a program that wants more memory than its limit', async () => {
    const tool = await testToolbox.require('ffmpeg');
    const args = ['-v', 'error', '-f', 'lavfi', '-i', 'color=size=8000x8000', '-frames:v', '3', '-f', 'null', '-'];
    const { run } = await runTool(
      testToolbox,
      tool,
      args,
      options({ limits: { timeMs: 20_000, memoryBytes: 150_000_000 } }),
    );
    expect(run.exitCode).not.toBe(0);
    expect(run.stoppedBy).toBe('memory-limit');
  });

  it('refuses a program that changed since it was identified', async () => {
    const tool = await script('changed', 'exit 0');
    utimesSync(tool.path, 1, 1);
    await expect(runTool(testToolbox, tool, [], options())).rejects.toSatisfy((error) =>
      isAssayError(error, 'tool-changed'),
    );
    rmSync(tool.path);
    await expect(runTool(testToolbox, tool, [], options())).rejects.toSatisfy((error) =>
      isAssayError(error, 'tool-changed'),
    );
  });

  it('says so when a program cannot be started at all', async () => {
    const tool = await script('unstartable', 'exit 0');
    const missing = options({ folder: join(folder, 'not-there') });
    await expect(runTool(unconfined, tool, [], missing)).rejects.toSatisfy((error) =>
      isAssayError(error, 'tool-unusable'),
    );
  });

  it('tells processor time of a run that was alone', async () => {
    const busy = await script('busy', 'i=0; while [ $i -lt 200000 ]; do i=$((i+1)); done');
    const alone = await runTool(testToolbox, busy, [], options());
    if (process.platform === 'linux') expect(alone.run.cpuMs).toBeGreaterThan(20);
    const together = await Promise.all([
      runTool(testToolbox, busy, [], options()),
      runTool(testToolbox, busy, [], options()),
    ]);
    expect(together.some(({ run }) => run.cpuMs !== undefined)).toBe(false);
  });
});

describe.runIf(confined)('the sandbox', () => {
  it('has no network: no interface but the loopback, and no route', async () => {
    const tool = await script('network', 'cat /proc/net/dev; cat /proc/net/route');
    const { text, run } = await output(testToolbox, tool);
    expect(run.sandbox).toBe('bubblewrap');
    const interfaces = text.split('\n').filter((line) => line.includes(':') && !line.includes('|'));
    expect(interfaces.map((line) => line.trim().split(':')[0])).toEqual(['lo']);
    expect(text.split('\n').filter((line) => /^\w+\t[0-9A-F]{8}/.test(line))).toEqual([]);
  });

  it('keeps ffmpeg off a server on this very machine, which it reaches without the sandbox', async () => {
    let connections = 0;
    const server = createServer((socket) => {
      connections += 1;
      socket.destroy();
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const { port } = server.address() as { port: number };
    const tool = await testToolbox.require('ffmpeg');
    const args = ['-v', 'error', '-i', `tcp://127.0.0.1:${port}`, '-f', 'null', '-'];
    expect((await runTool(testToolbox, tool, args, options())).run.exitCode).not.toBe(0);
    expect(connections).toBe(0);
    await runTool(unconfined, tool, args, options());
    expect(connections).toBeGreaterThan(0);
    server.close();
  });

  it('lets nothing be written, not even beside the exhibit', async () => {
    writeFileSync(join(folder, 'original.mp4'), 'evidence');
    const tool = await script(
      'writes',
      'touch beside; echo x >> original.mp4; rm -f original.mp4; touch "$HOME/x"; touch /var/tmp/x; true',
    );
    await output(testToolbox, tool);
    expect(readdirSync(folder)).not.toContain('beside');
    expect(existsSync(join(folder, 'original.mp4'))).toBe(true);
    expect(existsSync('/var/tmp/x')).toBe(false);
  });

  it('has a /tmp of its own in which only the working folder is to be seen', async () => {
    const other = mkdtempSync(join(tmpdir(), 'assay-other-'));
    const tool = await script('looks', 'ls /tmp; pwd');
    const { text } = await output(testToolbox, tool);
    rmSync(other, { recursive: true });
    expect(text).not.toContain('assay-other');
    expect(text.trim().split('\n').at(-1)).toBe(folder);
  });

  it('does not see other processes', async () => {
    const tool = await script('processes', 'ls /proc | grep -c "^[0-9]"');
    expect(Number((await output(testToolbox, tool)).text)).toBeLessThan(8);
  });
});

describe('without the sandbox', () => {
  it('says in the record that nothing confined the program', async () => {
    const tool = await script('plain', 'exit 0');
    expect((await runTool(unconfined, tool, [], options())).run.sandbox).toBe('none');
  });
});
