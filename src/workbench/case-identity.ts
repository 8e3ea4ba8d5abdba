import type { CaseIdentity } from '../case/custody/custody-key-store.ts';
import type { Signer } from '../seal/signer/signer.ts';
import type { Engine } from './engine.ts';
import type { OperationContext } from './operation-context.ts';
import { requireStanding, signingIdentity, unlock } from './signer.ts';

/** Whose custody key a case is written with, and how to unlock that identity when the key must be certified. */
export async function caseIdentity(
  engine: Engine,
  context: Pick<OperationContext, 'passphrase'>,
): Promise<{ identity: CaseIdentity; unlock: () => Promise<Signer> }> {
  const identity = await signingIdentity(engine);
  await requireStanding(identity);
  return { identity, unlock: () => unlock(identity, 'certify', context) };
}
