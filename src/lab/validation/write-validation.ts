import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import type { Text } from '../../base/text.ts';
import { loadReportStyle } from '../../report/load-report-style.ts';
import { howToVerifyText } from '../../seal/sealed-folder/how-to-verify.ts';
import { sealFiles } from '../../seal/sealed-folder/seal-files.ts';
import { sealFolder } from '../../seal/sealed-folder/seal-folder.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';
import type { Signer } from '../../seal/signer/signer.ts';
import { writeError } from '../../seal/storage/file-error.ts';
import { writeAtomically } from '../../seal/storage/write-atomically.ts';
import { validationHtml } from './validation-html.ts';
import { ValidationRecord } from './validation-record.ts';

export const validationFiles = { json: 'validation.json', html: 'validation.html' } as const;

export interface WrittenValidation {
  readonly folder: string;
  readonly json: string;
  readonly html: string;
  readonly signature: string;
}

/**
 * Writes the record and seals it as a folder of its own, then reads the seal back.
 *
 * @throws AssayError `file-not-writable`, those of `sealFolder`, and `report-differs` when what was written does not verify
 */
export async function writeValidation(
  folder: string,
  record: ValidationRecord,
  made: {
    readonly text: Text;
    readonly resourcesFolder: string;
    readonly signer: Signer;
    readonly clock: () => Date;
  },
): Promise<WrittenValidation> {
  const { text, signer, clock } = made;
  const page = validationHtml(ValidationRecord.parse(record), text, await loadReportStyle(made.resourcesFolder));
  try {
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeError(error, folder);
  }
  await writeAtomically(join(folder, validationFiles.json), canonicalJsonFile(record));
  await writeAtomically(join(folder, validationFiles.html), page);
  await writeAtomically(join(folder, sealFiles.howToVerify), howToVerifyText(signer.certificate, text));
  await sealFolder(folder, signer, { clock });
  const { checks } = await verifySealedFolder(folder);
  const failed = checks.find(({ outcome }) => outcome === 'failed');
  if (failed !== undefined) throw new AssayError('report-differs', { path: folder, file: failed.subject });
  return {
    folder,
    json: join(folder, validationFiles.json),
    html: join(folder, validationFiles.html),
    signature: join(folder, sealFiles.signature),
  };
}
