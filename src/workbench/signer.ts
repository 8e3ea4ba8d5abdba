import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import { loadIdentity } from '../seal/identity/load-identity.ts';
import type { Identity } from '../seal/identity/identity.ts';
import { ensurePracticeIdentity, unlockPracticeIdentity } from '../seal/identity/practice-identity.ts';
import { unlockIdentity } from '../seal/identity/unlock-identity.ts';
import { loadRevocation } from '../seal/revocation/load-revocation.ts';
import type { Signer } from '../seal/signer/signer.ts';
import type { Engine } from './engine.ts';
import type { OperationContext, PassphrasePurpose } from './operation-context.ts';

/** Where the examiner's identity and the practice identity lie in the state folder. */
export function identityFolder(engine: Engine): string {
  return join(engine.state, 'identity');
}

export function practiceFolder(engine: Engine): string {
  return join(engine.state, 'practice-identity');
}

/** Identities that were withdrawn, one folder each: their certificates are needed for what they signed. */
export function withdrawnFolder(engine: Engine): string {
  return join(engine.state, 'withdrawn-identities');
}

/** Who signs here: the examiner's identity, or the practice identity where there is none. */
export async function signingIdentity(engine: Engine): Promise<Identity> {
  const own = await loadIdentity(identityFolder(engine));
  return own ?? ensurePracticeIdentity({ folder: practiceFolder(engine), clock: engine.clock });
}

/**
 * Unlocks an identity, asking for its passphrase unless it is the practice identity.
 * Throws `passphrase-needed` where nobody can be asked, `wrong-passphrase`, and `identity-revoked` for one that its
 * holder has withdrawn.
 */
export async function unlock(
  identity: Identity,
  purpose: PassphrasePurpose,
  context: Pick<OperationContext, 'passphrase'>,
): Promise<Signer> {
  if (identity.practice) return unlockPracticeIdentity(identity);
  await requireStanding(identity);
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: identity.name });
  return unlockIdentity(identity, await context.passphrase(purpose));
}

/**
 * Refuses an identity that its holder has withdrawn: nothing is sealed with it, and nothing written to a case, since every
 * entry after the withdrawal would count against the case.
 *
 * @throws AssayError `identity-revoked`
 */
export async function requireStanding(identity: Identity): Promise<void> {
  if (identity.practice) return;
  const revocation = await loadRevocation(identity.folder);
  if (revocation === undefined) return;
  throw new AssayError('identity-revoked', { name: identity.name, since: revocation.since.toISOString() });
}
