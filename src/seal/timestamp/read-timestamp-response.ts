import * as asn1 from 'asn1js';
import { MalformedAsn1, readDer } from '../asn1/der.ts';
import { encoding, sequence } from '../asn1/read-der.ts';
import { showable } from '../certificate/distinguished-name.ts';
import { unsignedInteger } from './read-timestamp-info.ts';

/** An authority's answer: RFC 3161 §2.4.2, TimeStampResp. */
export type TimestampResponse =
  | { readonly granted: true; readonly token: Uint8Array }
  /** `status` as the RFC numbers them; `words` are the authority's own. */
  | { readonly granted: false; readonly status: number; readonly words: string };

/**
 * Reads an authority's answer (`.tsr`), or the bare token that some authorities hand out instead.
 *
 * @throws MalformedAsn1
 */
export function readTimestampResponse(bytes: Uint8Array): TimestampResponse {
  const [first, token, ...more] = sequence(readDer(bytes), 'TimeStampResp');
  if (first instanceof asn1.ObjectIdentifier) return { granted: true, token: Uint8Array.from(bytes) };
  const [statusField, ...details] = sequence(first, 'PKIStatusInfo');
  const status = Number.parseInt(unsignedInteger(statusField, 'status'), 16);
  // 0 granted, 1 granted with modifications: https://www.rfc-editor.org/rfc/rfc3161#section-2.4.2
  if (status > 1) return { granted: false, status, words: wordsIn(details[0]) };
  if (token === undefined || more.length > 0) throw new MalformedAsn1('the answer holds no timestamp');
  return { granted: true, token: Uint8Array.from(encoding(token)) };
}

/** PKIFreeText ::= SEQUENCE OF UTF8String */
function wordsIn(block: asn1.AsnType | undefined): string {
  if (!(block instanceof asn1.Sequence)) return '';
  const texts = block.valueBlock.value.flatMap((text) =>
    text instanceof asn1.Utf8String ? [showable(text.valueBlock.value)] : [],
  );
  return texts.join(' ').slice(0, 500);
}
