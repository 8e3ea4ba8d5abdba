import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import type { Check } from '../../../src/base/check.ts';
import type { Certificate } from '../../../src/seal/certificate/certificate.ts';
import type { CertificateContent } from '../../../src/seal/certificate/issue-certificate.ts';
import { issueCertificate } from '../../../src/seal/certificate/issue-certificate.ts';
import { systemRandom } from '../../../src/seal/random.ts';
import { keySigner } from '../../../src/seal/signer/key-signer.ts';
import { algorithmFor, signWithKey } from '../../../src/seal/signer/signature-algorithm.ts';
import type { Signer } from '../../../src/seal/signer/signer.ts';

/** The moment at which tests sign. */
export const noon = new Date('2025-06-01T12:00:00Z');
export const clock = (): Date => noon;

/** A folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'assay-seal-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** A signer without files and without key derivation, self-signed like an identity or issued by `issuer`. */
export async function makeSigner(
  content: Partial<Omit<CertificateContent, 'publicKey'>> = {},
  issuer?: Signer,
  curve = 'P-256',
): Promise<Signer> {
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: curve });
  const certificate = await issueCertificate(
    {
      subject: { commonName: 'Examiner' },
      notBefore: new Date('2025-01-01T00:00:00Z'),
      notAfter: new Date('2055-01-01T00:00:00Z'),
      keyUsage: ['digitalSignature', 'nonRepudiation', 'keyCertSign'],
      ...(issuer === undefined ? { pathLength: 0 } : {}),
      ...content,
      publicKey,
    },
    issuer === undefined
      ? { algorithm: algorithmFor(privateKey)!, sign: (bytes) => signWithKey(privateKey, bytes) }
      : { certificate: issuer.certificate, algorithm: issuer.algorithm, sign: (bytes) => issuer.sign(bytes) },
    systemRandom,
  );
  return keySigner(certificate, above(issuer), privateKey);
}

function above(issuer: Signer | undefined): readonly Certificate[] {
  return issuer === undefined ? [] : [issuer.certificate, ...issuer.issuers];
}

/** What failed, as `code subject`, for assertions that read well. */
export function failures(checks: readonly Check[]): readonly string[] {
  return checks.filter(({ outcome }) => outcome === 'failed').map(({ code, subject }) => `${code} ${subject}`);
}

/** The outcome of the first check with that code. */
export function outcomeOf(checks: readonly Check[], code: string): Check['outcome'] | undefined {
  return checks.find((check) => check.code === code)?.outcome;
}

/** A copy with one bit turned over. */
export function flipBit(bytes: Uint8Array, bit: number): Uint8Array {
  const flipped = Uint8Array.from(bytes);
  flipped[bit >> 3]! ^= 1 << (bit & 7);
  return flipped;
}
