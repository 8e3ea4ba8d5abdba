import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import type { z } from 'zod';
import type { Check } from '../../base/check.ts';
import { caseFiles } from '../../case/case-layout.ts';
import { verifyCustodyCopy } from '../../case/verify/verify-custody-copy.ts';
import type { verify } from '../../contract/operations.ts';
import { ReportModel } from '../../report/model/report-model.ts';
import { reportFiles } from '../../report/write-report.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { listedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';

/** SECURITY: bound for report.json, which a stranger may have made and which is read whole. */
const mostReportBytes = 256 * 1024 * 1024;

/** Every check of a sealed report: files, signatures, certificates, timestamps, the custody log's copy, and its form. */
export async function verifyReport(
  path: string,
  trust: TrustOptions,
  context: Pick<OperationContext, 'signal' | 'progress'>,
): Promise<z.infer<typeof verify.output>> {
  const { signal, progress } = context;
  const seal = await verifySealedFolder(path, {
    ...trust,
    signal,
    progress: (event) => progress({ ...event, stage: 'verify' }),
  });
  const { check: form, report } = await readReport(path);
  const believed = [...(trust.trusted ?? []), ...(trust.known ?? [])];
  const custody =
    form === undefined && (await isMissing(join(path, caseFiles.custody)))
      ? []
      : await verifyCustodyCopy(
          path,
          {
            source: reportFiles.json,
            ...(report === undefined ? {} : { caseId: report.case.id, point: report.custody }),
          },
          believed.length > 0 ? { trusted: believed } : {},
        );
  const checks = [...seal.checks, ...custody, ...(form === undefined ? [] : [form])];
  return {
    path,
    kind: 'report',
    outcome: sealVerdict({ checks, signers: seal.signers }),
    signers: seal.signers.map(listedSigner),
    checks,
  };
}

async function isMissing(path: string): Promise<boolean> {
  return lstat(path).then(
    () => false,
    () => true,
  );
}

/** Whether report.json has the form that it names. A sealed folder without one is no report of a case. */
async function readReport(path: string): Promise<{ check?: Check; report?: z.infer<typeof ReportModel> }> {
  const bytes = await readBounded(join(path, reportFiles.json), mostReportBytes);
  if (bytes === 'missing') return {};
  const check = (outcome: Check['outcome'], details: Check['details'] = {}): Check => ({
    area: 'schema',
    code: 'report-form',
    outcome,
    subject: reportFiles.json,
    details,
  });
  if (typeof bytes === 'string') return { check: check('failed', { problem: bytes }) };
  let value: unknown;
  try {
    value = JSON.parse(bytes.toString('utf8'));
  } catch {
    return { check: check('failed', { problem: 'JSON' }) };
  }
  const parsed = ReportModel.safeParse(value);
  if (parsed.success) return { check: check('passed', { schema: parsed.data.schema }), report: parsed.data };
  const schema = (value as { schema?: unknown } | null)?.schema;
  // A later Assay may write more than this one knows: the seal over it holds all the same.
  if (typeof schema === 'string' && schema !== 'assay.report/1') return { check: check('not-checked', { schema }) };
  const [issue] = parsed.error.issues;
  return { check: check('failed', { problem: `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim() }) };
}
