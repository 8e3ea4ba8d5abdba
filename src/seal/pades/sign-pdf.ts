import { AssayError } from '../../base/errors.ts';
import { signDetached } from '../signature/sign-detached.ts';
import { requireValidNow } from '../signer/require-valid-now.ts';
import type { Signer } from '../signer/signer.ts';
import { byteRangePlaceholder, type SignatureRoom } from './signature-room.ts';
import { putCms } from './put-cms.ts';
import { signedBytes } from './read-pdf-signatures.ts';
import { verifyPdfSignatures } from './verify-pdf-signatures.ts';

const latin1 = new TextDecoder('latin1');

/**
 * Signs a PDF that was made with room for it (PAdES baseline B, ETSI EN 319 142-1: ETSI.CAdES.detached with signing-certificate-v2). No byte
 * moves: the range and the signature take the place of their placeholders. The result is verified before it is returned.
 *
 * @param at where the signature's object begins in the file. SECURITY: given, not searched for: a title may hold the same words
 * @throws AssayError `certificate-not-valid-now`; `defect` when the file has no such room or the signature does not verify
 */
export async function signPdf(
  pdf: Uint8Array,
  at: number,
  { bytes: room, signingTime }: SignatureRoom,
  signer: Signer,
): Promise<Uint8Array> {
  requireValidNow(signer, signingTime);
  const signed = pdf.slice();
  const head = latin1.decode(signed.subarray(at, at + 2048));
  const rangeText = `/ByteRange [${byteRangePlaceholder.join(' ')}]`;
  const rangeAt = head.indexOf(rangeText);
  const contentsAt = head.indexOf('/Contents <');
  if (rangeAt < 0 || contentsAt < 0) throw new AssayError('defect', { what: 'the PDF has no room for a signature' });
  const start = at + contentsAt + '/Contents '.length;
  const end = start + room * 2 + 2;
  if (signed[end - 1] !== '>'.charCodeAt(0))
    throw new AssayError('defect', { what: "the PDF's room has another size" });
  const range = [0, start, end, signed.length - end] as const;
  const written = `/ByteRange [${range.join(' ')}`.padEnd(rangeText.length - 1) + ']';
  signed.set(Buffer.from(written, 'latin1'), at + rangeAt);
  const cms = await signDetached(signedBytes(signed, range), signer);
  const made = putCms(signed, { start, end }, cms);
  const [check, ...more] = verifyPdfSignatures(made);
  if (check === undefined || more.length > 0 || !check.integrity || !check.coversWholeFile)
    throw new AssayError('defect', { what: "a PDF's new signature does not verify" });
  return made;
}
