import { stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import type { z } from 'zod';
import { allPassed, type Check } from '../../base/check.ts';
import { AssayError } from '../../base/errors.ts';
import { detailOf } from '../../case/custody/custody-action.ts';
import { caseFiles } from '../../case/case-layout.ts';
import { openCase } from '../../case/open-case.ts';
import { verifyCase } from '../../case/verify/verify-case.ts';
import type { verify } from '../../contract/operations.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { findTrustedPath } from '../../seal/certificate/certificate-chain.ts';
import { readCertificate } from '../../seal/certificate/read-certificate.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import { sealFiles } from '../../seal/sealed-folder/seal-files.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';
import type { Engine } from '../engine.ts';
import { knownCertificates, readTrusted } from '../known-certificates.ts';
import { listedCertifier, listedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';

type Answer = z.infer<typeof verify.output>;

/** Answers `verify`: every check of a case or a sealed report, and one word for the whole. */
export async function verifyOperation(
  engine: Engine,
  input: z.infer<typeof verify.input>,
  context: OperationContext,
): Promise<Answer> {
  const path = resolve(input.path);
  const trusted = await readTrusted(input.trusted ?? []);
  const known = await knownCertificates(engine);
  if (await isThere(join(path, caseFiles.record))) return verifyWholeCase(engine, path, trusted, known, context);
  if (await isThere(join(path, sealFiles.manifest))) return verifyReport(path, trusted, known, context);
  if (!(await isThere(path))) throw new AssayError('file-not-found', { path });
  // A folder with a custody log and no case.json is a damaged case, and says so.
  if (await isThere(join(path, caseFiles.custody))) return verifyWholeCase(engine, path, trusted, known, context);
  throw new AssayError('nothing-to-verify', { path });
}

async function verifyReport(
  path: string,
  trusted: readonly Certificate[],
  known: readonly Certificate[],
  context: OperationContext,
): Promise<Answer> {
  const verification = await verifySealedFolder(path, {
    ...(trusted.length > 0 ? { trusted } : {}),
    known,
    signal: context.signal,
  });
  return {
    path,
    kind: 'report',
    outcome: sealVerdict(verification),
    signers: verification.signers.map(listedSigner),
    checks: [...verification.checks],
  };
}

async function verifyWholeCase(
  engine: Engine,
  path: string,
  trusted: readonly Certificate[],
  known: readonly Certificate[],
  context: OperationContext,
): Promise<Answer> {
  const believed = [...trusted, ...known];
  const checks = await verifyCase(path, {
    ...(believed.length > 0 ? { trusted: believed } : {}),
    state: engine.state,
    progress: context.progress,
    signal: context.signal,
  });
  const signers = await certifiers(engine, path, believed);
  return { path, kind: 'case', outcome: caseVerdict(checks, signers), signers, checks: [...checks] };
}

/** Identities that certified the case's custody keys, as the log names them. */
async function certifiers(engine: Engine, path: string, believed: readonly Certificate[]): Promise<Answer['signers']> {
  const opened = await openCase({ folder: path, mode: 'read', clock: engine.clock }).catch(() => undefined);
  const signers = new Map<string, Answer['signers'][number]>();
  for (const entry of opened?.custody.entries() ?? []) {
    const detail = detailOf(entry, 'key.certified');
    const [pem] = detail?.issuers ?? [];
    if (detail === undefined || pem === undefined) continue;
    const certificate = readable(pem);
    if (certificate === undefined) continue;
    const above = detail.issuers.slice(1).flatMap((issuer) => readable(issuer) ?? []);
    const path = findTrustedPath(certificate, above, believed, new Date(entry.at))?.path ?? [];
    signers.set(certificate.sha256, listedCertifier(certificate, path));
  }
  await opened?.close();
  return [...signers.values()];
}

function readable(pem: string): Certificate | undefined {
  try {
    return readCertificate(pem);
  } catch {
    // The chain's own checks have named it.
    return undefined;
  }
}

function caseVerdict(checks: readonly Check[], signers: Answer['signers']): Answer['outcome'] {
  if (!allPassed(checks) || signers.length === 0) return 'invalid';
  if (signers.every(({ practice }) => practice)) return 'practice';
  return signers.every(({ trusted }) => trusted) ? 'valid' : 'signer-unknown';
}

async function isThere(path: string): Promise<boolean> {
  try {
    await stat(path);
    return true;
  } catch {
    return false;
  }
}
