import exifr from 'exifr';
import type { TiffEntry, TiffWalk } from '../../containers/tiff/walk-tiff.ts';
import { rawExif } from './raw-exif.ts';

/** exifr's dictionary: terms of EXIF 2.32 for enumerated values, by directory and tag. */
const { tagValues } = exifr as unknown as { tagValues: Map<string, Map<number, Readonly<Record<string, string>>>> };

/** Tags whose bytes are characters (EXIF version numbers) or a text with a character code in front (comments). */
const versions = new Set([0x9000, 0xa000, 0x0002]);
const codedTexts = new Set([0x9286, 0x001b, 0x001c]);
/** Microsoft's tags: UTF-16LE in bytes. */
const wideTexts = new Set([0x9c9b, 0x9c9c, 0x9c9d, 0x9c9e, 0x9c9f]);
const apertures = new Set([0x9202, 0x9205]);
const shutterSpeed = 0x9201;
const units: Readonly<Record<number, string>> = { 0x920a: 'mm', 0xa405: 'mm', 0x9206: 'm', 0x9204: 'EV', 0x9203: 'EV' };

/** A value for reading: enumerations by the standard's term, rationals as decimals with their unit, coordinates in degrees. */
export function readableExif(entry: TiffEntry, walk: TiffWalk): string {
  const raw = rawExif(entry);
  if (entry.ifd.startsWith('maker-note')) return raw;
  if (entry.ifd === 'gps') return readableGps(entry, walk, raw);
  const { value, tag } = entry;
  if (value.kind === 'bytes') return readableBytes(tag, value.bytes, raw);
  if (value.kind === 'text') return value.text.replaceAll('\0', '; ').trim();
  if (value.kind === 'numbers') {
    if (wideTexts.has(tag)) return utf16(Uint8Array.from(value.numbers));
    return term(entry.ifd, tag, raw) ?? withUnit(tag, raw);
  }
  const [first] = value.rationals;
  if (first === undefined) return raw;
  const decimal = first[0] / first[1];
  if (!Number.isFinite(decimal)) return raw;
  if (tag === 0x829a) return `${exposure(decimal, first)} s`;
  if (tag === shutterSpeed) return `${exposure(2 ** -decimal)} s`;
  if (tag === 0x829d) return `f/${short(decimal, 1)}`;
  if (apertures.has(tag)) return `f/${short(2 ** (decimal / 2), 1)}`;
  return withUnit(tag, value.rationals.map(([n, d]) => (d === 0 ? `${String(n)}/0` : short(n / d, 6))).join(' '));
}

function term(ifd: string, tag: number, raw: string): string | undefined {
  const block = /^(?:ifd|sub)/.test(ifd) ? 'ifd0' : ifd;
  return (
    tagValues.get(block)?.get(tag)?.[raw] ?? (block === 'ifd0' ? tagValues.get('exif')?.get(tag)?.[raw] : undefined)
  );
}

function withUnit(tag: number, text: string): string {
  const unit = units[tag];
  return unit === undefined ? text : `${text} ${unit}`;
}

/** As photographers write it: a fraction below a third of a second, a decimal above. */
function exposure(seconds: number, stored?: readonly [number, number]): string {
  if (seconds <= 0) return short(seconds, 6);
  if (stored?.[0] === 1) return `1/${String(stored[1])}`;
  return seconds < 0.3 ? `1/${String(Math.round(1 / seconds))}` : short(seconds, 1);
}

function short(value: number, decimals: number): string {
  return String(Number(value.toFixed(decimals)));
}

function readableBytes(tag: number, bytes: Uint8Array, raw: string): string {
  const latin1 = (part: Uint8Array): string => new TextDecoder('latin1').decode(part);
  if (versions.has(tag)) return latin1(bytes).replaceAll('\0', '');
  if (codedTexts.has(tag)) return codedText(bytes) ?? raw;
  if (tag === 0x9101) {
    return [...bytes]
      .map((component) => ['-', 'Y', 'Cb', 'Cr', 'R', 'G', 'B'][component] ?? String(component))
      .join(', ');
  }
  if (bytes.length === 1) return term('exif', tag, String(bytes[0])) ?? String(bytes[0]);
  return raw;
}

/** EXIF 2.32 §4.6.5 "UserComment": eight bytes that name the character code, then the text. */
function codedText(bytes: Uint8Array): string | undefined {
  const code = new TextDecoder('latin1').decode(bytes.subarray(0, 8));
  const rest = bytes.subarray(8);
  if (code.startsWith('UNICODE')) return utf16(rest);
  if (code.startsWith('ASCII') || code === '\0\0\0\0\0\0\0\0') {
    return new TextDecoder('utf-8').decode(rest).replaceAll('\0', '').trim();
  }
  if (code.startsWith('JIS')) return undefined;
  return /^[\x20-\x7e\0]*$/.test(code) ? new TextDecoder('utf-8').decode(bytes).replaceAll('\0', '').trim() : undefined;
}

function utf16(bytes: Uint8Array): string {
  const bigEndian = bytes[0] === 0xfe && bytes[1] === 0xff;
  return new TextDecoder(bigEndian ? 'utf-16be' : 'utf-16le').decode(bytes).replace(/\0+$/, '');
}

function readableGps(entry: TiffEntry, walk: TiffWalk, raw: string): string {
  const { value, tag } = entry;
  if (value.kind === 'text') return term('gps', tag, value.text) ?? value.text;
  if (value.kind === 'bytes') return codedTexts.has(tag) ? (codedText(value.bytes) ?? raw) : raw;
  if (tag === 0x0000) return raw.replaceAll(' ', '.');
  if (value.kind === 'numbers') {
    if (tag === 0x0005)
      return term('gps', tag, raw) ?? (raw === '0' ? 'above sea level' : raw === '1' ? 'below sea level' : raw);
    return term('gps', tag, raw) ?? raw;
  }
  const parts = value.rationals.map(([n, d]) => n / d);
  if (parts.some((part) => !Number.isFinite(part))) return raw;
  const [a = 0, b = 0, c = 0] = parts;
  if (tag === 0x0007 && parts.length === 3) {
    const two = (n: number): string => String(n).padStart(2, '0');
    return `${two(a)}:${two(b)}:${short(c, 3).padStart(2, '0')} UTC`;
  }
  if ([0x02, 0x04, 0x14, 0x16].includes(tag) && parts.length === 3) {
    const degrees = a + b / 60 + c / 3600;
    const reference = walk.entries.find((other) => other.ifd === 'gps' && other.tag === tag - 1)?.value;
    const letter = reference?.kind === 'text' ? ` ${reference.text}` : '';
    return `${degreesMinutesSeconds(degrees)}${letter}`;
  }
  return tag === 0x0006 ? `${short(a, 3)} m` : parts.map((part) => short(part, 6)).join(' ');
}

/** `43° 28′ 2.81″`. */
export function degreesMinutesSeconds(degrees: number): string {
  const hundredths = Math.round(Math.abs(degrees) * 360_000);
  const whole = Math.floor(hundredths / 360_000);
  const minutes = Math.floor((hundredths % 360_000) / 6000);
  return `${String(whole)}° ${String(minutes)}′ ${((hundredths % 6000) / 100).toFixed(2)}″`;
}
