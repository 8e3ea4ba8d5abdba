import { open, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Text } from '../base/text.ts';
import { caseFiles } from '../case/case-layout.ts';
import { syncFolder } from '../case/durable-file.ts';
import { readProblem, writeProblem } from '../case/file-problem.ts';
import { howToVerifyText } from '../seal/sealed-folder/how-to-verify.ts';
import { sealFiles } from '../seal/sealed-folder/seal-files.ts';
import { sealFolder } from '../seal/sealed-folder/seal-folder.ts';
import { verifySealedFolder } from '../seal/sealed-folder/verify-sealed-folder.ts';
import type { Signer } from '../seal/signer/signer.ts';
import { signPdf } from '../seal/pades/sign-pdf.ts';
import { signatureRoom } from '../seal/pades/signature-room.ts';
import { drawNote, drawNotePage, drawPdf } from './draw-pdf.ts';
import { drawReport, type DrawnReport } from './draw-report.ts';
import type { ReportInput } from './model/report-input.ts';

export const reportFiles = {
  json: 'report.json',
  html: 'report.html',
  pdf: 'report.pdf',
  note: 'public-note.pdf',
  notePage: 'public-note.html',
} as const;

export interface ReportOrder {
  readonly input: ReportInput;
  /** Words of the case's language. */
  readonly text: Text;
  readonly resourcesFolder: string;
  /** Empty folder under an unfinished name, as `beginReport` gives it. */
  readonly folder: string;
  /** The case's custody log and its signed head, copied into the report as they are now. */
  readonly custodyLog: string;
  readonly custodyHead: string;
  readonly signer: Signer;
  /** Writes the public note too. */
  readonly note?: boolean;
  readonly clock: () => Date;
  /** Records the finished folder in the custody log and gives it its final name, which it returns (`recordReport`). */
  readonly place: (folder: string) => Promise<string>;
  readonly signal?: AbortSignal;
}

export interface WrittenReport {
  readonly folder: string;
  readonly json: string;
  readonly html: string;
  readonly pdf: string;
  /** The public note, where one was asked for. */
  readonly note?: string;
  readonly manifest: string;
  readonly signature: string;
  /** SHA-256 of the manifest: one number for the whole report. */
  readonly manifestSha256: string;
}

/**
 * Writes a report and seals it: report.json, report.html, report.pdf with its own signature, the custody log and its head as they are now, HOW-TO-VERIFY.txt, the
 * signer's certificate, manifest and signature. Everything is made under an unfinished name and gets its final one at the end, so that a
 * kill leaves no half report. Then it is read back from its final place: every file must be what was written, and the seal must hold.
 *
 * @throws AssayError `file-not-writable`, `disk-full`, `file-not-readable`, those of `sealFolder`; `report-differs` when what lies on the
 *   disk is not what was written; `cancelled`
 */
export async function writeReport(order: ReportOrder): Promise<WrittenReport> {
  const { folder, signer, signal } = order;
  const stopIfCancelled = () => {
    if (signal?.aborted === true) throw new AssayError('cancelled', { what: order.input.id });
  };
  const files = await makeFiles(order);
  stopIfCancelled();
  for (const [name, bytes] of files) await writeDurably(join(folder, name), bytes);
  await syncFolder(folder);
  const { manifestSha256 } = await sealFolder(folder, signer, {
    clock: order.clock,
    ...(signal === undefined ? {} : { signal }),
  });
  stopIfCancelled();
  const final = await order.place(folder);
  await readBack(final, files, manifestSha256);
  return {
    folder: final,
    json: join(final, reportFiles.json),
    html: join(final, reportFiles.html),
    pdf: join(final, reportFiles.pdf),
    ...(order.note === true ? { note: join(final, reportFiles.note) } : {}),
    manifest: join(final, sealFiles.manifest),
    signature: join(final, sealFiles.signature),
    manifestSha256,
  };
}

async function makeFiles(order: ReportOrder): Promise<ReadonlyMap<string, Uint8Array>> {
  const { text } = order;
  const drawn = await drawReport(order.input, text, order.resourcesFolder);
  const { json, html } = drawn;
  const pdfs = order.note === true ? [reportFiles.pdf, reportFiles.note] : [reportFiles.pdf];
  return new Map<string, Uint8Array>([
    [reportFiles.json, Buffer.from(json, 'utf8')],
    [reportFiles.html, Buffer.from(html, 'utf8')],
    [reportFiles.pdf, await signedPdf(order, drawn, drawPdf)],
    ...(order.note === true ? await noteFiles(order, drawn) : []),
    [caseFiles.custody, await readWhole(order.custodyLog)],
    [caseFiles.custodyHead, await readWhole(order.custodyHead)],
    [sealFiles.howToVerify, Buffer.from(howToVerifyText(order.signer.certificate, text, pdfs), 'utf8')],
  ]);
}

/** The public note, to be handed out and to be copied from. */
async function noteFiles(order: ReportOrder, drawn: DrawnReport): Promise<[string, Uint8Array][]> {
  return [
    [reportFiles.note, await signedPdf(order, drawn, drawNote)],
    [reportFiles.notePage, Buffer.from(await drawNotePage(drawn, order.text, order.resourcesFolder), 'utf8')],
  ];
}

/** A PDF is signed before the manifest is made, so that the seal of the folder covers the signed file. */
async function signedPdf(
  { text, resourcesFolder, signer, signal }: ReportOrder,
  drawn: DrawnReport,
  draw: typeof drawPdf,
): Promise<Uint8Array> {
  const room = signatureRoom(signer, new Date(drawn.model.createdAt.utc));
  const { bytes, signatureAt } = await draw(drawn, text, resourcesFolder, {
    signature: room,
    ...(signal === undefined ? {} : { signal }),
  });
  if (signatureAt === undefined)
    throw new AssayError('defect', { what: 'a PDF was made without room for its signature' });
  return signPdf(bytes, signatureAt, room, signer);
}

async function readWhole(path: string): Promise<Uint8Array> {
  try {
    return await readFile(path);
  } catch (error) {
    throw readProblem(path, error);
  }
}

async function writeDurably(path: string, bytes: Uint8Array): Promise<void> {
  try {
    const handle = await open(path, 'wx', 0o644);
    try {
      await handle.writeFile(bytes);
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    throw writeProblem(path, error);
  }
}

/** FORENSIC: a report that was silently not saved, or not as it was meant, is worse than an error. */
async function readBack(folder: string, files: ReadonlyMap<string, Uint8Array>, manifestSha256: string): Promise<void> {
  for (const [name, bytes] of files) {
    const there = await readWhole(join(folder, name));
    if (Buffer.compare(there, bytes) !== 0) throw new AssayError('report-differs', { path: folder, file: name });
  }
  const seal = await verifySealedFolder(folder);
  const broken = seal.checks.find(({ outcome }) => outcome === 'failed');
  if (broken !== undefined) throw new AssayError('report-differs', { path: folder, file: broken.subject });
  if (seal.manifestSha256 !== manifestSha256)
    throw new AssayError('report-differs', { path: folder, file: sealFiles.manifest });
}
