import type { Readable } from 'node:stream';

/** Bounds on what a program may tell us. */
const maxMessages = 40;
const maxMessageLength = 300;

/**
 * The program's messages, bounded: the first 40 kinds of line, each once, in order, without the memory addresses that
 * differ from run to run. Lines that differ in their numbers only are one kind; how many there were stands behind the first as
 * `×n`. A last line says how many of further kinds were dropped.
 */
export class ToolMessages {
  /** By the line with its numbers taken out: a damaged stream complains about each of its thousand macroblocks. */
  readonly #kinds = new Map<string, { readonly line: string; count: number }>();
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
    const lines = [...this.#kinds.values()].map(({ line, count }) => (count === 1 ? line : `${line} ×${count}`));
    if (this.#dropped > 0) lines.push(`… +${this.#dropped}`);
    return lines;
  }

  #line(raw: string): void {
    const line = cleanMessage(raw);
    if (line === '') return;
    const kind = line.replace(/\d+/g, '0');
    const known = this.#kinds.get(kind);
    if (known !== undefined) known.count += 1;
    else if (this.#kinds.size < maxMessages) this.#kinds.set(kind, { line, count: 1 });
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
