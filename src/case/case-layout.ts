import { join, sep } from 'node:path';

/** Where everything of a case lies (DESIGN §7). Paths inside a case are written with `/` wherever they are recorded. */
export interface CaseLayout {
  readonly folder: string;
  readonly record: string;
  readonly custody: string;
  readonly custodyHead: string;
  readonly notes: string;
  readonly lock: string;
  readonly exhibits: string;
  readonly reports: string;
  exhibit(id: string): string;
  /** Holds one folder per examination of the exhibit, named by its key. */
  examinations(id: string): string;
  report(id: string): string;
}

export const caseFiles = {
  record: 'case.json',
  custody: 'custody.jsonl',
  custodyHead: 'custody-head.json',
  notes: 'notes.jsonl',
  lock: 'case.lock',
  exhibits: 'exhibits',
  reports: 'reports',
  examinations: 'examinations',
  exhibitRecord: 'exhibit.json',
} as const;

export function caseLayout(folder: string): CaseLayout {
  const exhibits = join(folder, caseFiles.exhibits);
  const reports = join(folder, caseFiles.reports);
  return {
    folder,
    record: join(folder, caseFiles.record),
    custody: join(folder, caseFiles.custody),
    custodyHead: join(folder, caseFiles.custodyHead),
    notes: join(folder, caseFiles.notes),
    lock: join(folder, caseFiles.lock),
    exhibits,
    reports,
    exhibit: (id) => join(exhibits, id),
    examinations: (id) => join(exhibits, id, caseFiles.examinations),
    report: (id) => join(reports, id),
  };
}

/** `exhibits/E001/exhibit.json` as the case folder's own path on this system. */
export function inCase(layout: CaseLayout, recordedPath: string): string {
  return join(layout.folder, ...recordedPath.split('/'));
}

/** A path below the case folder in the form that records use: with `/`, whatever this system's separator is. */
export function recordedPath(below: string): string {
  return sep === '/' ? below : below.split(sep).join('/');
}
