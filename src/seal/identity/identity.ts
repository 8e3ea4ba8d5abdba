import type { Certificate } from '../certificate/certificate.ts';

/** An examiner's identity: its public part, and where its private key lies encrypted. */
export interface Identity {
  readonly folder: string;
  readonly name: string;
  readonly organisation?: string;
  readonly country?: string;
  readonly certificate: Certificate;
  /** Certificates of the issuers above, nearest first; empty for an identity that was made here. */
  readonly issuers: readonly Certificate[];
  /** SHA-256 of the certificate, lower-case hex. */
  readonly fingerprint: string;
  readonly fingerprintWords: readonly string[];
  /** A practice identity shows integrity, not who signed. */
  readonly practice: boolean;
  /** Whom to encrypt to, to reach this identity: `age1…`. Absent where it has no age key. */
  readonly ageRecipient?: string;
  readonly createdAt: Date;
  readonly notAfter: Date;
}

/** Names of the files of an identity's folder. */
export const identityFiles = {
  /** PEM: the identity's certificate, then those of its issuers. */
  certificate: 'certificate.pem',
  /** PEM: PKCS#8 encrypted with PBES2. */
  privateKey: 'private-key.pem',
  /** The statement that withdraws the identity, once it was. */
  revocation: 'revocation.json',
  /** PEM: PKCS#8 of the X25519 key, encrypted as the private key is. */
  ageKey: 'age-key.pem',
  /** The age recipient that belongs to it. */
  ageRecipient: 'age-recipient.txt',
  /** Of a practice identity only: its passphrase. */
  passphrase: 'passphrase.txt',
} as const;
