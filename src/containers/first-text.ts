const shortestText = 4;
const longestText = 256;

/** The first run of printable ASCII of four characters or more, at most 256 of it. */
export function firstText(bytes: Uint8Array): { readonly start: number; readonly text: string } | undefined {
  let start = 0;
  for (let at = 0; at <= bytes.length; at++) {
    const byte = bytes[at] ?? 0;
    const printable = byte >= 0x20 && byte < 0x7f;
    if (printable && at - start < longestText) continue;
    if (at - start >= shortestText) return { start, text: String.fromCharCode(...bytes.subarray(start, at)) };
    start = at + 1;
  }
  return undefined;
}
