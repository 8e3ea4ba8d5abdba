import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Check } from '../../base/check.ts';
import { caseFiles, caseLayout } from '../../case/case-layout.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import type { ListedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';
import { verifyReport } from './verify-report.ts';

/** What the seals of a case's own reports say, beside what the custody log says of their files. */
const saidApart: ReadonlySet<Check['area']> = new Set(['signature', 'certificate', 'timestamp', 'schema']);

/**
 * The seals of a case's reports: signatures, certificates, timestamps and form of each, named with the report. That every
 * file is as it was recorded, and that the log is whole, the case's own checks say.
 *
 * Nobody is expected to have sealed them: whom a person names for the case is known here, and others are unknown.
 */
export async function checkCaseReports(
  folder: string,
  { trusted = [], known = [], ...rest }: TrustOptions,
  context: Pick<OperationContext, 'signal'>,
): Promise<{ readonly checks: readonly Check[]; readonly signers: readonly ListedSigner[] }> {
  const layout = caseLayout(folder);
  const ids = (await readdir(layout.reports).catch(() => [])).filter((name) => /^R\d+$/.test(name)).sort();
  const checks: Check[] = [];
  const signers: ListedSigner[] = [];
  for (const id of ids) {
    const trust = { ...rest, known: [...trusted, ...known] };
    const seal = await verifyReport(layout.report(id), trust, { signal: context.signal, progress: () => undefined });
    const place = `${caseFiles.reports}/${id}`;
    checks.push(
      ...seal.checks
        // The custody key's certificate and identity are in the report's copy of the log, and in the case's own.
        .filter(({ area, code }) => saidApart.has(area) && !code.startsWith('custody-'))
        .map((check) => ({ ...check, subject: `${check.subject} (${place})` })),
    );
    signers.push(
      ...seal.signers.map((signer) => ({
        ...signer,
        signature: signer.signature === null ? null : join(place, signer.signature),
      })),
    );
  }
  return { checks, signers };
}
