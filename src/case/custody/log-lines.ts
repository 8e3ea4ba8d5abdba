/** Lines of an append-only log, and what stands after the last newline. */
export interface LogLines {
  readonly lines: readonly Buffer[];
  /** Length of all whole lines with their newlines. */
  readonly wholeBytes: number;
  /** Bytes after the last newline: an append that was cut short, or is under way. Empty in a log at rest. */
  readonly rest: Buffer;
}

export function splitLog(bytes: Buffer): LogLines {
  const lines: Buffer[] = [];
  let start = 0;
  for (let end = bytes.indexOf(0x0a); end !== -1; end = bytes.indexOf(0x0a, start)) {
    lines.push(bytes.subarray(start, end));
    start = end + 1;
  }
  return { lines, wholeBytes: start, rest: bytes.subarray(start) };
}
