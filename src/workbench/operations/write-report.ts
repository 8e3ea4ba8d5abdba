import { join } from 'node:path';
import type { z } from 'zod';
import type { Case } from '../../case/case.ts';
import { beginReport, recordReport } from '../../case/record-report.ts';
import type { WrittenReport } from '../../contract/examined.ts';
import type { writeReport } from '../../contract/operations.ts';
import { gatherReportInput } from '../../report/gather-report-input.ts';
import { writeReport as write } from '../../report/write-report.ts';
import { caseSummary } from '../case-summary.ts';
import type { Engine } from '../engine.ts';
import type { OperationContext } from '../operation-context.ts';
import { signingIdentity, unlock } from '../signer.ts';
import { withCase } from '../with-case.ts';

/** Answers `report.write`: writes and seals the next report of a case. */
export async function writeReportOperation(
  engine: Engine,
  input: z.infer<typeof writeReport.input>,
  context: OperationContext,
): Promise<z.infer<typeof writeReport.output>> {
  return withCase(engine, input.folder, context, async (target) => ({
    case: caseSummary(target),
    report: await sealReport(engine, target, input, context),
  }));
}

/** Writes and seals the next report of an open case, in the language given or the case's own. */
export async function sealReport(
  engine: Engine,
  target: Case,
  wanted: { language?: string | undefined; note?: boolean | undefined },
  context: OperationContext,
): Promise<WrittenReport> {
  const signer = await unlock(await signingIdentity(engine), 'seal', context);
  const { id, folder } = await beginReport(target);
  const progress = (done: number): void =>
    context.progress({ stage: 'report', subject: id, done, total: 2, unit: 'items' });
  progress(0);
  const input = await gatherReportInput(target, {
    id,
    certificate: signer.certificate,
    assayVersion: engine.version,
    now: engine.clock(),
  });
  progress(1);
  const written = await write({
    input,
    text: await engine.text(wanted.language ?? target.record.language),
    resourcesFolder: join(engine.home, 'resources'),
    folder,
    custodyLog: target.layout.custody,
    custodyHead: target.layout.custodyHead,
    signer,
    note: wanted.note === true,
    clock: engine.clock,
    place: () => recordReport(target, id),
    signal: context.signal,
  });
  progress(2);
  const { json, html, pdf, note, manifest, signature } = written;
  const files = { json, html, pdf, ...(note === undefined ? {} : { note }), manifest, signature };
  return { id, folder: written.folder, ...files, practice: signer.certificate.practice };
}
