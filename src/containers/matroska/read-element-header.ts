import type { WindowedReader } from '../windowed-reader.ts';

export interface ElementHeader {
  /** With its length marker, as ids are written in the documents. */
  readonly id: number;
  readonly headerBytes: number;
  /** Of the contents; undefined where the size is "unknown" (all ones). May be beyond what is there. */
  readonly contentBytes: number | undefined;
}

/** RFC 8794 §4–§6: an id of 1–4 bytes and a size of 1–8. Undefined where there is none: wrong marker, or cut short. */
export async function readElementHeader(
  reader: WindowedReader,
  offset: number,
  end: number,
): Promise<ElementHeader | undefined> {
  const bytes = await reader.read(offset, Math.min(12, end - offset));
  const id = readVariableInteger(bytes, 0, 4);
  if (id === undefined) return undefined;
  const size = readVariableInteger(bytes, id.length, 8);
  if (size === undefined) return undefined;
  return {
    id: Number(id.withMarker),
    headerBytes: id.length + size.length,
    contentBytes: size.allOnes ? undefined : Number(size.value),
  };
}

export interface VariableInteger {
  readonly length: number;
  readonly value: bigint;
  readonly withMarker: bigint;
  readonly allOnes: boolean;
}

/** The leading zeros of the first byte say how many bytes follow. Undefined beyond `maxLength`, or where bytes are missing. */
export function readVariableInteger(bytes: Uint8Array, at: number, maxLength: number): VariableInteger | undefined {
  const first = bytes[at];
  if (first === undefined || first === 0) return undefined;
  const length = Math.clz32(first) - 23;
  if (length > maxLength || at + length > bytes.length) return undefined;
  let withMarker = 0n;
  for (let index = 0; index < length; index++) withMarker = (withMarker << 8n) | BigInt(bytes[at + index] ?? 0);
  const marker = 1n << BigInt(7 * length);
  return { length, value: withMarker - marker, withMarker, allOnes: withMarker === 2n * marker - 1n };
}
