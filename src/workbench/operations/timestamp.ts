import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { toString as qrCode } from 'qrcode';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { importTimestamp, requestTimestamp } from '../../contract/seal-operations.ts';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
import { putCms } from '../../seal/pades/put-cms.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';
import { writeError } from '../../seal/storage/file-error.ts';
import { writeAtomically } from '../../seal/storage/write-atomically.ts';
import { embedTimestamp } from '../../seal/timestamp/embed-timestamp.ts';
import {
  makeTimestampRequest,
  readTimestampRequest,
  type TimestampRequest,
} from '../../seal/timestamp/timestamp-request.ts';
import type { Engine } from '../engine.ts';
import { readTrusted, verificationTrust } from '../known-certificates.ts';
import type { OperationContext } from '../operation-context.ts';
import { addToReport, findReport } from '../report-place.ts';
import { checkTimestamp } from '../timestamps/check-timestamp.ts';
import { keptRequests } from '../timestamps/kept-requests.ts';
import { stampedPdf, stampedSignatures, type StampedSignature } from '../timestamps/stamped-signatures.ts';
import { readWhole } from '../trust/trust-store.ts';

/** Answers `timestamp.request`: writes a request (`.tsq`) and its QR code for each signature, to be carried to an authority. */
export async function requestTimestampOperation(
  engine: Engine,
  input: z.infer<typeof requestTimestamp.input>,
  context: OperationContext,
): Promise<z.infer<typeof requestTimestamp.output>> {
  const { folder, id } = await findReport(input.path);
  await requireWhole(folder, context);
  const pdf = await stampedPdf(folder);
  const signatures = [...(await stampedSignatures(folder)), ...(pdf === undefined ? [] : [pdf])];
  const wanted = signatures.filter(({ number, hasTimestamp }) =>
    input.signature === undefined ? !hasTimestamp : number === input.signature,
  );
  // The PDF under the seal stays as it is for good; when all else is stamped, its copy has most likely been made.
  if (wanted.length === 0 || (input.signature === undefined && wanted.every(({ number }) => number === 'pdf'))) {
    if (input.signature === undefined) throw new AssayError('timestamp-there', { path: folder });
    throw new AssayError('unknown-name', {
      kind: 'signature',
      name: String(input.signature),
      known: signatures.map(({ number }) => number).join(', '),
    });
  }
  const out = resolve(input.out);
  try {
    await mkdir(out, { recursive: true });
  } catch (error) {
    throw writeError(error, out);
  }
  const kept = keptRequests(engine.state);
  const requests = [];
  for (const { file, number, sha256 } of wanted) {
    const request = makeTimestampRequest(sha256, randomBytes(8));
    const name = number === 'pdf' ? `${id}-pdf` : `${id}-signature-${String(number)}`;
    const path = join(out, `${name}.tsq`);
    const qr = join(out, `${name}.svg`);
    const imprint = Buffer.from(sha256).toString('hex');
    await kept.keep(imprint, request);
    await writeAtomically(path, request);
    await writeAtomically(qr, await qrCode(Buffer.from(request).toString('base64'), { type: 'svg', margin: 4 }));
    const { nonce = '' } = readTimestampRequest(request);
    requests.push({ of: file, name, request: path, qr, sha256: imprint, nonce });
  }
  return { path: folder, requests };
}

/** Answers `timestamp.import`: checks an authority's answer against its request and puts it into the signature. */
export async function importTimestampOperation(
  engine: Engine,
  input: z.infer<typeof importTimestamp.input>,
  context: OperationContext,
): Promise<z.infer<typeof importTimestamp.output>> {
  const place = await findReport(input.path);
  const { folder } = place;
  const file = resolve(input.file);
  const bytes = await readWhole(file);
  const named = await readTrusted((input.authorities ?? []).map((path) => resolve(path)));
  const given = input.request === undefined ? undefined : await readRequest(resolve(input.request));
  const { timestampAuthorities = [] } = await verificationTrust(engine, {});
  const kept = keptRequests(engine.state);
  await requireWhole(folder, context);
  const pdf = await stampedPdf(folder);
  const checked = await checkTimestamp(
    { path: file, bytes },
    {
      report: place.id,
      stampables: [...(await stampedSignatures(folder)), ...(pdf === undefined ? [] : [pdf])],
      requestsFor: async (imprint) => (given === undefined ? kept.find(imprint) : [given]),
      authorities: named.length > 0 ? named : timestampAuthorities,
    },
  );
  const { stamped, info, attested, token } = checked;
  const written =
    stamped.pdf === undefined
      ? await addToReport(engine, place, context, async () => ({
          files: new Map([[stamped.file, embedTimestamp(await unchanged(folder, stamped), token)]]),
          answer: join(folder, stamped.file),
        }))
      : await writeStampedPdf(stamped.pdf, embedTimestamp(stamped.cms, token), {
          path: join(resolve(input.out ?? '.'), `${place.id}-timestamped.pdf`),
          source: file,
        });
  return {
    path: folder,
    of: stamped.file,
    written,
    at: attested.at.toISOString(),
    by: attested.by,
    chain: attested.path.map(({ name }) => name),
    serialNumber: info.serialNumber,
    policy: info.policy,
    accuracyMs: info.accuracyMs ?? null,
    recordedIn: stamped.pdf === undefined ? (place.caseFolder ?? null) : null,
  };
}

/** The signature as it lies there now: another timestamp may have joined it while the case was being opened. */
async function unchanged(folder: string, { file, cms, value }: StampedSignature): Promise<Uint8Array> {
  const now = (await stampedSignatures(folder)).find((one) => one.file === file);
  return now !== undefined && Buffer.compare(now.value, value) === 0 ? now.cms : cms;
}

/**
 * Writes the copy of the PDF that carries the timestamp. FORENSIC: the PDF under the seal stays as it is: its bytes are in the
 * manifest, and a seal is never made anew. Nothing but the room that the signature leaves for itself differs in the copy.
 */
async function writeStampedPdf(
  { bytes, room }: NonNullable<StampedSignature['pdf']>,
  cms: Uint8Array,
  { path, source }: { readonly path: string; readonly source: string },
): Promise<string> {
  if (cms.length * 2 > room.end - room.start - 2) throw new AssayError('timestamp-too-large', { path: source });
  try {
    await mkdir(dirname(path), { recursive: true });
  } catch (error) {
    throw writeError(error, path);
  }
  await writeAtomically(path, putCms(bytes, room, cms));
  return path;
}

async function readRequest(path: string): Promise<TimestampRequest> {
  try {
    return readTimestampRequest(await readWhole(path));
  } catch (error) {
    if (!(error instanceof MalformedAsn1)) throw error;
    throw new AssayError('timestamp-unreadable', { path, reason: error.message }, { cause: error });
  }
}

/** A timestamp on a seal that does not hold would attest to nothing. */
async function requireWhole(folder: string, { signal }: OperationContext): Promise<void> {
  const { checks } = await verifySealedFolder(folder, { signal });
  const broken = checks.find(({ outcome }) => outcome === 'failed');
  if (broken !== undefined) throw new AssayError('seal-broken', { path: folder, subject: broken.subject });
}
