/** A field's value as its type says (TIFF 6.0 §2, EXIF 2.32 §4.6.2). Long values are cut; the entry says how long they were. */
export type TiffValue =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'numbers'; readonly numbers: readonly number[] }
  | { readonly kind: 'rationals'; readonly rationals: readonly (readonly [numerator: number, denominator: number])[] }
  | { readonly kind: 'bytes'; readonly bytes: Uint8Array };

/** Bytes of one value of each field type; index is the type's number. 0 where there is no such type. */
const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4, 0, 0, 8, 8, 8];

/** Bytes of one value of a field type, or undefined for a number that is no type. */
export function tiffTypeBytes(type: number): number | undefined {
  const size = sizes[type];
  return size === undefined || size === 0 ? undefined : size;
}

/** Reads `bytes` as values of `type`. Never throws; a rest that is too short for a value is left out. */
export function readTiffValue(bytes: Uint8Array, type: number, littleEndian: boolean): TiffValue {
  if (type === 2) return { kind: 'text', text: textOf(bytes) };
  if (type === 7) return { kind: 'bytes', bytes: bytes.slice() };
  const size = tiffTypeBytes(type) ?? 1;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const count = Math.floor(bytes.length / size);
  if (type === 5 || type === 10) {
    const read = (offset: number): number =>
      type === 5 ? view.getUint32(offset, littleEndian) : view.getInt32(offset, littleEndian);
    return {
      kind: 'rationals',
      rationals: Array.from({ length: count }, (_, i) => [read(i * 8), read(i * 8 + 4)] as const),
    };
  }
  return {
    kind: 'numbers',
    numbers: Array.from({ length: count }, (_, i) => number(view, i * size, type, littleEndian)),
  };
}

function number(view: DataView, offset: number, type: number, littleEndian: boolean): number {
  switch (type) {
    case 1:
      return view.getUint8(offset);
    case 3:
      return view.getUint16(offset, littleEndian);
    case 4:
    case 13:
      return view.getUint32(offset, littleEndian);
    case 6:
      return view.getInt8(offset);
    case 8:
      return view.getInt16(offset, littleEndian);
    case 9:
      return view.getInt32(offset, littleEndian);
    case 11:
      return view.getFloat32(offset, littleEndian);
    case 12:
      return view.getFloat64(offset, littleEndian);
    case 17:
      return Number(view.getBigInt64(offset, littleEndian));
    default:
      return Number(view.getBigUint64(offset, littleEndian));
  }
}

const utf8 = new TextDecoder('utf-8', { fatal: true });
const latin1 = new TextDecoder('latin1');

/**
 * ASCII by the standard; in the wild UTF-8 or Latin-1, taken in that order. Ends at the last byte that is not NUL:
 * a NUL inside separates strings of one field (copyright of photographer and editor) and is kept.
 */
function textOf(bytes: Uint8Array): string {
  let end = bytes.length;
  while (end > 0 && bytes[end - 1] === 0) end -= 1;
  const used = bytes.subarray(0, end);
  try {
    return utf8.decode(used);
  } catch {
    return latin1.decode(used);
  }
}
