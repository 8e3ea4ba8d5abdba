import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { readTimestampResponse } from '../../seal/timestamp/read-timestamp-response.ts';
import type { TimestampRequest } from '../../seal/timestamp/timestamp-request.ts';
import type { AttestedTime, TimestampInfo } from '../../seal/timestamp/timestamp.ts';
import { verifyTimestamp } from '../../seal/timestamp/verify-timestamp.ts';

/** Something that may have been stamped: a signature file, or the signature inside a PDF. */
export interface Stampable {
  /** What a timestamp is made over. */
  readonly value: Uint8Array;
  readonly sha256: Uint8Array;
}

export interface CheckedTimestamp<S> {
  readonly stamped: S;
  /** DER, ready to be embedded. */
  readonly token: Uint8Array;
  readonly info: TimestampInfo;
  readonly attested: AttestedTime;
}

/**
 * Checks an authority's answer in the order in which a person wants to know: granted, about this report, an answer to our
 * request, whole, and from an authority that is trusted.
 *
 * @throws AssayError `timestamp-unreadable`, `timestamp-not-granted`, `timestamp-other-imprint`, `timestamp-unasked`,
 *   `timestamp-other-nonce`, `timestamp-broken`, `timestamp-untrusted`
 */
export async function checkTimestamp<S extends Stampable>(
  { path, bytes }: { readonly path: string; readonly bytes: Uint8Array },
  against: {
    readonly report: string;
    readonly stampables: readonly S[];
    readonly requestsFor: (imprintHex: string) => Promise<readonly TimestampRequest[]>;
    readonly authorities: readonly Certificate[];
  },
): Promise<CheckedTimestamp<S>> {
  const token = tokenIn(path, bytes);
  const { authorities } = against;
  const each = against.stampables.map((stamped) => ({
    stamped,
    verified: verifyTimestamp(token, stamped.value, { authorities, subject: path }),
  }));
  const about = each.find(({ verified }) =>
    verified.checks.some(({ code, outcome }) => code === 'timestamp-imprint' && outcome === 'passed'),
  );
  const unreadable = each[0]?.verified.checks.find(({ code }) => code === 'timestamp-readable');
  if (unreadable !== undefined)
    throw new AssayError('timestamp-unreadable', { path, reason: String(unreadable.details['reason']) });
  if (about === undefined) throw new AssayError('timestamp-other-imprint', { path, report: against.report });
  const { stamped, verified } = about;
  const { info, authority, attested, checks } = verified;
  if (info === undefined || authority === undefined)
    throw new AssayError('defect', { what: 'a timestamp without content' });
  const requests = await against.requestsFor(Buffer.from(stamped.sha256).toString('hex'));
  if (requests.length === 0) throw new AssayError('timestamp-unasked', { path });
  // RFC 3161 §2.4.2: the answer repeats the nonce of the request that it answers.
  if (!requests.some(({ nonce }) => nonce === info.nonce)) throw new AssayError('timestamp-other-nonce', { path });
  if (checks.some(({ outcome }) => outcome === 'failed'))
    throw new AssayError('timestamp-broken', { path, by: authority.name });
  if (attested === undefined) throw new AssayError('timestamp-untrusted', { path, by: authority.name });
  return { stamped, token, info, attested };
}

function tokenIn(path: string, bytes: Uint8Array): Uint8Array {
  try {
    const response = readTimestampResponse(bytes);
    if (response.granted) return response.token;
    throw new AssayError('timestamp-not-granted', { path, status: response.status, words: response.words });
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    throw new AssayError('timestamp-unreadable', { path, reason: error.message }, { cause: error });
  }
}
