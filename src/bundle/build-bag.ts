import { AssayError } from '../base/errors.ts';
import { canonicalJsonFile } from '../base/canonical-json.ts';
import { silent, type Progress } from '../base/progress.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import type { Translate } from '../seal/sealed-folder/how-to-verify.ts';
import { bagInfoText } from './bag/bag-info.ts';
import { bagFiles, declarationText, entryOrder, manifestText, payloadPrefix } from './bag/bag-files.ts';
import { bagFolder, type BundleRecord } from './bag/bundle-record.ts';
import { howToVerifyBundleText } from './bag/how-to-verify-bundle.ts';
import { measureFile, type BagFile, type MeasuredFile } from './bag/measure-file.ts';
import { pathProblem } from './zip/entry-path.ts';
import type { EntryToWrite } from './zip/write-zip.ts';

export interface BagWanted {
  /** Everything below `data/`. */
  readonly payload: readonly BagFile[];
  readonly record: BundleRecord;
  readonly certificate: Certificate;
  readonly issuers: readonly Certificate[];
  /** Words of HOW-TO-VERIFY.txt. */
  readonly text: Translate;
  /** Signs `tagmanifest-sha256.txt`: a detached CMS signature, DER. */
  readonly sign: (tagManifest: Uint8Array) => Promise<Uint8Array>;
  /** Stage `bundle-hashing`, in bytes. */
  readonly progress?: Progress;
  readonly payloadBytes: number;
  readonly signal: AbortSignal;
}

export interface Bag {
  /** In the order of the archive, each below the bag's folder. */
  readonly entries: readonly EntryToWrite[];
  readonly folder: string;
  readonly payloadFiles: number;
  readonly payloadBytes: number;
}

/**
 * Reads every file of the payload once, holds it against what the custody log recorded, and puts the bag (RFC 8493)
 * together: manifests, tag files, and the seal over them. Everything but the seal is the same for the same payload.
 *
 * @throws AssayError `case-damaged` for a file that is not what was recorded, `changed-while-copying`, `file-not-found`,
 *   `file-not-readable`, `cancelled`, and what signing throws
 */
export async function buildBag(wanted: BagWanted): Promise<Bag> {
  const { record, certificate, signal, progress = silent } = wanted;
  let done = 0;
  const measure = (file: BagFile): Promise<MeasuredFile> =>
    measureFile(
      file,
      (bytes) => {
        done += bytes;
        progress({
          stage: 'bundle-hashing',
          subject: file.path.slice(payloadPrefix.length),
          done: Math.min(done, wanted.payloadBytes),
          total: wanted.payloadBytes,
          unit: 'bytes',
        });
      },
      signal,
    );
  const payload: MeasuredFile[] = [];
  for (const file of wanted.payload) {
    const unsafe = pathProblem(file.path);
    if (unsafe !== undefined)
      throw new AssayError('bundle-path-unsafe', { path: file.path, entry: file.path, reason: unsafe });
    const measured = await measure(file);
    if (file.recordedSha256 !== undefined && file.recordedSha256 !== measured.sha256)
      throw new AssayError('case-damaged', { path: record.case.title, file: file.path.slice(payloadPrefix.length) });
    payload.push(measured);
  }
  const payloadBytes = payload.reduce((sum, { sizeBytes }) => sum + sizeBytes, 0);
  const info = bagInfoText({
    software: `Assay ${record.assay}`,
    date: record.custody.at.slice(0, 10),
    caseId: record.case.id,
    title: record.case.title,
    ...(record.case.reference === undefined ? {} : { reference: record.case.reference }),
    contact: certificate.name,
    ...(certificate.subject.organisation === undefined ? {} : { organisation: certificate.subject.organisation }),
    payloadBytes,
    payloadFiles: payload.length,
  });
  const silently = (path: string, text: string | Uint8Array): Promise<MeasuredFile> =>
    measureFile({ path, from: Buffer.from(text) }, () => undefined, signal);
  const listed = await Promise.all([
    silently(bagFiles.declaration, declarationText),
    silently(bagFiles.info, info),
    silently(bagFiles.record, canonicalJsonFile(record)),
    silently(bagFiles.howToVerify, howToVerifyBundleText(certificate, wanted.text)),
    silently(bagFiles.certificate, [certificate, ...wanted.issuers].map(({ pem }) => pem).join('')),
    silently(bagFiles.manifestSha256, manifest(payload, 'sha256')),
    silently(bagFiles.manifestSha512, manifest(payload, 'sha512')),
  ]);
  const tagManifest = Buffer.from(manifest(listed, 'sha256'));
  const tags = [
    ...listed,
    await silently(bagFiles.tagManifestSha256, tagManifest),
    await silently(bagFiles.tagManifestSha512, manifest(listed, 'sha512')),
    await silently(bagFiles.signature, await wanted.sign(tagManifest)),
  ];
  const folder = bagFolder(record);
  const all = new Map([...tags, ...payload].map((file) => [file.path, file]));
  const entries = entryOrder([...all.keys()]).map((path): EntryToWrite => {
    const file = all.get(path)!;
    return { path: `${folder}/${path}`, sizeBytes: file.sizeBytes, crc32: file.crc32, bytes: () => file.bytes() };
  });
  return { entries, folder, payloadFiles: payload.length, payloadBytes };
}

function manifest(files: readonly MeasuredFile[], name: 'sha256' | 'sha512'): string {
  return manifestText(files.map((file) => ({ path: file.path, digest: file[name] })));
}
