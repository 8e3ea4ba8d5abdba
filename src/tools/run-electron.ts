import { spawn } from 'node:child_process';
import { AssayError } from '../base/errors.ts';

export interface ElectronRun {
  readonly executable: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Asks the window to close, in order. */
  readonly signal: AbortSignal;
}

/** Settings that would turn the window into something else: plain Node, a debugger, foreign code. */
const dropped: ReadonlySet<string> = new Set(['ELECTRON_RUN_AS_NODE', 'NODE_OPTIONS', 'NODE_PATH']);

/**
 * Runs the Electron window until it closes; resolves to its exit code, null where a signal ended it. What it says goes to
 * this terminal. Throws `tool-unusable` when it does not start.
 */
export function runElectron({ executable, args, env, signal }: ElectronRun): Promise<number | null> {
  return new Promise((resolve, reject) => {
    const kept = Object.fromEntries(Object.entries(env).filter(([name]) => !dropped.has(name)));
    const child = spawn(executable, args, { stdio: ['ignore', 'inherit', 'inherit'], env: kept });
    const close = (): void => void child.kill('SIGTERM');
    if (signal.aborted) close();
    signal.addEventListener('abort', close, { once: true });
    child.once('error', (error) => {
      signal.removeEventListener('abort', close);
      reject(new AssayError('tool-unusable', { tool: 'electron', reason: error.message }, { cause: error }));
    });
    child.once('close', (code) => {
      signal.removeEventListener('abort', close);
      resolve(code);
    });
  });
}
