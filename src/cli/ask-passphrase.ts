import { readFile } from 'node:fs/promises';
import type { ReadStream } from 'node:tty';
import { AssayError } from '../base/errors.ts';

/**
 * Reads a passphrase from a file (first line, without its line end). SECURITY: never from an argument or an
 * environment variable, which other users of the machine can read.
 */
export async function passphraseFromFile(path: string): Promise<string> {
  try {
    const [first = ''] = (await readFile(path, 'utf8')).split(/\r?\n/, 1);
    return first;
  } catch (cause) {
    throw new AssayError(
      'file-not-readable',
      { path, reason: (cause as NodeJS.ErrnoException).code ?? 'unknown' },
      { cause },
    );
  }
}

/** Asks on the terminal without showing what is typed. Throws `cancelled` on Ctrl-C or Ctrl-D. */
export function askOnTerminal(input: ReadStream, output: NodeJS.WritableStream, question: string): Promise<string> {
  return new Promise((resolve, reject) => {
    output.write(question);
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.resume();
    let typed = '';
    const finish = (end: () => void): void => {
      input.setRawMode(false);
      input.pause();
      input.off('data', onData);
      output.write('\n');
      end();
    };
    const onData = (chunk: Buffer | string): void => {
      for (const character of chunk.toString()) {
        if (character === '\r' || character === '\n') {
          finish(() => resolve(typed));
          return;
        }
        if (character === '\u0003' || character === '\u0004') {
          finish(() => reject(new AssayError('cancelled', { what: 'passphrase' })));
          return;
        }
        if (character === '\u007f' || character === '\b') typed = Array.from(typed).slice(0, -1).join('');
        else typed += character;
      }
    };
    input.on('data', onData);
  });
}
