import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
import { isSignatureFile, signatureNumber } from '../../seal/sealed-folder/seal-files.ts';
import { readSignedData } from '../../seal/signature/read-signed-data.ts';
import { readError } from '../../seal/storage/file-error.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { signatureValue } from '../../seal/timestamp/embed-timestamp.ts';

/** One signature of a sealed report, as a timestamp sees it. */
export interface StampedSignature {
  /** Name of the file in the report. */
  readonly file: string;
  /** 1 is the seal itself. */
  readonly number: number;
  readonly cms: Uint8Array;
  /** What a timestamp is made over. */
  readonly value: Uint8Array;
  readonly sha256: Uint8Array;
  readonly hasTimestamp: boolean;
}

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
    try {
      const value = signatureValue(cms);
      const [signer] = readSignedData(cms).signerInfos;
      found.push({
        file,
        number: signatureNumber(file),
        cms: Uint8Array.from(cms),
        value,
        sha256: createHash('sha256').update(value).digest(),
        hasTimestamp: (signer?.timestamps.length ?? 0) > 0,
      });
    } catch (error) {
      if (!(error instanceof MalformedAsn1) && !(error instanceof AssayError)) throw error;
    }
  }
  return found.sort((a, b) => a.number - b.number);
}
