import { open } from 'node:fs/promises';
import type { z } from 'zod';
import type { Check } from '../../base/check.ts';
import { AssayError } from '../../base/errors.ts';
import type { verify } from '../../contract/operations.ts';
import { verifyPdfSignatures } from '../../seal/pades/verify-pdf-signatures.ts';
import { sealCheck } from '../../seal/seal-check.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import type { SignatureSigner, TrustOptions } from '../../seal/signature/signature.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { listedSigner } from '../listed-signer.ts';

/** SECURITY: bound for a PDF that a stranger may have made and that is read whole. */
const mostPdfBytes = 512 * 1024 * 1024;

/** True for a file that begins as PDF files do. */
export async function looksLikePdf(path: string): Promise<boolean> {
  try {
    const file = await open(path, 'r');
    try {
      const head = Buffer.alloc(5);
      await file.read(head, 0, 5, 0);
      return head.toString('latin1') === '%PDF-';
    } finally {
      await file.close();
    }
  } catch {
    return false;
  }
}

/** The answer of `verify` for a signed PDF that lies by itself: a report's, or its copy with a timestamp. */
export async function verifyPdf(path: string, trust: TrustOptions): Promise<z.infer<typeof verify.output>> {
  const pdf = await readBounded(path, mostPdfBytes);
  if (typeof pdf === 'string') throw new AssayError('file-not-readable', { path, reason: pdf });
  const signatures = verifyPdfSignatures(pdf, { ...trust, subject: path });
  const signers = signatures.flatMap(({ signer }) => signer ?? []);
  const checks =
    signatures.length === 0
      ? [sealCheck('signature', 'signature-present', false, path)]
      : signatures.flatMap((signature) => signature.checks);
  return {
    path,
    kind: 'pdf',
    outcome: sealVerdict({ checks, signers }),
    signers: signers.map(listedSigner),
    checks: [...checks],
  };
}

/**
 * The checks of the PDF inside a sealed report: that its own signature holds, and that the one who sealed the report made it.
 * Whether that is somebody to be believed, and since when, the seal's own signature says: it covers the PDF too, and it is the
 * one that carries the timestamps.
 */
export async function checkReportPdf(
  path: string,
  subject: string,
  seal: SignatureSigner | undefined,
): Promise<readonly Check[]> {
  const pdf = await readBounded(path, mostPdfBytes);
  // Not there, or not readable: the manifest's checks say so.
  if (typeof pdf === 'string') return [];
  return verifyPdfSignatures(pdf, { subject }).flatMap(({ checks, integrity, coversWholeFile, signer }) => [
    sealCheck(
      'signature',
      'pdf-signature',
      integrity && coversWholeFile && signer !== undefined && signer.fingerprint === seal?.fingerprint,
      subject,
      { name: signer?.name ?? '?' },
    ),
    ...checks.filter(({ outcome }) => outcome === 'failed'),
  ]);
}
