import { spawn } from 'node:child_process';
import { resolve } from 'node:path';

const bin = resolve(import.meta.dirname, '../../bin/assay.mjs');

export interface CommandRun {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly cwd: string;
  /** Folder of the app's own state for this run. */
  readonly home: string;
  readonly env?: Readonly<Record<string, string>>;
  /** Told the process, for a test that interrupts it. */
  readonly onStart?: (child: ReturnType<typeof spawn>) => void;
  readonly timeoutMs?: number;
}

/** Runs the command line as a person would, with its own state folder, and waits for its end. */
export function runAssay(args: readonly string[], options: CommandOptions): Promise<CommandRun> {
  return new Promise((settle, reject) => {
    const child = spawn(process.execPath, [bin, ...args], {
      cwd: options.cwd,
      env: { PATH: process.env['PATH'] ?? '', HOME: options.home, ASSAY_HOME: options.home, ...options.env },
      stdio: ['ignore', 'pipe', 'pipe'],
      timeout: options.timeoutMs ?? 150_000,
      killSignal: 'SIGKILL',
    });
    let stdout = '';
    let stderr = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => (stdout += chunk));
    child.stderr.setEncoding('utf8').on('data', (chunk: string) => (stderr += chunk));
    child.on('error', reject);
    child.on('close', (code) => settle({ code, stdout, stderr }));
    options.onStart?.(child);
  });
}
