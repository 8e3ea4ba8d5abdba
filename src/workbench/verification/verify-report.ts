import { lstat } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import type { Check } from '../../base/check.ts';
import { caseFiles } from '../../case/case-layout.ts';
import { verifyCustodyCopy } from '../../case/verify/verify-custody-copy.ts';
import type { verify } from '../../contract/operations.ts';
import { ReportModel } from '../../report/model/report-model.ts';
import { reportFiles } from '../../report/write-report.ts';
import { sealFiles } from '../../seal/sealed-folder/seal-files.ts';
import { verifySealedFolder } from '../../seal/sealed-folder/verify-sealed-folder.ts';
import { sealVerdict } from '../../seal/signature/seal-verdict.ts';
import type { TrustOptions } from '../../seal/signature/signature.ts';
import { readBounded } from '../../seal/storage/read-bounded.ts';
import { listedSigner } from '../listed-signer.ts';
import type { OperationContext } from '../operation-context.ts';
import { checkReportPdf } from './verify-pdf.ts';

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
    // One bar for all files.
    progress: ({ done, total, unit }) =>
      progress({ stage: 'verify', done, ...(total === undefined ? {} : { total }), unit }),
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
  const pdf = await checkReportPdf(
    join(path, reportFiles.pdf),
    reportFiles.pdf,
    seal.signers.find(({ source }) => source === sealFiles.signature),
  );
  const checks = [...seal.checks, ...pdf, ...custody, ...(form === undefined ? [] : [form])];
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

const Named = z.looseObject({ schema: z.string() });

/** What every report of this form has, whichever version of Assay wrote it. */
const Essence = z.looseObject({
  schema: z.literal('assay.report/1'),
  case: z.looseObject({ id: z.string() }),
  custody: z.looseObject({ seq: z.number().int().nonnegative(), hash: z.string() }),
});

/** Whether report.json has the form that it names. A sealed folder without one is no report of a case. */
async function readReport(path: string): Promise<{ check?: Check; report?: z.infer<typeof Essence> }> {
  const bytes = await readBounded(join(path, reportFiles.json), mostReportBytes);
  if (bytes === 'missing') return {};
  const check = (outcome: Check['outcome'], details: Check['details'], code = 'report-form'): Check => ({
    area: 'schema',
    code,
    outcome,
    subject: reportFiles.json,
    details,
  });
  const value = typeof bytes === 'string' ? undefined : parsedJson(bytes.toString('utf8'));
  if (value === undefined) return { check: check('failed', { problem: 'JSON' }) };
  const named = Named.safeParse(value);
  // A later Assay may write more than this one knows: the seal over it holds all the same.
  if (named.success && named.data.schema !== 'assay.report/1')
    return { check: check('not-checked', { schema: named.data.schema }) };
  const essence = Essence.safeParse(value);
  if (!essence.success) return { check: check('failed', { problem: firstProblem(essence.error) }) };
  const whole = ReportModel.safeParse(value);
  return {
    report: essence.data,
    check: whole.success
      ? check('passed', { schema: essence.data.schema })
      : check('not-checked', { problem: firstProblem(whole.error) }, 'report-form-differs'),
  };
}

function firstProblem({ issues: [issue] }: z.ZodError): string {
  return `${issue?.path.join('.') ?? ''} ${issue?.message ?? ''}`.trim();
}

function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    return undefined;
  }
}
