import { readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { Command, CommanderError } from 'commander';
import { isAssayError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import { visibleText } from '../base/visible-text.ts';
import { createEngine } from '../workbench/create-engine.ts';
import { packageFolder } from '../workbench/package-folder.ts';
import { loadText } from '../workbench/load-text.ts';
import type { Engine } from '../workbench/engine.ts';
import type { Register } from './command.ts';
import { commandsFor } from './commands-for.ts';
import { exitCode, exitCodeFor } from './exit-code.ts';
import type { Session } from './session.ts';

/** Runs the command line once with this process's arguments and streams; resolves to the exit status. */
export async function runCommandLine(host: NodeJS.Process): Promise<number> {
  const home = packageFolder(dirname(fileURLToPath(import.meta.url)));
  const text = await loadText(home, languageOf(host));
  const abort = new AbortController();
  const onInterrupt = (): void => {
    // A second Ctrl-C does not wait for the orderly end; the case survives that too.
    if (abort.signal.aborted) host.exit(exitCode.cancelled);
    abort.abort();
  };
  // Whoever reads with `head` closes the pipe early; what was asked for is done all the same. Said to the stream for good: it
  // complains after the command has ended, too.
  host.stdout.on('error', ignoreClosedPipe);
  host.on('SIGINT', onInterrupt);
  host.on('SIGTERM', onInterrupt);
  host.on('SIGHUP', onInterrupt);
  let engine: Promise<Engine> | undefined;
  const session: Session = {
    engine: () => (engine ??= createEngine({ home, env: host.env, clock: () => new Date() })),
    text,
    stdin: host.stdin,
    stdout: host.stdout,
    stderr: host.stderr,
    signal: abort.signal,
    now: () => performance.now(),
    exitCode: exitCode.done,
  };
  try {
    await buildProgram(session, await commandsFor(host.argv[2]), await versionOf(home)).parseAsync(host.argv);
    return session.exitCode;
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode === 0 ? exitCode.done : exitCode.wrongUse;
    host.stderr.write(`${describeError(abort.signal.aborted && !isAssayError(error) ? cancelled : error, text)}\n`);
    return abort.signal.aborted ? exitCode.cancelled : exitCodeFor(error);
  } finally {
    host.off('SIGINT', onInterrupt);
    host.off('SIGTERM', onInterrupt);
    host.off('SIGHUP', onInterrupt);
    await (await engine)?.close();
  }
}

function ignoreClosedPipe(error: NodeJS.ErrnoException): void {
  if (error.code !== 'EPIPE') throw error;
}

const cancelled = { code: 'cancelled' as const, details: { what: 'Ctrl-C' } };

/** The program with these commands; help and usage errors go where commander puts them, statuses are ours. */
export function buildProgram(session: Session, registrations: readonly Register[], version: string): Command {
  const program = new Command('assay')
    .description(session.text('cli:description'))
    .version(version, '-V, --version', session.text('cli:options.version'))
    .showHelpAfterError()
    .exitOverride()
    .configureOutput({
      writeOut: (text) => void session.stdout.write(text),
      writeErr: (text) => void session.stderr.write(text),
    });
  for (const register of registrations) register(program, session);
  // A subcommand takes over its parent's settings only when it is made; these came from their own functions.
  const settle = (command: Command): void => {
    command.exitOverride().copyInheritedSettings(program);
    command.commands.forEach(settle);
  };
  program.commands.forEach(settle);
  return program;
}

async function versionOf(home: string): Promise<string> {
  const { version } = JSON.parse(await readFile(join(home, 'package.json'), 'utf8')) as { version: string };
  return version;
}

function languageOf(host: NodeJS.Process): string {
  return host.env['ASSAY_LANGUAGE'] ?? 'en';
}

function describeError(error: unknown, text: Text): string {
  const known = isAssayError(error) ? error.toValue() : error === cancelled ? cancelled : undefined;
  if (known === undefined)
    return text('errors:defect', {
      what: visibleText(error instanceof Error ? (error.stack ?? error.message) : String(error)),
    });
  const values = Object.fromEntries(
    Object.entries(known.details).map(([name, value]) => [name, visibleText(String(value))]),
  );
  return text(`errors:${known.code}`, values);
}
