import type { KeyObject } from 'node:crypto';
import { AssayError } from '../../base/errors.ts';
import type { Certificate } from '../certificate/certificate.ts';
import { algorithmFor, signWithKey } from './signature-algorithm.ts';
import type { Signer } from './signer.ts';

/** A signer over a private key in memory. The caller has checked that the key belongs to the certificate. */
export function keySigner(certificate: Certificate, issuers: readonly Certificate[], privateKey: KeyObject): Signer {
  const algorithm = algorithmFor(privateKey);
  if (algorithm === undefined) throw new AssayError('defect', { what: 'an identity has a key that cannot sign' });
  return { certificate, issuers, algorithm, sign: (bytes) => signWithKey(privateKey, bytes) };
}
