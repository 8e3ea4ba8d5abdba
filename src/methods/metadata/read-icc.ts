/** One field or text tag of an ICC profile. Offsets count from the profile's first byte. */
export interface IccValue {
  /** Name as exifr's dictionary has it for header offsets and tag signatures: looked up by the caller. */
  readonly key: number | string;
  readonly value: string;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
}

const maxTags = 256;
const maxLanguages = 64;

/** Header fields that are four-character signatures, by offset (ICC.1:2022 §7.2). */
const signatures = [4, 12, 16, 20, 40, 48, 52, 80];

/** Reads header and text tags of an ICC profile. Never throws; what does not fit is left out. */
export function readIcc(bytes: Uint8Array): IccValue[] {
  if (bytes.length < 128) return [];
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const values: IccValue[] = [];
  for (const offset of signatures) {
    const text = ascii(bytes, offset, 4);
    if (text.trim() !== '') values.push({ key: offset, value: text, offsetBytes: offset, lengthBytes: 4 });
  }
  const version = `${String(bytes[8])}.${String(bytes[9]! >> 4)}.${String(bytes[9]! & 15)}`;
  values.push({ key: 8, value: version, offsetBytes: 8, lengthBytes: 4 });
  const date = Array.from({ length: 6 }, (_, i) => view.getUint16(24 + i * 2));
  if (date[0] !== 0) values.push({ key: 24, value: dateText(date), offsetBytes: 24, lengthBytes: 12 });
  values.push({ key: 64, value: String(view.getUint32(64)), offsetBytes: 64, lengthBytes: 4 });
  const claimed = bytes.length < 132 ? 0 : view.getUint32(128);
  const tags = Math.min(claimed, maxTags, Math.floor((bytes.length - 132) / 12));
  for (let index = 0; index < tags; index += 1) {
    const entry = 132 + index * 12;
    const offset = view.getUint32(entry + 4);
    const length = view.getUint32(entry + 8);
    if (offset + length > bytes.length || length < 8) continue;
    const text = tagText(bytes.subarray(offset, offset + length));
    if (text !== undefined) {
      values.push({ key: ascii(bytes, entry, 4), value: text, offsetBytes: offset, lengthBytes: length });
    }
  }
  return values;
}

function tagText(tag: Uint8Array): string | undefined {
  const view = new DataView(tag.buffer, tag.byteOffset, tag.byteLength);
  switch (ascii(tag, 0, 4)) {
    case 'text':
      return withoutNul(ascii(tag, 8, tag.length - 8));
    case 'desc':
      return tag.length < 12 ? undefined : withoutNul(ascii(tag, 12, Math.min(view.getUint32(8), tag.length - 12)));
    case 'sig ':
      return ascii(tag, 8, 4);
    case 'mluc':
      return languages(tag, view);
    default:
      return undefined;
  }
}

/** Every language of a multi-localised text; one alone stands without its name. */
function languages(tag: Uint8Array, view: DataView): string | undefined {
  if (tag.length < 16) return undefined;
  const size = view.getUint32(12);
  const count = Math.min(view.getUint32(8), maxLanguages, size < 12 ? 0 : Math.floor((tag.length - 16) / size));
  const texts: string[] = [];
  for (let index = 0; index < count; index += 1) {
    const at = 16 + index * size;
    const length = view.getUint32(at + 4);
    const offset = view.getUint32(at + 8);
    if (offset + length > tag.length) continue;
    const text = withoutNul(new TextDecoder('utf-16be').decode(tag.subarray(offset, offset + length)));
    texts.push(count === 1 ? text : `${ascii(tag, at, 2)}-${ascii(tag, at + 2, 2)}: ${text}`);
  }
  return texts.length === 0 ? undefined : texts.join('; ');
}

function dateText(parts: readonly number[]): string {
  const [year = 0, ...rest] = parts;
  const [month, day, hours, minutes, seconds] = rest.map((part) => String(part).padStart(2, '0'));
  return `${String(year).padStart(4, '0')}:${month ?? ''}:${day ?? ''} ${hours ?? ''}:${minutes ?? ''}:${seconds ?? ''}`;
}

function ascii(bytes: Uint8Array, offset: number, length: number): string {
  return new TextDecoder('latin1').decode(bytes.subarray(offset, offset + Math.max(0, length)));
}

function withoutNul(text: string): string {
  const end = text.indexOf('\0');
  return (end === -1 ? text : text.slice(0, end)).trim();
}
