/** Why an identity was withdrawn. */
export const revocationReasons = ['key-lost-to-others', 'superseded', 'left-service', 'not-stated'] as const;
export type RevocationReason = (typeof revocationReasons)[number];

/** A statement by the holder of an identity that it is not to be believed any more; verified. */
export interface Revocation {
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  /** Name on the certificate. */
  readonly name: string;
  /** From when on its signatures are not to be believed. */
  readonly since: Date;
  /** When the statement was signed, by the signer's own clock. */
  readonly signedAt: Date;
  readonly reason: RevocationReason;
}
