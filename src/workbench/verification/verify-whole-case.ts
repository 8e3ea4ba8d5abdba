import type { z } from 'zod';
import { allPassed, type Check } from '../../base/check.ts';
import { detailOf } from '../../case/custody/custody-action.ts';
import { openCase } from '../../case/open-case.ts';
import { verifyCase } from '../../case/verify/verify-case.ts';
import type { verify } from '../../contract/operations.ts';
import type { Certificate } from '../../seal/certificate/certificate.ts';
import { findTrustedPath } from '../../seal/certificate/certificate-chain.ts';
import { readCertificate } from '../../seal/certificate/read-certificate.ts';
import { checkRevocation } from '../../seal/signature/check-revocation.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import type { Engine } from '../engine.ts';
import { listedCertifier, type ListedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';
import { checkCaseReports } from './check-case-reports.ts';

/** Every check of a case: custody log, files, the identities behind the log's keys, and the seals of its reports. */
export async function verifyWholeCase(
  engine: Engine,
  path: string,
  trust: TrustOptions,
  context: Pick<OperationContext, 'signal' | 'progress'>,
): Promise<z.infer<typeof verify.output>> {
  const believed = [...(trust.trusted ?? []), ...(trust.known ?? [])];
  const verified = await verifyCase(path, {
    ...(believed.length > 0 ? { trusted: believed } : {}),
    state: engine.state,
    progress: context.progress,
    signal: context.signal,
  });
  const certifiers = await certifiersOf(engine, path);
  const signers: ListedSigner[] = [];
  const checks: Check[] = [...verified];
  for (const { certificate, above, last } of certifiers) {
    const { check, revocation, isDoubtful } = checkRevocation(
      certificate,
      { signingTime: last },
      trust.revocations ?? [],
    );
    if (revocation !== undefined) checks.push(check);
    const chain = findTrustedPath(certificate, above, believed, last)?.path ?? [];
    signers.push({
      ...listedCertifier(certificate, isDoubtful ? [] : chain),
      revokedSince: revocation?.since.toISOString() ?? null,
    });
  }
  const reports = await checkCaseReports(path, trust, context);
  checks.push(...reports.checks);
  return {
    path,
    kind: 'case',
    outcome: caseVerdict(checks, signers),
    signers: [...signers, ...reports.signers],
    checks,
  };
}

interface Certifier {
  readonly certificate: Certificate;
  readonly above: readonly Certificate[];
  /** When a key that it certified was used last, by that machine's clock. */
  readonly last: Date;
}

/** Identities that certified the case's custody keys, as the log names them. */
async function certifiersOf(engine: Engine, path: string): Promise<readonly Certifier[]> {
  const opened = await openCase({ folder: path, mode: 'read', clock: engine.clock }).catch(() => undefined);
  const entries = opened?.custody.entries() ?? [];
  await opened?.close();
  const certifiers = new Map<string, Certifier>();
  for (const entry of entries) {
    const detail = detailOf(entry, 'key.certified');
    const [certificate, ...above] = (detail?.issuers ?? []).flatMap((pem) => readable(pem) ?? []);
    const key = detail && readable(detail.certificate);
    if (certificate === undefined || key === undefined) continue;
    const used = entries.filter((one) => one.key === key.sha256).map(({ at }) => Date.parse(at));
    const before = certifiers.get(certificate.sha256)?.last.getTime() ?? 0;
    const last = new Date(Math.max(before, Date.parse(entry.at), ...used));
    certifiers.set(certificate.sha256, { certificate, above, last });
  }
  return [...certifiers.values()];
}

function readable(pem: string): Certificate | undefined {
  try {
    return readCertificate(pem);
  } catch {
    // The chain's own checks have named it.
    return undefined;
  }
}

function caseVerdict(
  checks: readonly Check[],
  signers: readonly ListedSigner[],
): z.infer<typeof verify.output>['outcome'] {
  if (!allPassed(checks) || signers.length === 0) return 'invalid';
  if (signers.every(({ practice }) => practice)) return 'practice';
  return signers.every(({ trusted }) => trusted) ? 'valid' : 'signer-unknown';
}
