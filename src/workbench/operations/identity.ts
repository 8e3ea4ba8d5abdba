import { mkdir, rename } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { createIdentity, showIdentity } from '../../contract/operations.ts';
import type { changeIdentityPassphrase, importIdentity, revokeIdentity } from '../../contract/seal-operations.ts';
import { fingerprintWithColons, fingerprintWords } from '../../seal/fingerprint/fingerprint-words.ts';
import { changePassphrase } from '../../seal/identity/change-passphrase.ts';
import { createIdentity as makeIdentity } from '../../seal/identity/create-identity.ts';
import { identityFiles, type Identity } from '../../seal/identity/identity.ts';
import { importPkcs12 } from '../../seal/identity/import-pkcs12.ts';
import { loadIdentity } from '../../seal/identity/load-identity.ts';
import { loadRevocation } from '../../seal/revocation/load-revocation.ts';
import { writeRevocation } from '../../seal/revocation/revocation-statement.ts';
import { writeError } from '../../seal/storage/file-error.ts';
import { writeAtomically } from '../../seal/storage/write-atomically.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { identityFolder, practiceFolder, unlock, withdrawnFolder } from '../signer.ts';
import { readWhole } from '../trust/trust-store.ts';

type Shown = z.infer<typeof createIdentity.output>['identity'];

/** Answers `identity.create`: makes the examiner's identity with a passphrase that is asked for. */
export async function createIdentityOperation(
  engine: Engine,
  input: z.infer<typeof createIdentity.input>,
  context: OperationContext,
): Promise<z.infer<typeof createIdentity.output>> {
  await requireFree(engine);
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: input.name });
  const passphrase = await context.passphrase('new');
  await putWithdrawnAside(engine);
  const identity = await makeIdentity({
    folder: identityFolder(engine),
    name: input.name,
    ...(input.organisation === undefined ? {} : { organisation: input.organisation }),
    ...(input.country === undefined ? {} : { country: input.country }),
    passphrase,
    clock: engine.clock,
  });
  return { identity: await shown(identity) };
}

/** Answers `identity.import`: takes over an identity that an agency's own authority issued, from a PKCS#12 file. */
export async function importIdentityOperation(
  engine: Engine,
  { path }: z.infer<typeof importIdentity.input>,
  context: OperationContext,
): Promise<z.infer<typeof importIdentity.output>> {
  await requireFree(engine);
  const bytes = await readWhole(resolve(path));
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: path });
  const pkcs12Passphrase = await context.passphrase('pkcs12');
  const passphrase = await context.passphrase('new');
  await putWithdrawnAside(engine);
  const identity = await importPkcs12({ folder: identityFolder(engine), bytes, pkcs12Passphrase, passphrase });
  return { identity: await shown(identity) };
}

/** Answers `identity.passphrase`: protects the key with another passphrase. */
export async function changeIdentityPassphraseOperation(
  engine: Engine,
  _input: z.infer<typeof changeIdentityPassphrase.input>,
  context: OperationContext,
): Promise<z.infer<typeof changeIdentityPassphrase.output>> {
  const identity = await ownIdentity(engine);
  if (context.passphrase === undefined) throw new AssayError('passphrase-needed', { name: identity.name });
  const from = await context.passphrase('old');
  await changePassphrase(identity, { from, to: await context.passphrase('new') });
  return { identity: await shown(identity) };
}

/** Answers `identity.revoke`: withdraws the identity with a statement signed by its own key. Nothing is signed with it any more. */
export async function revokeIdentityOperation(
  engine: Engine,
  { since, reason = 'not-stated', out }: z.infer<typeof revokeIdentity.input>,
  context: OperationContext,
): Promise<z.infer<typeof revokeIdentity.output>> {
  const identity = await ownIdentity(engine);
  const signer = await unlock(identity, 'revoke', context);
  const now = engine.clock();
  const text = await writeRevocation(signer, {
    since: since === undefined ? nextSecond(now) : new Date(since),
    reason,
    now,
  });
  const copy = out === undefined ? null : resolve(out);
  // First the copy: were it to fail, the identity would be withdrawn and nobody could be told.
  if (copy !== null) await writeAtomically(copy, text);
  const statement = join(identity.folder, identityFiles.revocation);
  await writeAtomically(statement, text, 0o600);
  return { identity: await shown(identity), statement, copy };
}

/** Answers `identity.show`: the examiner's identity, or the practice identity where that is all there is. */
export async function showIdentityOperation(engine: Engine): Promise<z.infer<typeof showIdentity.output>> {
  const identity = (await loadIdentity(identityFolder(engine))) ?? (await loadIdentity(practiceFolder(engine)));
  return { identity: identity === undefined ? null : await shown(identity) };
}

/** Signatures and statements tell whole seconds: what was signed in this one was signed before the withdrawal. */
function nextSecond(now: Date): Date {
  return new Date(Math.floor(now.getTime() / 1000) * 1000 + 1000);
}

async function ownIdentity(engine: Engine): Promise<Identity> {
  const identity = await loadIdentity(identityFolder(engine));
  if (identity === undefined) throw new AssayError('identity-missing', {});
  return identity;
}

async function requireFree(engine: Engine): Promise<void> {
  const folder = identityFolder(engine);
  const isTaken = (await loadIdentity(folder)) !== undefined && (await loadRevocation(folder)) === undefined;
  if (isTaken) throw new AssayError('identity-exists', { path: folder });
}

/** A withdrawn identity makes room for the next and is kept: what it signed needs its certificate. */
async function putWithdrawnAside(engine: Engine): Promise<void> {
  const folder = identityFolder(engine);
  const identity = await loadIdentity(folder);
  if (identity === undefined) return;
  const place = join(withdrawnFolder(engine), identity.fingerprint.slice(0, 16));
  try {
    await mkdir(withdrawnFolder(engine), { recursive: true, mode: 0o700 });
    await rename(folder, place);
  } catch (error) {
    throw writeError(error, place);
  }
}

async function shown(identity: Identity): Promise<Shown> {
  const revocation = identity.practice ? undefined : await loadRevocation(identity.folder);
  return {
    name: identity.name,
    ...(identity.organisation === undefined ? {} : { organisation: identity.organisation }),
    practice: identity.practice,
    fingerprint: fingerprintWithColons(identity.fingerprint),
    words: identity.fingerprintWords.join(' '),
    createdAt: identity.createdAt.toISOString(),
    validUntil: identity.notAfter.toISOString(),
    certificate: identity.certificate.pem,
    recipient: identity.ageRecipient ?? null,
    issuers: identity.issuers.map(({ name, sha256 }) => ({
      name,
      fingerprint: fingerprintWithColons(sha256),
      words: fingerprintWords(sha256).join(' '),
    })),
    revokedSince: revocation?.since.toISOString() ?? null,
  };
}
