import type { Readable } from 'node:stream';

/** Bounds on what a program may tell us. */
const maxMessages = 40;
const maxMessageLength = 300;

/**
 * The program's messages, bounded: the first 40 different lines, each once, in order, without the memory addresses that
 * differ from run to run. A line that came again ends in `×n`; a last line says how many further ones were dropped.
 */
export class ToolMessages {
  readonly #counts = new Map<string, number>();
  #dropped = 0;
  #rest = '';

  /** Takes text as it comes; a line may be split anywhere. */
  add(text: string): void {
    const lines = (this.#rest + text).split(/[\n\r]/);
    this.#rest = (lines.pop() ?? '').slice(0, 4 * maxMessageLength);
    for (const line of lines) this.#line(line);
  }

  /** All that was told, each line once. */
  list(): string[] {
    this.#line(this.#rest);
    this.#rest = '';
    const lines = [...this.#counts].map(([line, count]) => (count === 1 ? line : `${line} ×${count}`));
    if (this.#dropped > 0) lines.push(`… +${this.#dropped}`);
    return lines;
  }

  #line(raw: string): void {
    const line = cleanMessage(raw);
    if (line === '') return;
    const count = this.#counts.get(line);
    if (count !== undefined) this.#counts.set(line, count + 1);
    else if (this.#counts.size < maxMessages) this.#counts.set(line, 1);
    else this.#dropped += 1;
  }
}

/** FORENSIC: an address such as `[h264 @ 0x5600…]` differs each time and would make equal results unequal. */
function cleanMessage(line: string): string {
  return (
    line
      .replace(/ @ (0x)?[0-9a-f]{6,16}(?=\])/gi, '')
      // eslint-disable-next-line no-control-regex -- names and tags inside an exhibit can hold terminal controls
      .replace(/[\u0000-\u001f\u007f-\u009f]/g, '\uFFFD')
      .trim()
      .slice(0, maxMessageLength)
  );
}

/** Reads a program's standard error to its end. */
export async function collectMessages(stream: Readable, messages: ToolMessages): Promise<void> {
  stream.setEncoding('utf8');
  for await (const chunk of stream) messages.add(chunk as string);
}
