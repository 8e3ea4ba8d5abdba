import type { Signer } from '../signer/signer.ts';

/** The room in a PDF that a signature is put into later, and what stands beside it (ISO 32000-1 §12.8.1, table 252). */
export interface SignatureRoom {
  /** Bytes of CMS that fit. */
  readonly bytes: number;
  /** Name on the signer's certificate. */
  readonly signerName: string;
  /** Claimed by the signer's clock: a PAdES signature states it in the PDF, not in the CMS (ETSI EN 319 142-1 §5.3). */
  readonly signingTime: Date;
}

/** Entries of a signature dictionary that a PAdES signature has; the rest is in {@link SignatureRoom}. */
export const padesFilter = { filter: 'Adobe.PPKLite', subFilter: 'ETSI.CAdES.detached' } as const;

/** What stands in `/ByteRange` until the file is signed: as wide as the numbers of any file that we make. */
export const byteRangePlaceholder = [0, 9_999_999_999, 9_999_999_999, 9_999_999_999] as const;

/** A timestamp with its authority's certificates is put into the CMS later, without moving a byte of the file. */
const roomForTimestamp = 16 * 1024;
const roomForSignerInfo = 2 * 1024;
const step = 4 * 1024;
/** Longest string that PDF/A allows (ISO 19005-2 §6.1.13). */
const longestString = 32_767;

/** Room for this signer's signature with its chain, and for a timestamp (PAdES-T) afterwards. */
export function signatureRoom({ certificate, issuers }: Signer, signingTime: Date): SignatureRoom {
  const chain = [certificate, ...issuers].reduce((sum, { der }) => sum + der.length, 0);
  const wished = Math.ceil((chain + roomForSignerInfo + roomForTimestamp) / step) * step;
  // Only a chain of some ten large certificates comes near; it takes from the timestamp's room, not from itself.
  const bytes = Math.max(Math.min(wished, longestString), chain + roomForSignerInfo);
  return { bytes, signerName: certificate.name, signingTime };
}
