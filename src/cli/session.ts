import type { ReadStream } from 'node:tty';
import type { z } from 'zod';
import { AssayError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import type { Operation } from '../contract/operation.ts';
import type { Engine } from '../workbench/engine.ts';
import type { OperationContext, PassphrasePurpose } from '../workbench/operation-context.ts';
import { askOnTerminal, passphraseFromFile } from './ask-passphrase.ts';
import { exitCode } from './exit-code.ts';
import { presentRecovered } from './present-recovered.ts';
import { ProgressDisplay } from './progress-display.ts';

/** Options that every command has. */
export interface CommonOptions {
  readonly json?: boolean;
  readonly quiet?: boolean;
  readonly passphraseFile?: string;
  /** Holds the passphrase that takes the place of the old one. */
  readonly newPassphraseFile?: string;
  /** Holds the passphrase of a PKCS#12 file. */
  readonly pkcs12PassphraseFile?: string;
}

/** What commands stand on: the engine, the words, and the terminal. */
export interface Session {
  readonly engine: () => Promise<Engine>;
  readonly text: Text;
  readonly stdin: ReadStream;
  readonly stdout: NodeJS.WriteStream;
  readonly stderr: NodeJS.WriteStream;
  readonly signal: AbortSignal;
  readonly now: () => number;
  /** The command's exit status, set by the command that ran. */
  exitCode: number;
}

export type Answer<I extends z.ZodType, O extends z.ZodType> = (
  engine: Engine,
  input: z.infer<I>,
  context: OperationContext,
) => Promise<z.infer<O>>;

/**
 * Runs one operation for one command: checks what goes in, shows progress on standard error, and writes the answer to
 * standard output, as the operation's JSON object or as lines for people.
 */
export async function perform<I extends z.ZodType, O extends z.ZodType>(
  session: Session,
  operation: Operation<I, O>,
  answer: Answer<I, O>,
  input: z.input<I>,
  options: CommonOptions,
  present: (output: z.infer<O>, text: Text) => readonly string[],
  codeOf: (output: z.infer<O>) => number = () => exitCode.done,
): Promise<void> {
  const { text, stderr, stdout } = session;
  const parsed = operation.input.safeParse(input);
  if (!parsed.success)
    throw new AssayError('wrong-use', { what: parsed.error.issues.map((issue) => issue.message).join('; ') });
  const engine = await session.engine();
  const display = new ProgressDisplay(
    { isTerminal: stderr.isTTY, columns: () => stderr.columns || 80, write: (chunk) => void stderr.write(chunk) },
    { label: (stage) => text(`cli:stages.${stage}`), left: (clock) => text('cli:left', { clock }) },
    session.now,
  );
  const quiet = options.quiet === true || (options.json === true && !stderr.isTTY);
  const passphrase = passphraseSource(session, options, display);
  try {
    const output = await answer(engine, parsed.data, {
      signal: session.signal,
      // Each file's own progress is for the window; here one bar for all of them tells enough.
      recovered: (what) => {
        display.end();
        for (const line of presentRecovered(what, text)) stderr.write(`${line}\n`);
      },
      progress: quiet ? () => undefined : (event) => event.stage !== 'intake-file' && display.report(event),
      ...(passphrase === undefined ? {} : { passphrase }),
    });
    display.end();
    const checked = operation.output.parse(output);
    if (options.json === true) stdout.write(`${JSON.stringify(checked, null, 2)}\n`);
    else for (const line of present(checked, text)) stdout.write(`${line}\n`);
    session.exitCode = codeOf(checked);
  } finally {
    display.end();
  }
}

/** Where a passphrase can come from here: a file that was named, a person at a terminal, or nowhere. */
function passphraseSource(
  session: Session,
  options: CommonOptions,
  display: ProgressDisplay,
): OperationContext['passphrase'] | undefined {
  const { passphraseFile, newPassphraseFile, pkcs12PassphraseFile } = options;
  const files: Partial<Record<PassphrasePurpose, string | undefined>> = {
    new: newPassphraseFile ?? passphraseFile,
    pkcs12: pkcs12PassphraseFile,
  };
  const isTerminal = session.stdin.isTTY && session.stderr.isTTY;
  const isNamed = [passphraseFile, newPassphraseFile, pkcs12PassphraseFile].some((file) => file !== undefined);
  if (!isTerminal && !isNamed) return undefined;
  let wasOld = false;
  return async (purpose: PassphrasePurpose) => {
    wasOld ||= purpose === 'old';
    // The same file for the old passphrase and the new one would change nothing.
    const file = purpose === 'new' && wasOld ? newPassphraseFile : purpose in files ? files[purpose] : passphraseFile;
    if (file !== undefined) return passphraseFromFile(file);
    if (!isTerminal) throw new AssayError('passphrase-needed', { name: session.text(`cli:purposes.${purpose}`) });
    display.end();
    const ask = (key: string) => askOnTerminal(session.stdin, session.stderr, `${session.text(`cli:ask.${key}`)} `);
    const first = await ask(purpose);
    if (purpose !== 'new') return first;
    if ((await ask('again')) !== first) throw new AssayError('wrong-use', { what: session.text('cli:ask.different') });
    return first;
  };
}
