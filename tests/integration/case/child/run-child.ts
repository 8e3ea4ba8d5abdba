import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { createInterface } from 'node:readline';
import { build } from 'vite';

const root = resolve(import.meta.dirname, '../../../..');
const outDir = join(root, 'node_modules/.cache/assay-tests/case-child');

/** Builds the child process's program, as the engine itself is built, and returns its path. */
export async function buildChild(name: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    publicDir: false,
    build: {
      ...{ ssr: true, outDir: join(outDir, name), emptyOutDir: true, target: 'node20', minify: false },
      rolldownOptions: { input: { child: join(import.meta.dirname, 'case-child.ts') } },
    },
  });
  return join(outDir, name, 'child.js');
}

export interface Line {
  readonly opened?: boolean;
  readonly recovered?: { readonly removed: string[]; readonly completed: string[]; readonly takenOverFrom?: object };
  readonly done?: number;
  readonly outcome?: string;
  readonly outcomes?: readonly {
    readonly path: string;
    readonly outcome: string;
    readonly reason?: string;
    readonly details?: Record<string, unknown>;
    readonly id?: string;
    readonly name?: string;
  }[];
  readonly error?: { readonly code: string; readonly details: Record<string, unknown> };
}

export interface Child {
  readonly process: ChildProcess;
  /** Waits for a line that fits, or for the end. */
  until(fits: (line: Line) => boolean): Promise<Line | undefined>;
  /** All lines and how it ended. */
  end(): Promise<{ readonly lines: readonly Line[]; readonly code: number | null; readonly signal: string | null }>;
}

/** Starts the child, `before` it other programs that narrow its world. */
export function startChild(program: string, args: readonly string[], before: readonly string[] = []): Child {
  const [command = '', ...rest] = [...before, process.execPath, program, ...args];
  const child = spawn(command, rest, { stdio: ['pipe', 'pipe', 'inherit'] });
  const lines: Line[] = [];
  const waiting = new Set<() => void>();
  let ended = false;
  const wake = () => {
    for (const each of waiting) each();
  };
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(JSON.parse(line) as Line);
    wake();
  });
  const closed = new Promise<{ code: number | null; signal: string | null }>((settle, reject) => {
    child.on('error', reject);
    child.on('close', (code, signal) => {
      ended = true;
      wake();
      settle({ code, signal });
    });
  });
  return {
    process: child,
    async until(fits) {
      for (;;) {
        const found = lines.find(fits);
        if (found !== undefined || ended) return found;
        await new Promise<void>((settle) => {
          const once = () => {
            waiting.delete(once);
            settle();
          };
          waiting.add(once);
        });
      }
    },
    end: async () => ({ lines, ...(await closed) }),
  };
}

/** Runs the child to its end. */
export const runChild = (program: string, args: readonly string[], before: readonly string[] = []) =>
  startChild(program, args, before).end();

const isRoot = process.getuid?.() === 0;

/** Words before a command that let it mount: nothing mounted is seen outside. Undefined where that is not allowed. */
export function ownMounts(): readonly string[] | undefined {
  const words = ['unshare', isRoot ? '-m' : '-Urm'];
  return spawnSync(words[0] ?? '', [...words.slice(1), 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0
    ? words
    : undefined;
}

/** Words before a command that take away root's right to read everything; empty for who is not root. Undefined where that cannot be. */
export function withoutPrivilege(): readonly string[] | undefined {
  if (!isRoot) return [];
  const words = ['setpriv', '--reuid=65534', '--regid=65534', '--clear-groups'];
  return spawnSync(words[0] ?? '', [...words.slice(1), 'true']).status === 0 ? words : undefined;
}
