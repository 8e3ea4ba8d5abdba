import * as asn1 from 'asn1js';
import { derProblem } from './strict-der.ts';

/** Far above any signature with its chain; a larger one is not worth a parser's time. */
const maximumBytes = 4 * 1024 * 1024;

/** Thrown by readers of ASN.1 below `seal/`; the function that was asked turns it into a check or an AssayError. */
export class MalformedAsn1 extends Error {
  override readonly name = 'MalformedAsn1';
}

interface Encodable {
  toBER(sizeOnly?: boolean): ArrayBuffer;
}

/** The DER bytes of a block whose parts were given in DER order. */
export function toDer(block: Encodable): Uint8Array<ArrayBuffer> {
  return new Uint8Array(block.toBER(false));
}

/**
 * Reads exactly one DER value that fills all the bytes: certificates, signatures, our own keys.
 *
 * SECURITY: size, depth and number of nodes are bounded; anything that is not strictly DER is refused.
 */
export function readDer(bytes: Uint8Array): asn1.AsnType {
  requireSmall(bytes);
  const problem = derProblem(bytes);
  if (problem !== undefined) throw new MalformedAsn1(problem);
  return readBer(bytes);
}

/** Reads exactly one BER value: PKCS#12 files, which many programs write with indefinite lengths. Bounded as {@link readDer}. */
export function readBer(bytes: Uint8Array): asn1.AsnType {
  requireSmall(bytes);
  // asn1js reports most damage as a value, but raises for some (a UniversalString of odd length).
  const { offset, result } = reading('ASN.1', () => asn1.fromBER(bytes));
  if (offset === -1) throw new MalformedAsn1(result.error || 'no ASN.1 value');
  if (offset !== bytes.length) throw new MalformedAsn1('bytes after the end of the value');
  return result;
}

function requireSmall(bytes: Uint8Array): void {
  if (bytes.length > maximumBytes) throw new MalformedAsn1(`larger than ${maximumBytes} bytes`);
}

/** Runs a reader over hostile bytes: whatever a library throws comes out as {@link MalformedAsn1} with its reason. */
export function reading<T>(what: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new MalformedAsn1(`${what}: ${reason}`, { cause: error });
  }
}
