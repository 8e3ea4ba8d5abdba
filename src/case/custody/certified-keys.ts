import { AssayError } from '../../base/errors.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { readCertificate } from '../../seal/certificate/read-certificate.ts';
import { verifyHashSignature } from '../../seal/custody-key/hash-signature.ts';
import type { CustodyEntry } from '../custody-entry.ts';
import { detailOf } from './custody-action.ts';

/** A custody key that an entry of the log introduces. */
export interface CertifiedKey {
  /** The custody key's certificate. */
  readonly certificate: Certificate;
  /** The identity that it names as its issuer, then those above. */
  readonly issuers: readonly [Certificate, ...Certificate[]];
  /** Number of the entry. */
  readonly entry: number;
}

/** The keys that a log introduces, by their fingerprint. Whether their certificates hold is another question. */
export function certifiedKeys(entries: readonly CustodyEntry[]): ReadonlyMap<string, CertifiedKey> {
  const keys = new Map<string, CertifiedKey>();
  for (const entry of entries) {
    const detail = detailOf(entry, 'key.certified');
    if (detail === undefined) continue;
    try {
      const certificate = readCertificate(detail.certificate);
      const [identity, ...above] = detail.issuers.map((pem) => readCertificate(pem));
      if (identity === undefined || keys.has(certificate.sha256)) continue;
      keys.set(certificate.sha256, { certificate, issuers: [identity, ...above], entry: entry.seq });
    } catch (error) {
      // Not a certificate: the entries that lean on it will be found without a key.
      if (!(error instanceof AssayError)) throw error;
    }
  }
  return keys;
}

/** True when the key that an entry, or a head, names signed this hash. */
export function isSigned(
  keys: ReadonlyMap<string, CertifiedKey>,
  signed: { readonly key: string; readonly signature: string },
  hash: Uint8Array,
): boolean {
  const key = keys.get(signed.key);
  return key !== undefined && verifyHashSignature(key.certificate, hash, signed.signature);
}
