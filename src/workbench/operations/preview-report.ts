import { join } from 'node:path';
import type { z } from 'zod';
import type { Case } from '../../case/case.ts';
import type { previewReport, reportCoverage } from '../../contract/window-operations.ts';
import { drawReport } from '../../report/draw-report.ts';
import { gatherReportInput } from '../../report/gather-report-input.ts';
import { buildReportModel } from '../../report/model/build-report-model.ts';
import type { ReportInput } from '../../report/model/report-input.ts';
import type { ReportModel } from '../../report/model/report-model.ts';
import type { Engine } from '../engine.ts';
import { heldCase } from '../held-case.ts';
import type { Previews } from '../previews.ts';
import { signingIdentity } from '../signer.ts';
import type { WindowSession } from '../window-session.ts';

/** Answers `report.preview`: draws the report as it would be now and keeps it in memory for the window's frame. */
export async function previewReportOperation(
  session: WindowSession,
  previews: Previews,
  input: z.infer<typeof previewReport.input>,
): Promise<z.infer<typeof previewReport.output>> {
  const { engine } = session;
  const target = heldCase(session, input.folder);
  const text = await engine.text(input.language ?? target.record.language);
  const { html } = await drawReport(await draftInput(engine, target), text, join(engine.home, 'resources'), {
    draft: true,
  });
  return { address: previews.keep(html) };
}

/** Answers `report.coverage`: what was examined and what not, as the report would say it. */
export async function reportCoverageOperation(
  session: WindowSession,
  input: z.infer<typeof reportCoverage.input>,
): Promise<z.infer<typeof reportCoverage.output>> {
  const { engine } = session;
  const target = heldCase(session, input.folder);
  const text = await engine.text(input.language ?? target.record.language);
  const asked = await draftInput(engine, target);
  const model = buildReportModel(asked, text);
  const methods = asked.methods.map(({ id }) => ({ id, title: text(`methods/${id}:title`) }));
  return {
    exhibits: model.exhibits.map(({ id, name, role }) => ({ id, name, role })),
    methods,
    cells: model.exhibits.flatMap((exhibit) =>
      methods.map(({ id }) => {
        const status = statusOf(exhibit, id);
        const findings = exhibit.findings.filter(({ method }) => method.id === id).length;
        return { exhibit: exhibit.id, method: id, status, statusText: text(`report:status.${status}`), findings };
      }),
    ),
    notExamined: model.notExamined.map(({ exhibit, method, status, statusText, reason, finding }) => ({
      ...{ exhibit, method: method.id, status, statusText, reason: reason.text },
      ...(finding === undefined ? {} : { finding }),
    })),
  };
}

type Status = z.infer<typeof reportCoverage.output>['cells'][number]['status'];

/** How a method ended on an exhibit: of several runs with different parameters, the one that came furthest. */
function statusOf({ examinations, findings }: ReportModel['exhibits'][number], method: string): Status {
  const ended = examinations.filter((one) => one.method.id === method).map(({ status }) => status);
  if (ended.includes('completed')) {
    const own = findings.filter((finding) => finding.method.id === method);
    const abstained = own.length > 0 && own.every(({ outcome }) => outcome === 'abstained');
    return abstained ? 'abstained' : 'completed';
  }
  return (['not-completed', 'failed', 'not-applicable'] as const).find((one) => ended.includes(one)) ?? 'not-chosen';
}

/** What the next report would be made of. The identity's certificate is public: nothing is unlocked for a draft. */
async function draftInput(engine: Engine, target: Case): Promise<ReportInput> {
  const { certificate } = await signingIdentity(engine);
  const sealed = target.custody.entries().filter(({ action }) => action === 'report.sealed').length;
  return gatherReportInput(target, {
    id: `R${String(sealed + 1).padStart(3, '0')}`,
    certificate,
    assayVersion: engine.version,
    now: engine.clock(),
  });
}
