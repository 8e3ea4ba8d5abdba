import { unescapeXml, xmlEvents, type XmlAttribute, type XmlEvent } from './xml-events.ts';

/** One value of an XMP packet (ISO 16684-1). */
export interface XmpProperty {
  /** `xmp:CreateDate`, `dc:creator[1]`, `xmpMM:History[2]/stEvt:softwareAgent`, `dc:title[x-default]`. */
  readonly path: string;
  readonly value: string;
  /** Byte of the packet at which the element or attribute begins; undefined in a packet that is not UTF-8. */
  readonly offsetBytes?: number;
}

export interface XmpPacket {
  readonly properties: readonly XmpProperty[];
  /** Byte at which reading stopped because what follows is no XML or too deep. */
  readonly brokenAt?: number;
  /** True when there were more properties than are kept. */
  readonly cut: boolean;
}

const maxProperties = 20_000;
const maxDepth = 48;
const maxValueLength = 65_536;

/** Prefixes by namespace, so that a packet that calls `xmp:` something else still reads the same. */
const prefixes: Readonly<Record<string, string>> = {
  'http://ns.adobe.com/xap/1.0/': 'xmp',
  'http://ns.adobe.com/xap/1.0/mm/': 'xmpMM',
  'http://ns.adobe.com/xap/1.0/rights/': 'xmpRights',
  'http://ns.adobe.com/xap/1.0/sType/ResourceEvent#': 'stEvt',
  'http://ns.adobe.com/xap/1.0/sType/ResourceRef#': 'stRef',
  'http://ns.adobe.com/xap/1.0/g/img/': 'xmpGImg',
  'http://ns.adobe.com/xmp/1.0/DynamicMedia/': 'xmpDM',
  'http://ns.adobe.com/xmp/note/': 'xmpNote',
  'http://ns.adobe.com/tiff/1.0/': 'tiff',
  'http://ns.adobe.com/exif/1.0/': 'exif',
  'http://cipa.jp/exif/1.0/': 'exifEX',
  'http://ns.adobe.com/exif/1.0/aux/': 'aux',
  'http://ns.adobe.com/photoshop/1.0/': 'photoshop',
  'http://ns.adobe.com/camera-raw-settings/1.0/': 'crs',
  'http://purl.org/dc/elements/1.1/': 'dc',
  'http://purl.org/dc/terms/': 'dcterms',
  'http://iptc.org/std/Iptc4xmpCore/1.0/xmlns/': 'Iptc4xmpCore',
  'http://iptc.org/std/Iptc4xmpExt/2008-02-29/': 'Iptc4xmpExt',
  'http://www.w3.org/1999/02/22-rdf-syntax-ns#': 'rdf',
  'http://www.w3.org/XML/1998/namespace': 'xml',
  'adobe:ns:meta/': 'x',
};

interface Element {
  readonly name: string;
  readonly attributes: readonly XmlAttribute[];
  readonly offset: number;
  readonly scope: ReadonlyMap<string, string>;
  /** Path that values inside belong to; undefined outside of any property. */
  readonly path: string | undefined;
  /** What the element is in RDF. */
  readonly role: 'outside' | 'description' | 'property' | 'array' | 'item';
  text: string;
  hasText: boolean;
  children: number;
  items: number;
}

/**
 * Reads an XMP packet as flat properties with their byte offsets. Takes every serialisation of the standard: attributes,
 * elements, arrays, nested descriptions, `rdf:parseType="Resource"` and `rdf:resource`.
 *
 * SECURITY: linear in the packet's length, bounded in depth and number, never throws.
 */
export function readXmp(bytes: Uint8Array): XmpPacket {
  const { text, byteExact } = asciiView(bytes);
  const properties: XmpProperty[] = [];
  let cut = false;
  const put = (path: string, value: string, offset: number): void => {
    if (properties.length >= maxProperties) cut = true;
    else {
      const decoded = byteExact ? utf8Of(value) : value;
      properties.push({
        path,
        value: unescapeXml(decoded).slice(0, maxValueLength),
        ...(byteExact ? { offsetBytes: offset } : {}),
      });
    }
  };
  const stack: Element[] = [];
  const events = xmlEvents(text);
  let brokenAt: number | undefined;
  for (;;) {
    const step = events.next();
    if (step.done === true) {
      brokenAt = step.value.brokenAt;
      break;
    }
    const event = step.value;
    if (event.kind === 'text') addText(stack.at(-1), event);
    else if (event.kind === 'open') {
      if (stack.length >= maxDepth) {
        brokenAt = event.offset;
        break;
      }
      const element = openElement(event, stack.at(-1), put);
      if (event.empty) closeElement(element, put);
      else stack.push(element);
    } else {
      const element = stack.pop();
      if (element === undefined) {
        brokenAt = event.offset;
        break;
      }
      closeElement(element, put);
    }
  }
  for (const element of stack.reverse()) closeElement(element, put);
  return { properties, cut, ...(brokenAt === undefined ? {} : { brokenAt }) };
}

type Put = (path: string, value: string, offset: number) => void;

function addText(element: Element | undefined, event: XmlEvent & { kind: 'text' }): void {
  if (element === undefined || element.text.length > maxValueLength) return;
  element.hasText ||= event.text.trim() !== '';
  element.text += event.cdata ? event.text.replaceAll('&', '&amp;') : event.text;
}

function openElement(event: XmlEvent & { kind: 'open' }, parent: Element | undefined, put: Put): Element {
  const scope = scopeOf(event.attributes, parent?.scope);
  const name = canonicalName(event.name, scope);
  if (parent !== undefined) parent.children += 1;
  const common = { name, scope, offset: event.offset, text: '', hasText: false, children: 0, items: 0 };
  const attributes = event.attributes.map((attribute) => ({
    ...attribute,
    name: canonicalName(attribute.name, scope),
  }));
  const element: Element = { ...common, attributes, ...placeOf(name, attributes, parent) };
  const isStruct = element.role === 'description' || element.role === 'property' || element.role === 'item';
  for (const attribute of isStruct ? attributes : []) {
    if (isProperty(attribute.name)) put(joined(element.path, attribute.name), attribute.value, attribute.offset);
    else if (attribute.name === 'rdf:resource' && element.path !== undefined) {
      put(element.path, attribute.value, attribute.offset);
      element.children += 1;
    }
  }
  if (element.role === 'property' || element.role === 'item') {
    element.children += attributes.filter(({ name: attribute }) => isProperty(attribute)).length;
  }
  if (name === 'x:xmpmeta' || name === 'x:xapmeta') {
    const toolkit = attributes.find((attribute) => attribute.name === 'x:xmptk');
    if (toolkit !== undefined) put('x:xmptk', toolkit.value, toolkit.offset);
  }
  return element;
}

/** Which part of RDF an element is, by its name and where it stands. */
function placeOf(
  name: string,
  attributes: readonly XmlAttribute[],
  parent: Element | undefined,
): Pick<Element, 'path' | 'role'> {
  const path = parent?.path;
  if (name === 'rdf:Description') return { role: 'description', path };
  if (name === 'rdf:Seq' || name === 'rdf:Bag' || name === 'rdf:Alt') return { role: 'array', path };
  if (name === 'rdf:li') {
    if (parent !== undefined) parent.items += 1;
    const language = attributes.find((attribute) => attribute.name === 'xml:lang')?.value;
    return { role: 'item', path: `${path ?? ''}[${language ?? String(parent?.items ?? 1)}]` };
  }
  if (parent === undefined || parent.role === 'outside' || name.startsWith('rdf:') || name.startsWith('x:')) {
    return { role: parent?.role === 'description' && isProperty(name) ? 'property' : 'outside', path };
  }
  return { role: 'property', path: joined(path, name) };
}

function closeElement(element: Element, put: Put): void {
  if (element.path === undefined || (element.role !== 'property' && element.role !== 'item')) return;
  if (element.children === 0 || element.hasText) put(element.path, element.text.trim(), element.offset);
}

function joined(path: string | undefined, name: string): string {
  return path === undefined ? name : `${path}/${name}`;
}

function isProperty(name: string): boolean {
  return name.includes(':') && !/^(?:rdf|xml|xmlns|x):/.test(name);
}

function scopeOf(
  attributes: readonly XmlAttribute[],
  outer: ReadonlyMap<string, string> = new Map(),
): ReadonlyMap<string, string> {
  const declared = attributes.filter(({ name }) => name.startsWith('xmlns:'));
  if (declared.length === 0) return outer;
  const scope = new Map(outer);
  for (const { name, value } of declared) scope.set(name.slice(6), prefixes[value] ?? name.slice(6));
  return scope;
}

function canonicalName(name: string, scope: ReadonlyMap<string, string>): string {
  const colon = name.indexOf(':');
  if (colon === -1) return name;
  const prefix = scope.get(name.slice(0, colon));
  return prefix === undefined ? name : prefix + name.slice(colon);
}

const utf8Decoder = new TextDecoder('utf-8');

function utf8Of(binary: string): string {
  for (let i = 0; i < binary.length; i += 1) {
    if (binary.charCodeAt(i) > 127) return utf8Decoder.decode(Buffer.from(binary, 'latin1'));
  }
  return binary;
}

/** UTF-8 as one character a byte, so that positions in the text are byte offsets; UTF-16 decoded, without offsets. */
function asciiView(bytes: Uint8Array): { text: string; byteExact: boolean } {
  const wide =
    bytes[0] === 0xfe && bytes[1] === 0xff ? 'utf-16be' : bytes[0] === 0xff && bytes[1] === 0xfe ? 'utf-16le' : '';
  if (wide !== '') return { text: new TextDecoder(wide).decode(bytes), byteExact: false };
  return { text: Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1'), byteExact: true };
}
