import type { Check } from '../../base/check.ts';
import { validAt } from '../certificate/certificate.ts';
import { sealCheck } from '../seal-check.ts';
import type { SignatureSigner, TrustOptions } from '../signature/signature.ts';
import { verifyDetached } from '../signature/verify-detached.ts';
import { MalformedPdf } from './pdf-value.ts';
import { readPdfSignatures, signedBytes, type PdfSignature } from './read-pdf-signatures.ts';
import { padesFilter } from './signature-room.ts';

export interface VerifiedPdfSignature {
  /** The signature as it lies in the file; absent where it could not be read. */
  readonly signature?: PdfSignature;
  readonly coversWholeFile: boolean;
  /** The bytes that it covers are those that were signed, by the certificate that it names. Says nothing about who that is. */
  readonly integrity: boolean;
  readonly signer?: SignatureSigner;
  /** Each thing apart: those of {@link verifyDetached}, and `pdf-signature-readable`, `pdf-covers-file`. */
  readonly checks: readonly Check[];
}

/**
 * Verifies the signatures of a PDF; none gives an empty list. Never throws for what the file holds: one that cannot be read is an
 * entry whose check failed.
 *
 * @param options.subject what the checks call the file
 */
export function verifyPdfSignatures(
  pdf: Uint8Array,
  options: TrustOptions & { readonly subject?: string } = {},
): readonly VerifiedPdfSignature[] {
  const { subject = 'PDF' } = options;
  let signatures: readonly PdfSignature[];
  try {
    signatures = readPdfSignatures(pdf);
  } catch (error) {
    if (!(error instanceof MalformedPdf)) throw error;
    const check = sealCheck('signature', 'pdf-signature-readable', 'failed', subject, { reason: error.message });
    return [{ coversWholeFile: false, integrity: false, checks: [check] }];
  }
  // A later signature covers what came after an earlier one: the file is whole when the last covers it.
  const whole = signatures.some(({ coversWholeFile }) => coversWholeFile);
  return signatures.map((signature) => verifyOne(pdf, signature, whole, { ...options, subject }));
}

function verifyOne(
  pdf: Uint8Array,
  signature: PdfSignature,
  whole: boolean,
  options: TrustOptions & { readonly subject: string },
): VerifiedPdfSignature {
  const { subject } = options;
  const { byteRange, cms, subFilter, signingTime, coversWholeFile } = signature;
  const { checks, signers } = verifyDetached(signedBytes(pdf, byteRange), cms, {
    ...options,
    ...(signingTime === undefined ? {} : { claimedTime: signingTime }),
  });
  const [signer] = signers;
  const all = [
    sealCheck('signature', 'pdf-signature-readable', subFilter === padesFilter.subFilter, subject, { subFilter }),
    sealCheck('integrity', 'pdf-covers-file', coversWholeFile || whole, subject),
    ...checks.map((check) => validityByPdf(check, signer, signingTime)),
  ];
  const validInTime = !all.some(({ code, outcome }) => code === 'certificate-validity' && outcome === 'failed');
  const integrity =
    subFilter === padesFilter.subFilter && signers.length === 1 && signer?.valid === true && validInTime;
  return {
    signature,
    coversWholeFile,
    integrity,
    checks: all,
    ...(signer === undefined
      ? {}
      : {
          signer: {
            ...signer,
            valid: signer.valid && validInTime,
            ...(signer.signingTime === undefined && signingTime !== undefined ? { signingTime } : {}),
          },
        }),
  };
}

/** A PAdES signature states its time in the PDF, so the certificate's validity is looked at there. */
function validityByPdf(check: Check, signer: SignatureSigner | undefined, signingTime: Date | undefined): Check {
  if (check.code !== 'certificate-validity' || check.outcome !== 'not-checked') return check;
  if (signer === undefined || signingTime === undefined) return check;
  return sealCheck('certificate', 'certificate-validity', validAt(signer.certificate, signingTime), check.subject, {
    ...check.details,
    signingTime: signingTime.toISOString(),
  });
}
