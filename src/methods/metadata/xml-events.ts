/** One step through an XML text. Offsets are of characters of the text that was given. */
export type XmlEvent =
  | {
      readonly kind: 'open';
      readonly name: string;
      readonly attributes: readonly XmlAttribute[];
      readonly offset: number;
      /** `<a/>`: no close event follows. */
      readonly empty: boolean;
    }
  | { readonly kind: 'close'; readonly name: string; readonly offset: number }
  | { readonly kind: 'text'; readonly text: string; readonly offset: number; readonly cdata: boolean };

export interface XmlAttribute {
  readonly name: string;
  readonly value: string;
  readonly offset: number;
}

const maxAttributes = 512;

/**
 * Steps through XML from left to right in linear time. Comments, processing instructions and declarations are passed
 * over. What is no XML ends the steps with `broken` set; it never throws.
 *
 * SECURITY: no entities but the five of XML itself and character references are ever expanded, no DTD is read.
 */
export function* xmlEvents(xml: string): Generator<XmlEvent, { readonly brokenAt?: number }> {
  let at = 0;
  while (at < xml.length) {
    const open = xml.indexOf('<', at);
    if (open !== at) {
      const end = open === -1 ? xml.length : open;
      yield { kind: 'text', text: xml.slice(at, end), offset: at, cdata: false };
      if (open === -1) return {};
    }
    if (xml.startsWith('<!--', open)) at = past(xml, '-->', open + 4);
    else if (xml.startsWith('<![CDATA[', open)) {
      const end = xml.indexOf(']]>', open + 9);
      yield { kind: 'text', text: xml.slice(open + 9, end === -1 ? xml.length : end), offset: open + 9, cdata: true };
      at = past(xml, ']]>', open + 9);
    } else if (xml.startsWith('<?', open)) at = past(xml, '?>', open + 2);
    else if (xml.startsWith('<!', open)) at = past(xml, '>', open + 2);
    else if (xml[open + 1] === '/') {
      const end = xml.indexOf('>', open + 2);
      if (end === -1) return { brokenAt: open };
      yield { kind: 'close', name: xml.slice(open + 2, end).trim(), offset: open };
      at = end + 1;
    } else {
      const tag = readOpenTag(xml, open);
      if (tag === undefined) return { brokenAt: open };
      yield tag.event;
      at = tag.end;
    }
  }
  return {};
}

function past(xml: string, what: string, from: number): number {
  const at = xml.indexOf(what, from);
  return at === -1 ? xml.length : at + what.length;
}

function isSpace(code: number): boolean {
  return code === 32 || (code >= 9 && code <= 13);
}

/** Reads characters up to white space, `=`, `/` or `>`. */
function nameEnd(xml: string, from: number): number {
  let at = from;
  while (at < xml.length) {
    const code = xml.charCodeAt(at);
    if (isSpace(code) || code === 61 || code === 47 || code === 62 || code === 60) break;
    at += 1;
  }
  return at;
}

function readOpenTag(xml: string, open: number): { event: XmlEvent; end: number } | undefined {
  const afterName = nameEnd(xml, open + 1);
  const name = xml.slice(open + 1, afterName);
  if (name === '') return undefined;
  const attributes: XmlAttribute[] = [];
  let at = afterName;
  for (;;) {
    while (at < xml.length && isSpace(xml.charCodeAt(at))) at += 1;
    if (xml[at] === '>') return { event: { kind: 'open', name, attributes, offset: open, empty: false }, end: at + 1 };
    if (xml[at] === '/' && xml[at + 1] === '>') {
      return { event: { kind: 'open', name, attributes, offset: open, empty: true }, end: at + 2 };
    }
    const begin = at;
    const end = nameEnd(xml, at);
    at = end;
    while (at < xml.length && isSpace(xml.charCodeAt(at))) at += 1;
    if (end === begin || xml[at] !== '=' || attributes.length >= maxAttributes) return undefined;
    at += 1;
    while (at < xml.length && isSpace(xml.charCodeAt(at))) at += 1;
    const quote = xml[at];
    if (quote !== '"' && quote !== "'") return undefined;
    const close = xml.indexOf(quote, at + 1);
    if (close === -1) return undefined;
    attributes.push({ name: xml.slice(begin, end), value: xml.slice(at + 1, close), offset: begin });
    at = close + 1;
  }
}

const named: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" };

/** Text with XML's own entities and character references replaced; others stay as they are written. */
export function unescapeXml(text: string): string {
  if (!text.includes('&')) return text;
  return text.replace(/&(?:#(\d{1,7})|#x([0-9a-fA-F]{1,6})|(amp|lt|gt|quot|apos));/g, (whole, decimal, hex, name) => {
    if (typeof name === 'string') return named[name] ?? whole;
    const code = typeof decimal === 'string' ? Number(decimal) : parseInt(String(hex), 16);
    return code <= 0x10ffff && !(code >= 0xd800 && code <= 0xdfff) ? String.fromCodePoint(code) : whole;
  });
}
