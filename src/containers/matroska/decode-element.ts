import { decodePayload } from '../decode-payload.ts';
import type { FieldReader } from '../field-reader.ts';
import type { WalkContext } from '../walk-context.ts';
import { blockFields, blockHeadBytes, readBlockHead } from './block-head.ts';
import { elementMeaning, ids, type ElementMeaning } from './element-catalogue.ts';

/** Longest contents that are read as a value; the text of a tag may be a whole XMP packet. */
const maxValueBytes = 16 * 1024;
const firstSecondOf2001Ms = Date.UTC(2001, 0, 1);

/** Reads the value of an element that holds no elements, as RFC 8794 §7 lays out its kind. */
export async function decodeElement(
  walk: WalkContext,
  node: number,
  element: ElementMeaning,
  offsetBytes: number,
  lengthBytes: number,
): Promise<void> {
  if (element.id === ids.void || lengthBytes === 0) return;
  if (element.id === ids.simpleBlock || element.id === ids.block) {
    const head = readBlockHead(await walk.reader.read(offsetBytes, Math.min(blockHeadBytes, lengthBytes)));
    if (head) walk.tree.addFields(node, blockFields(head, element.id === ids.simpleBlock));
    else walk.tree.error('payload-too-short', node, offsetBytes, { payloadBytes: lengthBytes });
    return;
  }
  const maxBytes = element.kind === 'b' ? 64 : maxValueBytes;
  await decodePayload(walk, { node, offsetBytes, lengthBytes, maxBytes }, (reader) => {
    readValue(reader, element, lengthBytes, (code) => {
      walk.tree.error(code, node, offsetBytes, { bytes: lengthBytes });
    });
  });
}

function readValue(
  reader: FieldReader,
  element: ElementMeaning,
  lengthBytes: number,
  error: (code: string) => void,
): void {
  const place = { offsetBytes: reader.offsetBytes, lengthBytes };
  switch (element.kind) {
    case 's':
    case '8':
      reader.text('value', reader.remaining);
      return;
    case 'f':
      if (lengthBytes === 4) reader.f32('value');
      else if (lengthBytes === 8) reader.f64('value');
      else error('value-size-not-allowed');
      return;
    case 'u':
    case 'i':
    case 'd': {
      if (lengthBytes > 8) {
        error('value-size-not-allowed');
        return;
      }
      const value = readInteger(reader, lengthBytes, element.kind !== 'u');
      if (element.kind === 'd') reader.derive('valueRaw', fieldOf(value), place);
      reader.derive('value', element.kind === 'd' ? utcFrom2001(value) : fieldOf(value), place);
      return;
    }
    default:
      reader.hex('value', reader.remaining);
      if (element.id === ids.seekId) reader.derive('element', nameOf(reader.bytes), place);
  }
}

function readInteger(reader: FieldReader, length: number, signed: boolean): bigint {
  let value = 0n;
  for (const byte of reader.take(length)) value = (value << 8n) | BigInt(byte);
  return signed ? BigInt.asIntN(8 * length, value) : value;
}

/** Every digit is kept: beyond 2^53 as text. */
function fieldOf(value: bigint): number | string {
  const number = Number(value);
  return Number.isSafeInteger(number) ? number : value.toString();
}

/** RFC 8794 §7.6: nanoseconds since 2001-01-01T00:00:00 UTC; null outside the years that can be written. */
function utcFrom2001(nanoseconds: bigint): string | null {
  const date = new Date(firstSecondOf2001Ms + Number(nanoseconds / 1_000_000n));
  return Number.isNaN(date.getTime()) ? null : date.toISOString();
}

function nameOf(id: Uint8Array): string | null {
  const number = id.reduce((value, byte) => value * 256 + byte, 0);
  return elementMeaning(number)?.name ?? null;
}
