import { z } from 'zod';
import { defineOperation } from './operation.ts';
import { Identity } from './operations.ts';

/*
 * Identities, whom to trust, and timestamps. A passphrase never stands in an input: it comes beside it (`passphrase`, or
 * `passphrases` by purpose where an operation needs two).
 */

/** Takes over an identity from a PKCS#12 file. Passphrases: `pkcs12` opens the file, `new` protects the key here. */
export const importIdentity = defineOperation('identity.import', {
  input: z.strictObject({ path: z.string() }),
  output: z.strictObject({ identity: Identity }),
});

/** Protects the key with another passphrase: `old`, then `new`. */
export const changeIdentityPassphrase = defineOperation('identity.passphrase', {
  input: z.strictObject({}),
  output: z.strictObject({ identity: Identity }),
});

export const revocationReasonNames = ['key-lost-to-others', 'superseded', 'left-service', 'not-stated'] as const;

/** Withdraws the identity for good. The statement must reach everybody who trusts it. */
export const revokeIdentity = defineOperation('identity.revoke', {
  input: z.strictObject({
    /** From when on its signatures are not to be believed; now where it is left out. */
    since: z.iso.datetime({ offset: true }).optional(),
    reason: z.enum(revocationReasonNames).optional(),
    /** Where to write a copy of the statement to hand out. */
    out: z.string().optional(),
  }),
  output: z.strictObject({ identity: Identity, statement: z.string(), copy: z.string().nullable() }),
});

const trustPurposes = ['signers', 'timestamps'] as const;

export const TrustEntry = z.strictObject({
  /** `signers`: believed about who signed; `timestamps`: about times only; `revocations`: withdraws an identity. */
  purpose: z.enum([...trustPurposes, 'revocations']),
  name: z.string(),
  fingerprint: z.string(),
  words: z.string(),
  /** May vouch for the certificates of others. */
  isAuthority: z.boolean(),
  validUntil: z.iso.datetime().nullable(),
  revokedSince: z.iso.datetime().nullable(),
});
export type TrustEntry = z.infer<typeof TrustEntry>;

/** Keeps certificates (PEM or DER) as trusted, or a statement that withdraws an identity. */
export const addTrust = defineOperation('trust.add', {
  input: z.strictObject({ path: z.string(), purpose: z.enum(trustPurposes).optional() }),
  output: z.strictObject({ added: z.array(TrustEntry) }),
});

export const listTrust = defineOperation('trust.list', {
  input: z.strictObject({}),
  output: z.strictObject({ entries: z.array(TrustEntry) }),
});

/** Trusts a certificate no longer. A revocation is not taken back. */
export const removeTrust = defineOperation('trust.remove', {
  /** Fingerprint (at least its first 8 digits) or its words. */
  input: z.strictObject({ fingerprint: z.string().min(8) }),
  output: z.strictObject({ removed: z.array(TrustEntry) }),
});

/** Writes requests for timestamps of a sealed report's signatures, to be carried to an authority. */
export const requestTimestamp = defineOperation('timestamp.request', {
  input: z.strictObject({
    path: z.string(),
    /** Number of the signature: 1 is the seal, `pdf` the one inside the PDF. All without a timestamp, where it is left out. */
    signature: z.union([z.number().int().min(1), z.literal('pdf')]).optional(),
    /** Folder for the files. */
    out: z.string(),
  }),
  output: z.strictObject({
    path: z.string(),
    requests: z.array(
      z.strictObject({
        /** What is to be stamped: a signature file, or the signature inside `report.pdf`. */
        of: z.string(),
        name: z.string(),
        request: z.string(),
        /** The same as a QR code: base64 of the request. */
        qr: z.string(),
        sha256: z.string(),
        nonce: z.string(),
      }),
    ),
  }),
});

/** Checks an authority's answer against its request and puts it into the signature. */
export const importTimestamp = defineOperation('timestamp.import', {
  input: z.strictObject({
    path: z.string(),
    file: z.string(),
    /** Certificates (PEM) of the authority, or of those above it; beside those that are kept as trusted. */
    authorities: z.array(z.string()).optional(),
    /** The request, where this machine did not make it. */
    request: z.string().optional(),
    /** Folder for the stamped copy of the PDF. */
    out: z.string().optional(),
  }),
  output: z.strictObject({
    path: z.string(),
    /** What was stamped. */
    of: z.string(),
    /** The file that holds the timestamp now. */
    written: z.string(),
    at: z.iso.datetime(),
    by: z.string(),
    chain: z.array(z.string()),
    serialNumber: z.string(),
    policy: z.string(),
    accuracyMs: z.number().nullable(),
    recordedIn: z.string().nullable(),
  }),
});
