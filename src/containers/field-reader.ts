import type { FieldValue, NodeField } from './structure.ts';

/** Longest text that is kept as a value; its whole length stays in `lengthBytes`. */
const maxTextCharacters = 4096;
const maxHexBytes = 64;

/** A payload ended inside a field. Caught where payloads are decoded, where it becomes a structure error. */
export class PayloadTooShort extends Error {
  override readonly name = 'PayloadTooShort';
  readonly offsetBytes: number;

  constructor(offsetBytes: number) {
    super('payload ends inside a field');
    this.offsetBytes = offsetBytes;
  }
}

/**
 * Reads a node's payload from front to back. A read that is given a name is recorded as a field with the place of
 * its bytes. Reading past the end throws {@link PayloadTooShort}; the fields read until then stay.
 */
export class FieldReader {
  readonly fields: NodeField[] = [];
  readonly bytes: Uint8Array;
  readonly baseOffsetBytes: number;
  readonly #view: DataView;
  readonly #littleEndian: boolean;
  #position = 0;

  constructor(bytes: Uint8Array, baseOffsetBytes: number, byteOrder: 'big' | 'little' = 'big') {
    this.bytes = bytes;
    this.baseOffsetBytes = baseOffsetBytes;
    this.#view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#littleEndian = byteOrder === 'little';
  }

  /** Bytes read so far; the next field starts here, counted from the payload's start. */
  get position(): number {
    return this.#position;
  }

  get remaining(): number {
    return this.bytes.length - this.#position;
  }

  /** Offset of the next field in the exhibit. */
  get offsetBytes(): number {
    return this.baseOffsetBytes + this.#position;
  }

  #take(length: number): number {
    const start = this.#position;
    if (length < 0 || length > this.remaining) throw new PayloadTooShort(this.offsetBytes);
    this.#position += length;
    return start;
  }

  #record(name: string | undefined, value: FieldValue, start: number, length: number): void {
    if (name === undefined) return;
    this.fields.push({ name, value, offsetBytes: this.baseOffsetBytes + start, lengthBytes: length });
  }

  #number(name: string | undefined, length: number, get: (at: number) => number): number {
    const start = this.#take(length);
    const value = get(start);
    this.#record(name, value, start, length);
    return value;
  }

  u8(name?: string): number {
    return this.#number(name, 1, (at) => this.#view.getUint8(at));
  }

  i8(name?: string): number {
    return this.#number(name, 1, (at) => this.#view.getInt8(at));
  }

  u16(name?: string): number {
    return this.#number(name, 2, (at) => this.#view.getUint16(at, this.#littleEndian));
  }

  i16(name?: string): number {
    return this.#number(name, 2, (at) => this.#view.getInt16(at, this.#littleEndian));
  }

  u24(name?: string): number {
    return this.#number(name, 3, (at) => {
      const [a, b, c] = [this.#view.getUint8(at), this.#view.getUint8(at + 1), this.#view.getUint8(at + 2)];
      return this.#littleEndian ? a | (b << 8) | (c << 16) : (a << 16) | (b << 8) | c;
    });
  }

  u32(name?: string): number {
    return this.#number(name, 4, (at) => this.#view.getUint32(at, this.#littleEndian));
  }

  i32(name?: string): number {
    return this.#number(name, 4, (at) => this.#view.getInt32(at, this.#littleEndian));
  }

  f32(name?: string): number {
    return this.#float(name, 4, (at) => this.#view.getFloat32(at, this.#littleEndian));
  }

  f64(name?: string): number {
    return this.#float(name, 8, (at) => this.#view.getFloat64(at, this.#littleEndian));
  }

  /** Records NaN and infinities as text: JSON has no form for them. */
  #float(name: string | undefined, length: number, get: (at: number) => number): number {
    const start = this.#take(length);
    const value = get(start);
    this.#record(name, Number.isFinite(value) ? value : String(value), start, length);
    return value;
  }

  /** 64 bits. The field keeps every digit (as text beyond 2^53); the returned number may be rounded. */
  u64(name?: string): number {
    return this.#wide(name, (at) => this.#view.getBigUint64(at, this.#littleEndian));
  }

  i64(name?: string): number {
    return this.#wide(name, (at) => this.#view.getBigInt64(at, this.#littleEndian));
  }

  #wide(name: string | undefined, get: (at: number) => bigint): number {
    const start = this.#take(8);
    const exact = get(start);
    const value = Number(exact);
    this.#record(name, Number.isSafeInteger(value) ? value : exact.toString(), start, 8);
    return value;
  }

  /** Unsigned fixed point with this many fraction bits, out of 16 or 32 bits in all. */
  fixed(name: string | undefined, bits: 16 | 32, fractionBits: number, signed = false): number {
    return this.#number(name, bits / 8, (at) => {
      const raw =
        bits === 16
          ? signed
            ? this.#view.getInt16(at, this.#littleEndian)
            : this.#view.getUint16(at, this.#littleEndian)
          : signed
            ? this.#view.getInt32(at, this.#littleEndian)
            : this.#view.getUint32(at, this.#littleEndian);
      return raw / 2 ** fractionBits;
    });
  }

  /** Bytes as they are, unrecorded. */
  take(length: number): Uint8Array {
    const start = this.#take(length);
    return this.bytes.subarray(start, start + length);
  }

  skip(length: number): void {
    this.#take(length);
  }

  /** Bytes as hexadecimal, the first 64 of them. */
  hex(name: string, length: number): string {
    const start = this.#take(length);
    const value = hexOf(this.bytes.subarray(start, start + Math.min(length, maxHexBytes)));
    this.#record(name, value, start, length);
    return value;
  }

  /** Text of a stated length; NULs at its end are padding. */
  text(name: string | undefined, length: number, encoding: TextEncoding = 'utf-8'): string {
    const start = this.#take(length);
    const value = decodeText(this.bytes.subarray(start, start + length), encoding);
    this.#record(name, value, start, length);
    return value;
  }

  /** UTF-8 text up to a NUL, or up to the payload's end. */
  cString(name?: string, encoding: TextEncoding = 'utf-8'): string {
    const end = this.bytes.indexOf(0, this.#position);
    if (end === -1) return this.text(name, this.remaining, encoding);
    const value = this.text(name, end - this.#position, encoding);
    this.#position = end + 1;
    return value;
  }

  /** Keeps a value that was worked out from fields, without a place of its own or with the place of those bytes. */
  derive(name: string, value: FieldValue, place?: { offsetBytes: number; lengthBytes: number }): void {
    this.fields.push({ name, value, ...place });
  }
}

export type TextEncoding = 'utf-8' | 'utf-16be' | 'utf-16le' | 'latin1';

/** Text for showing: NULs at the end dropped, cut at 4096 characters; what is not valid becomes U+FFFD. */
export function decodeText(bytes: Uint8Array, encoding: TextEncoding): string {
  // Four bytes a character is the most that any of the encodings takes.
  const part = bytes.subarray(0, maxTextCharacters * 4);
  const text =
    encoding === 'latin1'
      ? Array.from(part.subarray(0, maxTextCharacters), (byte) => String.fromCharCode(byte)).join('')
      : new TextDecoder(encoding).decode(part);
  let end = Math.min(text.length, maxTextCharacters);
  // The cut must not leave half a surrogate pair, which has no UTF-8 form.
  if (end < text.length && isHighSurrogate(text.charCodeAt(end - 1))) end--;
  while (end > 0 && text.charCodeAt(end - 1) === 0) end--;
  return text.slice(0, end);
}

function isHighSurrogate(codeUnit: number): boolean {
  return codeUnit >= 0xd800 && codeUnit <= 0xdbff;
}

export function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}
