import { spawn, type ChildProcess, type StdioOptions } from 'node:child_process';
import type { Readable, Writable } from 'node:stream';
import { AssayError } from '../base/errors.ts';
import { startRunClock } from './run-clock.ts';
import { collectMessages, ToolMessages } from './tool-messages.ts';
import { stampOf, type Tool } from './tool.ts';
import type { Toolbox } from './toolbox.ts';

/** One run as the examination's record keeps it: the same shape whether it went well or not. */
export interface ToolRun {
  readonly program: string;
  readonly arguments: string[];
  readonly sandbox: 'bubblewrap' | 'none';
  /** Null where a signal ended it. */
  readonly exitCode: number | null;
  readonly elapsedMs: number;
  /** User and system time; only told where no other run went on meanwhile. */
  readonly cpuMs?: number;
  readonly stoppedBy?: 'time-limit' | 'memory-limit' | 'cancelled';
}

/** What a run came to: its record, and what the program said on standard error, bounded. */
export interface ToolRunResult {
  readonly run: ToolRun;
  readonly messages: readonly string[];
}

/** Reads one output of the program to its end. Rejecting ends the run. */
export type OutputReader = (stream: Readable) => Promise<void>;

/**
 * Writes the program's standard input and ends it; waits for `drain` where the stream asks for it. Rejecting ends the
 * run. A program that closes its input early destroys the stream: stop then, its exit code says why.
 */
export type InputWriter = (stream: Writable) => Promise<void>;

export interface ToolLimits {
  readonly timeMs: number;
  /** Address space of the process, where the machine can limit it. */
  readonly memoryBytes?: number;
}

export interface RunOptions {
  /** Folder that the program works in; the only one of /tmp that it sees. */
  readonly folder: string;
  /** Readers by file descriptor: 1 is standard output, 3 and above are pipes that the arguments name. */
  readonly outputs: Readonly<Record<number, OutputReader>>;
  /** Written to standard input; without it there is none. */
  readonly stdin?: Uint8Array | InputWriter;
  /** Written to further pipes that the arguments name, by descriptor from 3 on; none of them is an output too. */
  readonly inputs?: Readonly<Record<number, InputWriter>>;
  /**
   * For a program that is started before there is work for it: settles when there is, with the time in ms that the work may
   * take. Until then it waits, without any limit of time; whoever started it ends it by the signal.
   */
  readonly work?: Promise<number>;
  /**
   * Folders that the program may write to. FORENSIC: only for what Assay makes itself (exercises of the lab); a program
   * that reads an exhibit gets none.
   */
  readonly writable?: readonly string[];
  readonly limits: ToolLimits;
  readonly signal?: AbortSignal;
  readonly onRun?: (run: ToolRun) => void;
}

/**
 * Runs an external program: never through a shell, confined where the machine can, with an empty environment, within its
 * limits. Settles when the program has ended and every output is read.
 *
 * A program that fails is a value: look at `run.exitCode` and `run.stoppedBy`. Throws `tool-changed` when the executable is
 * not the identified one any more, `tool-unusable` when it does not start, `cancelled` on the signal, and what a
 * reader throws. Every run that started is told to `onRun`, also before a throw.
 */
export async function runTool(
  toolbox: Toolbox,
  tool: Tool,
  args: readonly string[],
  options: RunOptions,
): Promise<ToolRunResult> {
  await checkUnchanged(tool);
  const sandbox = await toolbox.sandbox();
  const limiter = await toolbox.limiter();
  // From here to the listener nothing waits, so that no cancelling is lost.
  if (options.signal?.aborted) throw new AssayError('cancelled', { what: tool.name });
  const command = [
    ...limitCommand(limiter, options.limits.memoryBytes),
    ...sandbox.wrap(tool.path, args, options.folder, options.writable),
  ];
  const child = start(command, options);
  const messages = new ToolMessages();
  let stoppedBy: ToolRun['stoppedBy'];
  let readerError: { error: unknown } | undefined;
  const stop = (why: typeof stoppedBy): void => {
    stoppedBy ??= why;
    kill(child);
  };
  const clock = startRunClock(toolbox.activity, options.limits.timeMs, options.work, () => {
    stop('time-limit');
  });
  const cancel = (): void => {
    stop('cancelled');
  };
  options.signal?.addEventListener('abort', cancel, { once: true });

  const ended = endOf(child, tool);
  ended.catch(() => undefined);
  const reading = readAll(child, options, messages, (error) => {
    readerError ??= { error };
    kill(child);
  });
  let exitCode: number | null;
  try {
    [exitCode] = await Promise.all([ended, reading]);
  } finally {
    options.signal?.removeEventListener('abort', cancel);
    clock.stop();
  }
  const { elapsedMs, cpuMs } = clock.taken();
  const said = messages.list();
  if (exitCode !== 0 && stoppedBy === undefined && options.limits.memoryBytes !== undefined && ranOutOfMemory(said)) {
    stoppedBy = 'memory-limit';
  }
  const run: ToolRun = {
    program: tool.name,
    arguments: [...args],
    sandbox: sandbox.kind,
    exitCode,
    elapsedMs,
    ...(cpuMs === undefined ? {} : { cpuMs }),
    ...(stoppedBy === undefined ? {} : { stoppedBy }),
  };
  options.onRun?.(run);
  if (stoppedBy === 'cancelled') throw new AssayError('cancelled', { what: tool.name });
  if (readerError !== undefined) throw readerError.error;
  return { run, messages: said };
}

/** FORENSIC: the record names the program's SHA-256, so a program that was replaced since must not run under it. */
async function checkUnchanged(tool: Tool): Promise<void> {
  const changed = new AssayError('tool-changed', { tool: tool.name, path: tool.path });
  const now = await stampOf(tool.path).catch(() => {
    throw changed;
  });
  if (now.sizeBytes !== tool.stamp.sizeBytes || now.modifiedMs !== tool.stamp.modifiedMs) throw changed;
}

function limitCommand(limiter: string | undefined, memoryBytes: number | undefined): string[] {
  if (limiter === undefined) return [];
  return [limiter, '--core=0', ...(memoryBytes === undefined ? [] : [`--as=${memoryBytes}`]), '--'];
}

function start(command: readonly string[], options: RunOptions): ChildProcess {
  const inputs = options.inputs ?? {};
  const highest = Math.max(2, ...Object.keys(options.outputs).map(Number), ...Object.keys(inputs).map(Number));
  const stdio: StdioOptions = Array.from({ length: highest + 1 }, (_, fd) => {
    if (fd === 0) return options.stdin === undefined ? 'ignore' : 'pipe';
    return fd === 2 || options.outputs[fd] !== undefined || inputs[fd] !== undefined ? 'pipe' : 'ignore';
  });
  const [program = '', ...args] = command;
  return spawn(program, args, {
    cwd: options.folder,
    // SECURITY: nothing of the person's environment reaches the program: no proxy, no preloaded library, no home.
    // Debian's ffmpeg is linked with OpenBLAS, whose threads spin for 25 ms at every start and have nothing to do.
    env: { LC_ALL: 'C', PATH: '/usr/bin:/bin', HOME: '/nonexistent', OPENBLAS_NUM_THREADS: '1', ...systemRoot() },
    stdio,
    // Its own process group, so that one signal ends it with everything that it started.
    detached: process.platform !== 'win32',
    windowsHide: true,
  });
}

/** Windows programs do not start without it. */
function systemRoot(): Record<string, string> {
  const root = process.platform === 'win32' ? process.env['SystemRoot'] : undefined;
  return root === undefined ? {} : { SystemRoot: root };
}

function kill(child: ChildProcess): void {
  if (child.pid === undefined) return;
  try {
    if (process.platform === 'win32') child.kill('SIGKILL');
    else process.kill(-child.pid, 'SIGKILL');
  } catch {
    // It has ended meanwhile.
  }
}

function endOf(child: ChildProcess, tool: Tool): Promise<number | null> {
  return new Promise((resolve, reject) => {
    child.once('error', (cause) => {
      reject(new AssayError('tool-unusable', { tool: tool.name, reason: cause.message }, { cause }));
    });
    child.once('exit', (code) => {
      resolve(code);
    });
  });
}

async function readAll(
  child: ChildProcess,
  options: RunOptions,
  messages: ToolMessages,
  onError: (error: unknown) => void,
): Promise<void> {
  const streams = child.stdio as readonly (Readable | Writable | null | undefined)[];
  const reading: Promise<void>[] = [];
  if (streams[2]) reading.push(collectMessages(streams[2] as Readable, messages).catch(onError));
  for (const [fd, read] of Object.entries(options.outputs)) {
    const stream = streams[Number(fd)] as Readable | null | undefined;
    if (!stream) continue;
    reading.push(
      read(stream).catch((error: unknown) => {
        onError(error);
        stream.destroy();
      }),
    );
  }
  const writers = { ...options.inputs, ...(options.stdin === undefined ? {} : { 0: options.stdin }) };
  for (const [fd, write] of Object.entries(writers)) {
    const stream = streams[Number(fd)] as Writable | null | undefined;
    if (!stream) continue;
    // A program that ends without reading all of its input is judged by its exit code.
    stream.on('error', () => undefined);
    if (write instanceof Uint8Array) stream.end(write);
    else {
      reading.push(
        write(stream).catch((error: unknown) => {
          onError(error);
          stream.destroy();
        }),
      );
    }
  }
  await Promise.all(reading);
}

function ranOutOfMemory(messages: readonly string[]): boolean {
  return messages.some((line) => /cannot allocate memory|failed to map segment|out of memory/i.test(line));
}
