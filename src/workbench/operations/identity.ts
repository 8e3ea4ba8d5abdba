import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { createIdentity, showIdentity } from '../../contract/operations.ts';
import { fingerprintWithColons } from '../../seal/fingerprint/fingerprint-words.ts';
import { createIdentity as makeIdentity } from '../../seal/identity/create-identity.ts';
import type { Identity } from '../../seal/identity/identity.ts';
import { loadIdentity } from '../../seal/identity/load-identity.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { identityFolder, practiceFolder } from '../signer.ts';

/** Answers `identity.create`: makes the examiner's identity with a passphrase that is asked for. */
export async function createIdentityOperation(
  engine: Engine,
  input: z.infer<typeof createIdentity.input>,
  context: OperationContext,
): Promise<z.infer<typeof createIdentity.output>> {
  const existing = await loadIdentity(identityFolder(engine));
  if (existing !== undefined) throw new AssayError('identity-exists', { path: identityFolder(engine) });
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: input.name });
  const identity = await makeIdentity({
    folder: identityFolder(engine),
    name: input.name,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    ...(input.country === undefined ? {} : { country: input.country }),
    passphrase: await context.passphrase('new'),
    clock: engine.clock,
  });
  return { identity: shown(identity) };
}

/** Answers `identity.show`: the examiner's identity, or the practice identity where that is all there is. */
export async function showIdentityOperation(engine: Engine): Promise<z.infer<typeof showIdentity.output>> {
  const identity = (await loadIdentity(identityFolder(engine))) ?? (await loadIdentity(practiceFolder(engine)));
  return { identity: identity === undefined ? null : shown(identity) };
}

function shown(identity: Identity): z.infer<typeof createIdentity.output>['identity'] {
  return {
    name: identity.name,
    ...(identity.organisation === undefined ? {} : { organisation: identity.organisation }),
    practice: identity.practice,
    fingerprint: fingerprintWithColons(identity.fingerprint),
    words: identity.fingerprintWords.join(' '),
    createdAt: identity.createdAt.toISOString(),
    validUntil: identity.notAfter.toISOString(),
    certificate: identity.certificate.pem,
  };
}
