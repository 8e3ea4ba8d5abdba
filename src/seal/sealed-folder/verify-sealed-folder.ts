import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../base/check.ts';
import { isAssayError } from '../../base/errors.ts';
import { readCertificate } from '../certificate/read-certificate.ts';
import type { ManifestOptions } from '../manifest/manifest.ts';
import { verifyManifest } from '../manifest/verify-manifest.ts';
import { sealCheck } from '../seal-check.ts';
import type { SignatureSigner, TrustOptions, Verification } from '../signature/signature.ts';
import { verifyDetached } from '../signature/verify-detached.ts';
import { readError } from '../storage/file-error.ts';
import { readBounded } from '../storage/read-bounded.ts';
import { isOutsideManifest, isSignatureFile, sealFiles } from './seal-files.ts';

export interface VerifySealOptions extends ManifestOptions, TrustOptions {}

export interface SealedFolderVerification extends Verification {
  /** SHA-256 of the manifest's bytes, where there is one. */
  readonly manifestSha256?: string;
}

/**
 * Verifies a sealed folder: each signature over the manifest, and the manifest against the files. Never throws for what
 * the folder holds. Checks are those of {@link verifyDetached} and {@link verifyManifest}, and `manifest-present`,
 * `signature-present`, `signer-certificate-file`.
 *
 * @throws AssayError `file-not-found` or `file-not-readable` for the folder itself, `cancelled`
 */
export async function verifySealedFolder(
  folder: string,
  options: VerifySealOptions = {},
): Promise<SealedFolderVerification> {
  const names = await namesIn(folder);
  const manifest = await readBounded(join(folder, sealFiles.manifest), mostManifestBytes);
  if (typeof manifest === 'string')
    return {
      checks: [sealCheck('integrity', 'manifest-present', false, sealFiles.manifest, { reason: manifest })],
      signers: [],
    };
  const signatures = await verifySignatures(folder, names, manifest, options);
  const exclude = (path: string): boolean => isOutsideManifest(path) || options.exclude?.(path) === true;
  const files = await verifyManifest(folder, manifest.toString('utf8'), { ...options, exclude });
  return {
    checks: [...signatures.checks, ...(await certificateFile(folder, signatures.signers)), ...files],
    signers: signatures.signers,
    manifestSha256: createHash('sha256').update(manifest).digest('hex'),
  };
}

/** SECURITY: bounds for files that a stranger made and that are read whole. */
const mostManifestBytes = 256 * 1024 * 1024;
const mostSignatureBytes = 4 * 1024 * 1024;
const mostSignatures = 32;

async function verifySignatures(
  folder: string,
  all: readonly string[],
  manifest: Uint8Array,
  trust: TrustOptions,
): Promise<Verification> {
  const names = all.filter(isSignatureFile).sort(byNumber);
  if (!names.includes(sealFiles.signature))
    return { checks: [sealCheck('signature', 'signature-present', false, sealFiles.signature)], signers: [] };
  const checks: Check[] = [];
  const signers: SignatureSigner[] = [];
  for (const name of names.slice(0, mostSignatures)) {
    const der = await readBounded(join(folder, name), mostSignatureBytes);
    if (typeof der === 'string') {
      checks.push(sealCheck('signature', 'signature-present', false, name, { reason: der }));
      continue;
    }
    // The person names whom they trust for the seal itself; a further signer is somebody else by nature.
    const { trusted = [], known = [], ...rest } = trust;
    const own = name === sealFiles.signature ? trust : { ...rest, known: [...trusted, ...known] };
    const verification = verifyDetached(manifest, der, { ...own, subject: name });
    checks.push(...verification.checks);
    signers.push(...verification.signers);
  }
  checks.push(
    ...names
      .slice(mostSignatures)
      .map((name) => sealCheck('signature', 'signature-readable', false, name, { reason: 'too-many' })),
  );
  return { checks, signers };
}

async function namesIn(folder: string): Promise<readonly string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    throw readError(error, folder);
  }
}

function byNumber(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : 1);
}

/** `signer-certificate.pem` is for the reader's convenience; it must not show another certificate than the one that signed. */
async function certificateFile(folder: string, signers: readonly SignatureSigner[]): Promise<readonly Check[]> {
  const pem = await readBounded(join(folder, sealFiles.certificate), mostSignatureBytes);
  if (typeof pem === 'string' || signers.length === 0) return [];
  try {
    const { sha256 } = readCertificate(pem.toString('utf8'));
    const signed = signers.some(({ fingerprint }) => fingerprint === sha256);
    return [sealCheck('certificate', 'signer-certificate-file', signed, sealFiles.certificate)];
  } catch (error) {
    if (!isAssayError(error, 'certificate-unreadable')) throw error;
    return [sealCheck('certificate', 'signer-certificate-file', false, sealFiles.certificate)];
  }
}
