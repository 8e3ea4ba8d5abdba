import type { z } from 'zod';
import type { verify } from '../contract/operations.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import { fingerprintWords } from '../seal/fingerprint/fingerprint-words.ts';
import { sealFiles } from '../seal/sealed-folder/seal-files.ts';
import type { SignatureSigner } from '../seal/signature/signature.ts';

export type ListedSigner = z.infer<typeof verify.output>['signers'][number];

/** A signer as verification lists it. */
export function listedSigner(signer: SignatureSigner): ListedSigner {
  const { certificate, recognition, signingTime, commitment, source, path = [], attested, revocation } = signer;
  return {
    ...ofCertificate(certificate),
    trusted: recognition === 'trusted',
    signature: source,
    // The seal itself is the examiner's, who has no need to say so.
    role: commitment?.role ?? (source === sealFiles.signature ? 'examiner' : null),
    comment: commitment?.comment ?? null,
    signedAt: signingTime?.toISOString() ?? null,
    chain: recognition === 'trusted' ? path.map(({ name }) => name) : [],
    attestedAt: attested?.at.toISOString() ?? null,
    attestedBy: attested?.by ?? null,
    revokedSince: revocation?.since.toISOString() ?? null,
  };
}

/** An identity that certified the keys of a custody log: it signed no report. */
export function listedCertifier(certificate: Certificate, chain: readonly Certificate[]): ListedSigner {
  return { ...ofCertificate(certificate), trusted: chain.length > 0, chain: chain.map(({ name }) => name) };
}

function ofCertificate(certificate: Certificate): ListedSigner {
  const { name, sha256: fingerprint, practice } = certificate;
  return {
    name,
    fingerprint,
    words: fingerprintWords(fingerprint).join(' '),
    practice,
    trusted: false,
    signature: null,
    role: null,
    comment: null,
    signedAt: null,
    chain: [],
    attestedAt: null,
    attestedBy: null,
    revokedSince: null,
  };
}
