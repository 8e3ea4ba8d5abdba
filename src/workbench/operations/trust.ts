import { resolve } from 'node:path';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { addTrust, listTrust, removeTrust, TrustEntry } from '../../contract/seal-operations.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { fingerprintWords } from '../../seal/fingerprint/fingerprint-words.ts';
import type { Revocation } from '../../seal/revocation/revocation.ts';
import type { Engine } from '../engine.ts';
import { knownRevocations } from '../known-certificates.ts';
import { openTrustStore, type TrustPurpose } from '../trust/trust-store.ts';

/** Answers `trust.add`: keeps certificates as trusted, or a statement that withdraws an identity. */
export async function addTrustOperation(
  engine: Engine,
  { path, purpose = 'signers' }: z.infer<typeof addTrust.input>,
): Promise<z.infer<typeof addTrust.output>> {
  const { certificates, revocation } = await openTrustStore(engine.state).add(resolve(path), purpose);
  const revocations = await knownRevocations(engine);
  return {
    added: [
      ...certificates.map((certificate) => certificateEntry(certificate, purpose, revocations)),
      ...(revocation === undefined ? [] : [revocationEntry(revocation)]),
    ],
  };
}

/** Answers `trust.list`. */
export async function listTrustOperation(engine: Engine): Promise<z.infer<typeof listTrust.output>> {
  const store = openTrustStore(engine.state);
  const revocations = await knownRevocations(engine);
  const of = async (purpose: TrustPurpose): Promise<TrustEntry[]> =>
    (await store.certificates(purpose)).map((certificate) => certificateEntry(certificate, purpose, revocations));
  return {
    entries: [
      ...(await of('signers')),
      ...(await of('timestamps')),
      ...(await store.revocations()).map(revocationEntry),
    ],
  };
}

/** Answers `trust.remove`: trusts a certificate no longer, whatever for. */
export async function removeTrustOperation(
  engine: Engine,
  { fingerprint }: z.infer<typeof removeTrust.input>,
): Promise<z.infer<typeof removeTrust.output>> {
  const { entries } = await listTrustOperation(engine);
  const wanted = fingerprint.trim().toLowerCase();
  const digits = wanted.replaceAll(':', '');
  const kept = entries.filter(({ purpose }) => purpose !== 'revocations');
  const removed = kept.filter((entry) => entry.fingerprint.startsWith(digits) || entry.words === wanted);
  if (removed.length === 0)
    throw new AssayError('unknown-name', {
      kind: 'certificate',
      name: fingerprint,
      known: kept.map((entry) => `${entry.name} ${entry.fingerprint.slice(0, 16)}`).join(', '),
    });
  const store = openTrustStore(engine.state);
  for (const entry of removed)
    if (entry.purpose !== 'revocations') await store.remove(entry.purpose, entry.fingerprint);
  return { removed };
}

function certificateEntry(
  { name, sha256, isCertificateAuthority, notAfter }: Certificate,
  purpose: TrustPurpose,
  revocations: readonly Revocation[],
): TrustEntry {
  const since = revocations.filter(({ fingerprint }) => fingerprint === sha256).map((one) => one.since.getTime());
  return {
    purpose,
    name,
    fingerprint: sha256,
    words: fingerprintWords(sha256).join(' '),
    isAuthority: isCertificateAuthority,
    validUntil: notAfter.toISOString(),
    revokedSince: since.length === 0 ? null : new Date(Math.min(...since)).toISOString(),
  };
}

function revocationEntry({ name, fingerprint, since }: Revocation): TrustEntry {
  return {
    purpose: 'revocations',
    name,
    fingerprint,
    words: fingerprintWords(fingerprint).join(' '),
    isAuthority: false,
    validUntil: null,
    revokedSince: since.toISOString(),
  };
}
