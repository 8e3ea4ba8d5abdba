import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '../base/canonical-json.ts';
import { AssayError } from '../base/errors.ts';
import type { Case } from '../case/case.ts';
import { detailOf } from '../case/custody/custody-action.ts';
import { intactExaminations } from '../case/record-examination.ts';
import { examinationSubject } from '../case/recorded-folders.ts';
import { readResult } from '../examination/examine-exhibit.ts';
import { ExaminationRun, type ExaminationResult } from '../examination/result.ts';
import { loadMethod, methodIds } from '../methods/registry.ts';
import type { Certificate } from '../seal/certificate/certificate.ts';
import { reportJudgement } from './report-judgement.ts';
import { reportIdentity } from './report-identity.ts';
import type { ReportExamination, ReportExhibit, ReportInput, ReportMethod } from './model/report-input.ts';

export interface ReportWanted {
  /** `R001`. */
  readonly id: string;
  /** Certificate of the identity that will seal. */
  readonly certificate: Certificate;
  readonly assayVersion: string;
  readonly now: Date;
}

/**
 * Gathers everything that a report of a case is made of. FORENSIC: only examinations that the custody log vouches for, with
 * the files that it recorded, go in; of several with the same method and parameters, the one recorded last.
 */
export async function gatherReportInput(target: Case, wanted: ReportWanted): Promise<ReportInput> {
  const head = target.custody.head();
  if (head === undefined) throw new AssayError('case-damaged', { path: target.folder, file: 'custody.jsonl' });
  const exhibits: ReportExhibit[] = [];
  for (const record of target.exhibits()) {
    const examinations = await examinationsOf(target, record.id);
    const examined = new Set(examinations.map(({ result }) => result.method.id));
    exhibits.push({ record, examinations, methodsNotChosen: methodIds.filter((id) => !examined.has(id)) });
  }
  const { certificate, now } = wanted;
  return {
    id: wanted.id,
    case: target.record,
    exhibits,
    methods: await Promise.all(methodIds.map(reportMethod)),
    custody: { entries: target.custody.entries(), head: { seq: head.seq, hash: head.hash } },
    identity: reportIdentity(certificate),
    assayVersion: wanted.assayVersion,
    ...(process.versions['tz'] === undefined ? {} : { timeZoneData: process.versions['tz'] }),
    createdAt: now.toISOString(),
    ...reportJudgement(target.notes()),
  };
}

/** Intact examinations of an exhibit, in the registry's order of methods. */
export async function examinationsOf(target: Case, exhibitId: string): Promise<ReportExamination[]> {
  const intact = await intactExaminations(target, exhibitId);
  const latest = new Map<string, ExaminationResult>();
  for (const entry of target.custody.entries()) {
    const key = detailOf(entry, 'examination.recorded')?.key;
    if (key === undefined || !intact.has(key) || entry.subject !== examinationSubject(exhibitId, key)) continue;
    const result = await readResult(join(target.layout.examinations(exhibitId), key));
    if (result === undefined) continue;
    const asked = canonicalJson([result.method.id, result.parameters]);
    latest.delete(asked);
    latest.set(asked, result);
  }
  const order = (result: ExaminationResult): number => methodIds.indexOf(result.method.id);
  const results = [...latest.values()].sort((a, b) => order(a) - order(b));
  return Promise.all(
    results.map(async (result) => {
      const folder = join(target.layout.examinations(exhibitId), result.key);
      const run = await readRun(folder);
      return {
        result,
        ...(run === undefined ? {} : { run }),
        readArtefact: (file: string) => readFile(join(folder, file)),
      };
    }),
  );
}

async function readRun(folder: string): Promise<ExaminationRun | undefined> {
  try {
    return ExaminationRun.parse(JSON.parse(await readFile(join(folder, 'run.json'), 'utf8')));
  } catch {
    return undefined;
  }
}

async function reportMethod(id: string): Promise<ReportMethod> {
  const method = await loadMethod(id);
  if (method === undefined) throw new AssayError('defect', { what: `method ${id} does not load` });
  const { version, references, limits } = method;
  return { id, version, references, limits };
}
