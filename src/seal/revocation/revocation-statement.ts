import { z } from 'zod';
import { canonicalJson, canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import { wholeSeconds } from '../asn1/time.ts';
import { signDetached } from '../signature/sign-detached.ts';
import { verifyDetached } from '../signature/verify-detached.ts';
import type { Signer } from '../signer/signer.ts';
import { revocationReasons } from './revocation.ts';
import type { Revocation, RevocationReason } from './revocation.ts';

const Statement = z.strictObject({
  schema: z.literal('assay.revocation-statement/1'),
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  name: z.string(),
  since: z.iso.datetime(),
  reason: z.enum(revocationReasons),
});

/** The file: the signed text as it is, and a detached CMS signature over it (base64 of DER). */
const StatementFile = z.strictObject({
  schema: z.literal('assay.revocation/1'),
  statement: z.string(),
  signature: z.base64(),
});

/**
 * The statement with which the holder of an identity withdraws it: a JSON file that can be handed to everybody who ever
 * met that identity. Signed with the identity's own key; nobody else can withdraw it.
 */
export async function writeRevocation(
  signer: Signer,
  wanted: { readonly since: Date; readonly reason: RevocationReason; readonly now: Date },
): Promise<string> {
  const { sha256: fingerprint, name } = signer.certificate;
  const statement = canonicalJson({
    schema: 'assay.revocation-statement/1',
    fingerprint,
    name,
    since: wholeSeconds(wanted.since).toISOString(),
    reason: wanted.reason,
  });
  const signature = await signDetached(Buffer.from(statement, 'utf8'), signer, {
    signingTime: wholeSeconds(wanted.now),
  });
  return canonicalJsonFile({
    schema: 'assay.revocation/1',
    statement,
    signature: Buffer.from(signature).toString('base64'),
  });
}

/**
 * Reads such a file and verifies it: the statement must be signed with the very key that it withdraws.
 *
 * @throws AssayError `revocation-unusable`
 */
export function readRevocation(text: string): Revocation {
  const file = StatementFile.safeParse(parsed(text));
  if (!file.success) throw unusable('it is no revocation statement');
  const statement = Statement.safeParse(parsed(file.data.statement));
  if (!statement.success) throw unusable('its statement cannot be read');
  const { fingerprint, name, since, reason } = statement.data;
  const { signers } = verifyDetached(
    Buffer.from(file.data.statement, 'utf8'),
    Uint8Array.from(Buffer.from(file.data.signature, 'base64')),
  );
  const [signer] = signers;
  if (signers.length !== 1 || signer?.valid !== true) throw unusable('its signature does not hold');
  if (signer.fingerprint !== fingerprint || signer.certificate.name !== name || signer.signingTime === undefined)
    throw unusable('it is signed by somebody else');
  return { fingerprint, name, since: new Date(since), signedAt: signer.signingTime, reason };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}

function unusable(reason: string): AssayError<'revocation-unusable'> {
  return new AssayError('revocation-unusable', { reason });
}
