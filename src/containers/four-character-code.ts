/**
 * The name of a box or chunk from its four bytes. Printable ASCII stays, 0xA9 is © (QuickTime's user data), every other
 * byte and the characters that paths are made of become `\xHH`, so that names and paths are unambiguous.
 */
export function fourCharacterCode(bytes: Uint8Array, at = 0): string {
  let code = '';
  for (let i = at; i < at + 4; i++) code += characterOf(bytes[i] ?? 0);
  return code;
}

function characterOf(byte: number): string {
  if (byte === 0xa9) return '©';
  const character = String.fromCharCode(byte);
  return byte >= 0x20 && byte < 0x7f && !'/[]\\'.includes(character)
    ? character
    : `\\x${byte.toString(16).padStart(2, '0').toUpperCase()}`;
}

/** True when all four bytes could be letters that someone chose: a hint that this is a name and not content. */
export function isPlausibleCode(bytes: Uint8Array, at = 0): boolean {
  for (let i = at; i < at + 4; i++) {
    const byte = bytes[i] ?? 0;
    if (byte !== 0xa9 && (byte < 0x20 || byte > 0x7e)) return false;
  }
  return true;
}
