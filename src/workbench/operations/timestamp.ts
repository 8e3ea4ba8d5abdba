import { randomBytes } from 'node:crypto';
import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { toString as qrCode } from 'qrcode';
import type { z } from 'zod';
import { AssayError } from '../../base/errors.ts';
import type { importTimestamp, requestTimestamp } from '../../contract/seal-operations.ts';
import { MalformedAsn1 } from '../../seal/asn1/der.ts';
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
import { stampedSignatures } from '../timestamps/stamped-signatures.ts';
import { readWhole } from '../trust/trust-store.ts';

/** Answers `timestamp.request`: writes a request (`.tsq`) and its QR code for each signature, to be carried to an authority. */
export async function requestTimestampOperation(
  engine: Engine,
  input: z.infer<typeof requestTimestamp.input>,
  context: OperationContext,
): Promise<z.infer<typeof requestTimestamp.output>> {
  const { folder, id } = await findReport(input.path);
  await requireWhole(folder, context);
  const signatures = await stampedSignatures(folder);
  const wanted = signatures.filter(({ number, hasTimestamp }) =>
    input.signature === undefined ? !hasTimestamp : number === input.signature,
  );
  if (wanted.length === 0) {
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
    const name = `${id}-signature-${String(number)}`;
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
  const { checked, written } = await addToReport(engine, place, context, async () => {
    await requireWhole(folder, context);
    const result = await checkTimestamp(
      { path: file, bytes },
      {
        report: place.id,
        stampables: await stampedSignatures(folder),
        requestsFor: async (imprint) => (given === undefined ? kept.find(imprint) : [given]),
        authorities: named.length > 0 ? named : timestampAuthorities,
      },
    );
    const { file: name, cms } = result.stamped;
    const files = new Map([[name, embedTimestamp(cms, result.token)]]);
    return { files, answer: { checked: result, written: join(folder, name) } };
  });
  const { stamped, info, attested } = checked;
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
    recordedIn: place.caseFolder ?? null,
  };
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
