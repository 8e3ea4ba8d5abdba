import type { Check } from '../../base/check.ts';
import type { Certificate } from '../certificate/certificate.ts';
import type { Revocation } from '../revocation/revocation.ts';
import type { AttestedTime } from '../timestamp/timestamp.ts';
import type { Commitment } from './commitment.ts';

/**
 * Whether anybody vouches for a signer's certificate. `practice`: the certificate says of itself that it shows
 * integrity, not who signed, so that question does not arise.
 */
export type Recognition = 'trusted' | 'unknown' | 'practice';

/** One signer of a signature, as verification found it. */
export interface SignatureSigner {
  /** Name on the certificate: a claim, until the signer is recognised. */
  readonly name: string;
  readonly certificate: Certificate;
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly practice: boolean;
  /** As the signer's own clock told it; absent where the signature does not say. */
  readonly signingTime?: Date;
  /** The role in which it was signed, and the signer's comment; absent where the signature does not say. */
  readonly commitment?: Commitment;
  /** What the checks call the signature, such as its file name. */
  readonly source: string;
  /** The signature holds over these bytes by this certificate. Says nothing about who that is. */
  readonly valid: boolean;
  readonly recognition: Recognition;
  /** From the signer's certificate up to the one that is trusted; absent where nobody vouches. */
  readonly path?: readonly Certificate[];
  /** Earliest time that a trusted timestamp attests; absent where there is none. */
  readonly attested?: AttestedTime;
  /** The statement that withdraws the signer's identity, where one is known. */
  readonly revocation?: Revocation;
}

/** Whose certificates the person who verifies believes. */
export interface TrustOptions {
  /**
   * Certificates that the person named for this very check, signers or authorities. When given, a signer that they do
   * not cover fails: somebody else sealed this.
   */
  readonly trusted?: readonly Certificate[];
  /** Certificates known on this machine (its own identities, partners met before). A signer they do not cover is unknown. */
  readonly known?: readonly Certificate[];
  /** Certificates of authorities that the person believes about times, and about nothing else. */
  readonly timestampAuthorities?: readonly Certificate[];
  /** Identities that their holders have withdrawn. */
  readonly revocations?: readonly Revocation[];
}

export interface Verification {
  readonly checks: readonly Check[];
  readonly signers: readonly SignatureSigner[];
}
