import type { Check } from '../base/check.ts';
import { isAssayError } from '../base/errors.ts';
import type { CustodyEntry } from '../case/custody-entry.ts';
import { readCertificate } from '../seal/certificate/read-certificate.ts';
import { sealCheck } from '../seal/seal-check.ts';
import type { TrustOptions, Verification } from '../seal/signature/signature.ts';
import { verifyDetached } from '../seal/signature/verify-detached.ts';
import { bagFiles, declarationText, leadingFiles } from './bag/bag-files.ts';
import { bagFolder, BundleRecord } from './bag/bundle-record.ts';
import type { Measured } from './bag/measure-file.ts';
import { bundleCheck } from './bundle-check.ts';
import { checkBundledCase } from './check-bundled-case.ts';
import { checkManifests } from './check-manifests.ts';

export interface CheckedBag extends Verification {
  /** Absent where it cannot be read. */
  readonly record?: BundleRecord;
  /** Entries of the custody log that came along; empty where none did. */
  readonly custody: readonly CustodyEntry[];
}

/** SECURITY: tag files are read whole; a larger one is refused. Manifests of a million files fit. */
export const mostTagBytes = 256 * 1024 * 1024;

/**
 * Checks a bag whose files were all read: both manifests, the tag manifests, the seal over those, and of a whole case its
 * custody log and that the files are those it names.
 *
 * @param text bytes of a file of the bag; undefined where there is none, or it is too large to be read whole
 * @param stop whether to end before the seal, now that something failed or where a file is not as listed
 * @param folder the bag's folder in its archive; undefined for one that was unpacked, which anybody may rename
 */
export async function checkBag(
  files: readonly (Measured & { readonly path: string })[],
  text: (path: string) => Promise<Buffer | undefined>,
  folder: string | undefined,
  trust: TrustOptions,
  stop: 'now' | 'when-changed' | 'never' = 'never',
): Promise<CheckedBag> {
  const byPath = new Map(files.map((file) => [file.path, file]));
  const missing = [...leadingFiles, bagFiles.signature].filter((path) => !byPath.has(path));
  const checks: Check[] = missing.map((path) => bundleCheck('bag-file-present', false, path));
  checks.push(...(await checkManifests(files, text)));
  if (stop === 'now' || (stop === 'when-changed' && checks.some(({ outcome }) => outcome === 'failed')))
    return { checks, signers: [], custody: [] };
  const seal = await checkSeal(text, trust);
  checks.push(...seal.checks);
  const declaration = (await text(bagFiles.declaration))?.toString('utf8');
  if (declaration !== undefined)
    checks.push(bundleCheck('bag-declaration', declaration === declarationText, bagFiles.declaration));
  const record = readRecord(await text(bagFiles.record));
  if (typeof record === 'string') {
    checks.push(bundleCheck('bundle-record', false, bagFiles.record, { schema: record }));
    return { checks, signers: seal.signers, custody: [] };
  }
  checks.push(bundleCheck('bundle-record', true, bagFiles.record));
  if (folder !== undefined) checks.push(bundleCheck('bag-folder', folder === bagFolder(record), folder));
  const isSender = seal.signers.some(({ fingerprint }) => fingerprint === record.sealedBy);
  checks.push(bundleCheck('bundle-sender', isSender, bagFiles.record, {}, 'certificate'));
  const checked = await checkBundledCase(record, byPath, text, trust);
  return { checks: [...checks, ...checked.checks], signers: seal.signers, record, custody: checked.custody };
}

async function checkSeal(
  text: (path: string) => Promise<Buffer | undefined>,
  trust: TrustOptions,
): Promise<Verification> {
  const [content, signature] = [await text(bagFiles.tagManifestSha256), await text(bagFiles.signature)];
  if (content === undefined || signature === undefined)
    return { checks: [sealCheck('signature', 'signature-present', false, bagFiles.signature)], signers: [] };
  const verification = verifyDetached(content, signature, { ...trust, subject: bagFiles.signature });
  const pem = (await text(bagFiles.certificate))?.toString('utf8') ?? '';
  const shown = fingerprintOf(pem);
  const isSigners = verification.signers.some(({ fingerprint }) => fingerprint === shown);
  return {
    signers: verification.signers,
    checks: [
      ...verification.checks,
      sealCheck('certificate', 'signer-certificate-file', isSigners, bagFiles.certificate),
    ],
  };
}

function fingerprintOf(pem: string): string | undefined {
  try {
    return readCertificate(pem).sha256;
  } catch (error) {
    if (!isAssayError(error, 'certificate-unreadable')) throw error;
    return undefined;
  }
}

/** What the bundle says of itself; where this Assay cannot read it, the schema that it names, or `?`. */
function readRecord(bytes: Buffer | undefined): BundleRecord | string {
  try {
    const json: unknown = JSON.parse(bytes?.toString('utf8') ?? '');
    const record = BundleRecord.safeParse(json);
    if (record.success) return record.data;
    const schema = (json as { schema?: unknown } | null)?.schema;
    return typeof schema === 'string' ? schema.slice(0, 100) : '?';
  } catch {
    return '?';
  }
}
