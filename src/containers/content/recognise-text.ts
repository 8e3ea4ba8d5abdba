import type { Recognised } from './content-identity.ts';

/** Control characters that texts have. */
const allowedControls: ReadonlySet<number> = new Set([0x09, 0x0a, 0x0c, 0x0d, 0x1b]);
const htmlElement = /^<(?:html|head|body|script|iframe|title|table|div|p)[\s>]/i;

/** Text in UTF-8 or UTF-16, and what kind of text where it says so. Undefined where it is no text. */
export function recogniseText(head: Uint8Array, fileBytes: number): Recognised | undefined {
  const text = textOf(head, head.length < fileBytes);
  if (text === undefined || text === '') return undefined;
  const start = text.replace(/^\uFEFF/, '').trimStart();
  const found = (format: string, subtype?: string): Recognised => ({
    format,
    basis: 'text',
    offsetBytes: 0,
    lengthBytes: Math.min(head.length, fileBytes),
    ...(subtype === undefined ? {} : { subtype }),
  });
  if (start.startsWith('version https://git-lfs.github.com/spec/v1')) return found('git-lfs-pointer');
  if (start.startsWith('#!')) return found('script');
  const { root, documentType } = skipProlog(start);
  if (documentType === 'html' || htmlElement.test(root)) return found('html');
  if (documentType === 'svg' || /^<svg[\s>]/.test(root)) return found('svg');
  if (start.startsWith('<?xml') || /^<[A-Za-z][\w:.-]{0,100}[\s>/]/.test(root)) return found('xml');
  return found('text');
}

/** What stands before the first element of a document is passed over: declarations, comments, the document type. */
function skipProlog(text: string): { readonly root: string; readonly documentType: string | undefined } {
  let documentType: string | undefined;
  let at = 0;
  for (let skipped = 0; skipped < 64; skipped++) {
    at += /^\s*/.exec(text.slice(at, at + 4096))?.[0].length ?? 0;
    const close = text.startsWith('<?', at) ? '?>' : text.startsWith('<!--', at) ? '-->' : '>';
    if (!text.startsWith('<?', at) && !text.startsWith('<!', at)) break;
    documentType ??= /^<!doctype\s+(\w+)/i.exec(text.slice(at, at + 100))?.[1]?.toLowerCase();
    const end = text.indexOf(close, at);
    if (end === -1) break;
    at = end + close.length;
  }
  return { root: text.slice(at, at + 200), documentType };
}

function textOf(bytes: Uint8Array, isCut: boolean): string | undefined {
  const utf16 =
    bytes[0] === 0xff && bytes[1] === 0xfe
      ? 'utf-16le'
      : bytes[0] === 0xfe && bytes[1] === 0xff
        ? 'utf-16be'
        : undefined;
  if (utf16 === undefined && bytes.some((byte) => byte === 0x7f || (byte < 0x20 && !allowedControls.has(byte))))
    return undefined;
  try {
    // `stream`: a cut may fall inside a character, which is no fault of the text.
    const text = new TextDecoder(utf16 ?? 'utf-8', { fatal: true }).decode(bytes, { stream: isCut });
    return utf16 !== undefined && text.includes('\0') ? undefined : text;
  } catch {
    // Not valid in its encoding: bytes, not text.
    return undefined;
  }
}
