import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { makeRecipient } from '../../contract/bundle-operations.ts';
import { readKeptPassphrase } from '../../seal/identity/identity-folder.ts';
import { ensureAgeKey } from '../../seal/recipient/age-key.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity } from '../signer.ts';

/** Answers `identity.recipient`: the identity's age recipient, after making its key where there was none. */
export async function makeRecipientOperation(
  engine: Engine,
  context: Pick<OperationContext, 'passphrase'>,
): Promise<z.infer<typeof makeRecipient.output>> {
  const identity = await signingIdentity(engine);
  if (identity.ageRecipient !== undefined) return { recipient: identity.ageRecipient };
  if (identity.practice) return { recipient: await ensureAgeKey(identity, await readKeptPassphrase(identity.folder)) };
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: identity.name });
  return { recipient: await ensureAgeKey(identity, await context.passphrase('certify')) };
}
