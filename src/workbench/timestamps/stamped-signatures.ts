import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { reportFiles } from '../../report/write-report.ts';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
import { MalformedPdf } from '../../seal/pades/pdf-value.ts';
import { readPdfSignatures, type PdfSignature } from '../../seal/pades/read-pdf-signatures.ts';
import { isSignatureFile, signatureNumber } from '../../seal/sealed-folder/seal-files.ts';
import { readSignedData } from '../../seal/signature/read-signed-data.ts';
import { readError } from '../../seal/storage/file-error.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { signatureValue } from '../../seal/timestamp/embed-timestamp.ts';

/** One signature of a sealed report, as a timestamp sees it. */
export interface StampedSignature {
  /** Name of the file in the report. */
  readonly file: string;
  /** 1 is the seal itself; `pdf` the signature inside a PDF. */
  readonly number: number | 'pdf';
  readonly cms: Uint8Array;
  /** What a timestamp is made over. */
  readonly value: Uint8Array;
  readonly sha256: Uint8Array;
  readonly hasTimestamp: boolean;
  /** Of a signature inside a PDF: the file, and where in it the CMS lies. */
  readonly pdf?: { readonly bytes: Uint8Array; readonly room: PdfSignature['room'] };
}

const mostPdfBytes = 512 * 1024 * 1024;
const mostSignatureBytes = 4 * 1024 * 1024;

/**
 * The signatures of a sealed folder, by number. One that cannot be read is left out: the seal's own checks name it.
 *
 * @throws AssayError `file-not-found`, `file-not-readable`
 */
export async function stampedSignatures(folder: string): Promise<readonly StampedSignature[]> {
  let names: readonly string[];
  try {
    names = (await readdir(folder)).filter(isSignatureFile);
  } catch (error) {
    throw readError(error, folder);
  }
  const found: StampedSignature[] = [];
  for (const file of names) {
    const cms = await readBounded(join(folder, file), mostSignatureBytes);
    if (typeof cms === 'string') continue;
    const read = readStamped(Uint8Array.from(cms));
    if (read !== undefined) found.push({ file, number: signatureNumber(file), ...read });
  }
  return found.sort((a, b) => Number(a.number) - Number(b.number));
}

/** The signature inside the report's PDF; undefined where there is none that can be read. */
export async function stampedPdf(folder: string): Promise<StampedSignature | undefined> {
  const pdf = await readBounded(join(folder, reportFiles.pdf), mostPdfBytes);
  if (typeof pdf === 'string') return undefined;
  const bytes = Uint8Array.from(pdf);
  try {
    const signature = readPdfSignatures(bytes).at(-1);
    const read = signature && readStamped(signature.cms);
    if (signature === undefined || read === undefined) return undefined;
    return { file: reportFiles.pdf, number: 'pdf', pdf: { bytes, room: signature.room }, ...read };
  } catch (error) {
    if (error instanceof MalformedPdf) return undefined;
    throw error;
  }
}

function readStamped(cms: Uint8Array): Pick<StampedSignature, 'cms' | 'value' | 'sha256' | 'hasTimestamp'> | undefined {
  try {
    const value = signatureValue(cms);
    const [signer] = readSignedData(cms).signerInfos;
    const hasTimestamp = (signer?.timestamps.length ?? 0) > 0;
    return { cms, value, sha256: createHash('sha256').update(value).digest(), hasTimestamp };
  } catch (error) {
    if (error instanceof MalformedAsn1 || error instanceof AssayError) return undefined;
    throw error;
  }
}
