import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Certificate } from '../seal/certificate/certificate.ts';
import { loadIdentity } from '../seal/identity/load-identity.ts';
import type { Revocation } from '../seal/revocation/revocation.ts';
import { loadRevocation } from '../seal/revocation/load-revocation.ts';
import type { TrustOptions } from '../seal/signature/signature.ts';
import { isMissing, readError } from '../seal/storage/file-error.ts';
import type { Engine } from './engine.ts';
import { identityFolder, withdrawnFolder } from './signer.ts';
import { openTrustStore, readCertificateFile, readWhole } from './trust/trust-store.ts';

/** Certificates that this machine's person vouches for: their own identities, withdrawn ones too, and those kept as trusted. */
export async function knownCertificates(engine: Engine): Promise<readonly Certificate[]> {
  const own = await Promise.all((await ownFolders(engine)).map(loadIdentity));
  return [
    ...own.flatMap((identity) => (identity === undefined ? [] : [identity.certificate])),
    ...(await openTrustStore(engine.state).certificates('signers')),
  ];
}

/** Statements that withdraw identities, one's own and those that others have handed out. */
export async function knownRevocations(engine: Engine): Promise<readonly Revocation[]> {
  const own = await Promise.all((await ownFolders(engine)).map(loadRevocation));
  return [...own.flatMap((one) => one ?? []), ...(await openTrustStore(engine.state).revocations())];
}

async function ownFolders(engine: Engine): Promise<readonly string[]> {
  const withdrawn = withdrawnFolder(engine);
  const names = await readdir(withdrawn).catch((error: unknown) => {
    if (isMissing(error)) return [];
    throw readError(error, withdrawn);
  });
  return [identityFolder(engine), ...names.sort().map((name) => join(withdrawn, name))];
}

/** Certificates (PEM or DER files) that the person named for this check. Throws `file-not-readable`, `certificate-unreadable`. */
export async function readTrusted(paths: readonly string[]): Promise<readonly Certificate[]> {
  const files = await Promise.all(paths.map(readWhole));
  return files.flatMap(readCertificateFile);
}

/** Whom a verification believes: those named for it, and what this machine knows. */
export async function verificationTrust(
  engine: Engine,
  named: {
    readonly trusted?: readonly string[] | undefined;
    readonly timestampAuthorities?: readonly string[] | undefined;
  },
): Promise<TrustOptions & { readonly known: readonly Certificate[] }> {
  const trusted = await readTrusted(named.trusted ?? []);
  return {
    ...(trusted.length > 0 ? { trusted } : {}),
    known: await knownCertificates(engine),
    timestampAuthorities: [
      ...(await readTrusted(named.timestampAuthorities ?? [])),
      ...(await openTrustStore(engine.state).certificates('timestamps')),
    ],
    revocations: await knownRevocations(engine),
  };
}
