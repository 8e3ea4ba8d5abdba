/** Bytes in one row of the hex view, and in a column too narrow for that. */
export const rowBytes = 16;
export const narrowRowBytes = 8;

/** Bytes that are fetched at once: whole rows, far below what the engine answers at the most. */
export const windowBytes = 4096;

/** A run of bytes, from its first to behind its last. */
export interface ByteRun {
  readonly from: number;
  readonly to: number;
}

/**
 * Rows of a run, beginning on a multiple of a row's bytes so that columns mean the same everywhere. `most` bounds the list's height: the
 * browser draws no list of hundreds of millions of pixels.
 */
export function rowsOf(
  { from, to }: ByteRun,
  perRow: number,
  most: number,
): { readonly first: number; readonly count: number } {
  const first = Math.floor(from / perRow);
  const last = to > from ? Math.floor((to - 1) / perRow) : first;
  return { first, count: Math.min(last - first + 1, most) };
}

/** Windows of {@link windowBytes} that a run needs, by their first byte. */
export function windowsFor(run: ByteRun, sizeBytes: number): number[] {
  const from = Math.floor(run.from / windowBytes) * windowBytes;
  const to = Math.min(run.to, sizeBytes);
  const windows: number[] = [];
  for (let at = from; at < to; at += windowBytes) windows.push(at);
  return windows;
}

/** Bytes that a row has room for: offset, bytes and letters, in widths of a digit. */
export function bytesPerRow(widthInDigits: number): number {
  return widthInDigits >= 8 + rowBytes * 2.6 + rowBytes + 6 ? rowBytes : narrowRowBytes;
}

/** An offset as it stands at the row's head: hexadecimal, as many digits as the file's size needs, eight at the least. */
export function offsetText(offset: number, sizeBytes: number): string {
  const digits = Math.max(8, Math.ceil(Math.max(0, sizeBytes - 1).toString(16).length / 2) * 2);
  return offset.toString(16).padStart(digits, '0');
}

export function hexText(byte: number): string {
  return byte.toString(16).padStart(2, '0');
}

/** A byte as ASCII; a dot where it is none that can be seen. */
export function asciiText(byte: number): string {
  return byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : '.';
}

/** The bytes of base64. */
export function bytesOf(base64: string): Uint8Array {
  const binary = atob(base64);
  return Uint8Array.from(binary, (character) => character.charCodeAt(0));
}
