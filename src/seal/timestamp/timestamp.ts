import type { Certificate } from '../certificate/certificate.ts';

/** SHA-2 digest of what is to be stamped: RFC 3161 §2.4.1, MessageImprint. */
export interface MessageImprint {
  /** Object identifier of the digest. */
  readonly algorithm: string;
  readonly hash: Uint8Array;
}

/** What a timestamp's authority signed: RFC 3161 §2.4.2, TSTInfo. */
export interface TimestampInfo {
  readonly policy: string;
  readonly imprint: MessageImprint;
  /** Lower-case hex without leading zeros, as the authority counts its timestamps. */
  readonly serialNumber: string;
  readonly generatedAt: Date;
  /** How far the authority says that its clock may be off, in ms; absent where it does not say. */
  readonly accuracyMs?: number;
  /** Lower-case hex without leading zeros. */
  readonly nonce?: string;
}

/** A time that a trusted authority attests: what was stamped existed then. */
export interface AttestedTime {
  readonly at: Date;
  /** Name on the authority's certificate. */
  readonly by: string;
  /** From the authority's certificate up to the one that is trusted. */
  readonly path: readonly Certificate[];
}
