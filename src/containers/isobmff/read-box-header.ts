import { fourCharacterCode, isPlausibleCode } from '../four-character-code.ts';
import { hexOf } from '../field-reader.ts';
import type { WindowedReader } from '../windowed-reader.ts';

export interface BoxHeader {
  readonly type: string;
  readonly typeCode: number;
  /** As the header claims; to `end` where it says "to the end of the file". May be beyond what is there. */
  readonly sizeBytes: number;
  /** The same, exact: as text where it is beyond 2^53. */
  readonly declaredBytes: number | string;
  readonly headerBytes: number;
  /** Header of size 0: the box runs to the end of the file. */
  readonly toEnd: boolean;
  /** All four bytes of the type are printable. */
  readonly plausible: boolean;
  /** Of a `uuid` box, as 8-4-4-4-12 hexadecimal digits. */
  readonly extendedType?: string;
}

/** ISO/IEC 14496-12 §4.2.2. Undefined where the header itself does not fit; a size smaller than the header comes back as it is. */
export async function readBoxHeader(
  reader: WindowedReader,
  offset: number,
  end: number,
): Promise<BoxHeader | undefined> {
  const bytes = await reader.read(offset, Math.min(32, end - offset));
  if (bytes.length < 8) return undefined;
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const size32 = view.getUint32(0);
  const type = fourCharacterCode(bytes, 4);
  const large = size32 === 1;
  if (large && bytes.length < 16) return undefined;
  let headerBytes = large ? 16 : 8;
  let extendedType: string | undefined;
  if (type === 'uuid' && bytes.length >= headerBytes + 16) {
    extendedType = uuidText(bytes.subarray(headerBytes, headerBytes + 16));
    headerBytes += 16;
  }
  const size64 = large ? view.getBigUint64(8) : undefined;
  const sizeBytes = size64 === undefined ? (size32 === 0 ? end - offset : size32) : Number(size64);
  return {
    type,
    typeCode: view.getUint32(4),
    sizeBytes,
    declaredBytes: Number.isSafeInteger(sizeBytes) ? sizeBytes : String(size64),
    headerBytes,
    toEnd: size32 === 0,
    plausible: isPlausibleCode(bytes, 4),
    ...(extendedType === undefined ? {} : { extendedType }),
  };
}

function uuidText(bytes: Uint8Array): string {
  const digits = hexOf(bytes);
  return [digits.slice(0, 8), digits.slice(8, 12), digits.slice(12, 16), digits.slice(16, 20), digits.slice(20)].join(
    '-',
  );
}
