import { objectOffsets } from './cross-references.ts';
import { MalformedPdf, PdfReader, type PdfValue } from './pdf-value.ts';

export type ByteRange = readonly [number, number, number, number];

/** A signature of a PDF, read and not yet believed. */
export interface PdfSignature {
  readonly byteRange: ByteRange;
  /** From the `<` of `/Contents` to behind its `>`: where a CMS with a timestamp can be put (`putCms`). */
  readonly room: { readonly start: number; readonly end: number };
  /** The CMS without what fills the room. */
  readonly cms: Uint8Array;
  readonly subFilter: string;
  /** As the signer's clock told it (`/M`); absent where the PDF does not say. */
  readonly signingTime?: Date;
  /** Nothing of the file but the signature's own value lies outside what was signed. */
  readonly coversWholeFile: boolean;
}

/** The bytes that a signature speaks of. The range must have been checked to lie in the file. */
export function signedBytes(pdf: Uint8Array, [a, b, c, d]: ByteRange): Uint8Array {
  return Buffer.concat([pdf.subarray(a, a + b), pdf.subarray(c, c + d)]);
}

/**
 * Signatures of a PDF in the order in which they stand in it. SECURITY: only objects that the file's own cross-references name are
 * looked at, so that no text in the file can pass for a signature.
 *
 * @throws MalformedPdf for a file that cannot be read, or a signature whose range is not what a signature's must be
 */
export function readPdfSignatures(pdf: Uint8Array): readonly PdfSignature[] {
  const offsets = objectOffsets(pdf);
  const found = new Map<number, PdfSignature>();
  const file = Buffer.from(pdf.buffer, pdf.byteOffset, pdf.byteLength);
  for (let at = file.indexOf('/ByteRange'); at >= 0; at = file.indexOf('/ByteRange', at + 1)) {
    const offset = offsets.findLast((start) => start < at);
    if (offset === undefined || found.has(offset)) continue;
    const signature = readSignature(pdf, offset);
    if (signature !== undefined) found.set(offset, signature);
  }
  return [...found.values()];
}

function readSignature(pdf: Uint8Array, offset: number): PdfSignature | undefined {
  const reader = new PdfReader(pdf, offset);
  if (!/^\d+$/.test(reader.word()) || !/^\d+$/.test(reader.word()) || reader.word() !== 'obj') return undefined;
  const value = reader.value();
  const range = value.kind === 'dictionary' ? value.entries.get('/ByteRange') : undefined;
  if (value.kind !== 'dictionary' || range === undefined) return undefined;
  const contents = value.entries.get('/Contents');
  if (contents?.kind !== 'hex') throw new MalformedPdf('a signature without a value');
  const byteRange = rangeOf(range, pdf.length);
  const { start, end } = contents;
  // SECURITY: the hole in what was signed is the signature's value, neither more nor less: nothing can be hidden in it.
  if (byteRange[1] !== start || byteRange[2] !== end) throw new MalformedPdf('a signature leaves out more than itself');
  const signingTime = timeOf(value.entries.get('/M'));
  const subFilter = value.entries.get('/SubFilter');
  return {
    byteRange,
    room: { start, end },
    cms: cmsIn(pdf, start, end),
    subFilter: subFilter?.kind === 'name' ? subFilter.value.slice(1) : '',
    ...(signingTime === undefined ? {} : { signingTime }),
    coversWholeFile: byteRange[2] + byteRange[3] === pdf.length,
  };
}

function rangeOf(value: PdfValue, size: number): ByteRange {
  const numbers = value.kind === 'array' ? value.values.map((v) => (v.kind === 'number' ? v.value : NaN)) : [];
  const [a = NaN, b = NaN, c = NaN, d = NaN] = numbers;
  const whole = numbers.length === 4 && numbers.every((n) => Number.isSafeInteger(n) && n >= 0);
  if (!whole || a !== 0 || b > c || c + d > size) throw new MalformedPdf('a signature has no range of bytes');
  return [a, b, c, d];
}

/** The DER value in a room of hexadecimal digits; what follows it must be zeros. */
function cmsIn(pdf: Uint8Array, start: number, end: number): Uint8Array {
  const digits = Buffer.from(pdf.subarray(start + 1, end - 1)).toString('latin1');
  if (!/^(?:[0-9a-fA-F]{2})+$/.test(digits)) throw new MalformedPdf("a signature's value is not hexadecimal");
  const bytes = new Uint8Array(Buffer.from(digits, 'hex'));
  const length = derLength(bytes);
  if (length === undefined || bytes.subarray(length).some((byte) => byte !== 0))
    throw new MalformedPdf("a signature's value is no CMS");
  return bytes.subarray(0, length);
}

/** Length of the SEQUENCE that the bytes begin with (X.690 §8.1.3). */
function derLength(bytes: Uint8Array): number | undefined {
  const [tag, first = 0] = bytes;
  if (tag !== 0x30) return undefined;
  if (first < 0x80) return 2 + first;
  const octets = first & 0x7f;
  if (octets === 0 || octets > 4) return undefined;
  const length = bytes.subarray(2, 2 + octets).reduce((sum, octet) => sum * 256 + octet, 0);
  return 2 + octets + length <= bytes.length ? 2 + octets + length : undefined;
}

/** ISO 32000-1 §7.9.4: `D:YYYYMMDDHHmmSS` with `Z` or an offset. */
function timeOf(value: PdfValue | undefined): Date | undefined {
  if (value?.kind !== 'string') return undefined;
  const found = /^D:(\d{4})(\d\d)(\d\d)(\d\d)(\d\d)(\d\d)(?:Z|([+-])(\d\d)'?(\d\d)'?)?/.exec(value.value);
  if (found === null) return undefined;
  const [, year, month, day, hour, minute, second, sign, hours = '0', minutes = '0'] = found;
  const local = Date.UTC(Number(year), Number(month) - 1, Number(day), Number(hour), Number(minute), Number(second));
  const offset = (Number(hours) * 60 + Number(minutes)) * 60_000 * (sign === '-' ? -1 : 1);
  return new Date(local - offset);
}
