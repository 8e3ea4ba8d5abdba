import { FieldReader, PayloadTooShort } from './field-reader.ts';
import type { WalkContext } from './walk-context.ts';

export interface Payload {
  readonly node: number;
  readonly offsetBytes: number;
  readonly lengthBytes: number;
  /** Bytes of it that are read at most. */
  readonly maxBytes: number;
  readonly byteOrder?: 'big' | 'little';
}

/**
 * Reads a node's payload and hands it to a decoder; the fields that it read go to the node, also when the payload
 * ends too early, which becomes the error `payload-too-short`. Gives the offset at which the decoder stopped
 * reading, or the payload's end where it could not finish.
 */
export async function decodePayload(
  walk: WalkContext,
  payload: Payload,
  decode: (reader: FieldReader) => void,
): Promise<number> {
  const bytes = await walk.reader.read(payload.offsetBytes, Math.min(payload.lengthBytes, payload.maxBytes));
  const reader = new FieldReader(bytes, payload.offsetBytes, payload.byteOrder);
  let whole = true;
  try {
    decode(reader);
  } catch (error) {
    if (!(error instanceof PayloadTooShort)) throw error;
    whole = false;
    const cutByUs = bytes.length < payload.lengthBytes && payload.lengthBytes > payload.maxBytes;
    walk.tree.error(cutByUs ? 'payload-too-large' : 'payload-too-short', payload.node, error.offsetBytes, {
      payloadBytes: payload.lengthBytes,
    });
  }
  walk.tree.addFields(payload.node, reader.fields);
  return whole ? reader.offsetBytes : payload.offsetBytes + payload.lengthBytes;
}
