/** Labels of https://www.rfc-editor.org/rfc/rfc7468 that we write and read. */
export type PemLabel = 'CERTIFICATE' | 'ENCRYPTED PRIVATE KEY' | 'PRIVATE KEY';

/** RFC 7468 text: 64 columns, LF. */
export function writePem(label: PemLabel, der: Uint8Array): string {
  const lines =
    Buffer.from(der)
      .toString('base64')
      .match(/.{1,64}/g) ?? [];
  return `-----BEGIN ${label}-----\n${lines.join('\n')}\n-----END ${label}-----\n`;
}

/** Every block of that label in the text, in order; text between blocks is allowed (RFC 7468 §5.2). */
export function readPem(label: PemLabel, text: string): Uint8Array[] {
  const begin = `-----BEGIN ${label}-----`;
  const end = `-----END ${label}-----`;
  const blocks: Uint8Array[] = [];
  for (let from = text.indexOf(begin); from !== -1; from = text.indexOf(begin, from)) {
    const to = text.indexOf(end, from);
    if (to === -1) break;
    blocks.push(new Uint8Array(Buffer.from(text.slice(from + begin.length, to), 'base64')));
    from = to + end.length;
  }
  return blocks;
}
