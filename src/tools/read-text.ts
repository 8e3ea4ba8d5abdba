import type { Readable } from 'node:stream';

/** Text of a stream up to `maxLength` characters; the rest is read and dropped, so that the writer never waits. */
export async function readText(stream: Readable, maxLength: number): Promise<string> {
  stream.setEncoding('utf8');
  let text = '';
  for await (const chunk of stream) if (text.length < maxLength) text += chunk as string;
  return text.slice(0, maxLength);
}

/**
 * Hands over a stream's lines, several at once as they arrive, without their line ends. A line is cut at `maxLength`
 * characters, so that a hostile stream without line ends cannot fill the memory.
 */
export async function readLines(
  stream: Readable,
  take: (lines: readonly string[]) => void | Promise<void>,
  maxLength = 1024 * 1024,
): Promise<void> {
  stream.setEncoding('utf8');
  let rest = '';
  for await (const chunk of stream) {
    const lines = (rest + (chunk as string)).split('\n');
    rest = (lines.pop() ?? '').slice(0, maxLength);
    if (lines.length > 0) await take(lines);
  }
  if (rest !== '') await take([rest]);
}
