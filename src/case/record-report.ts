import { mkdir, readdir, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import { AssayError } from '../base/errors.ts';
import type { Case } from './case.ts';
import { giveFinalName, unfinishedName } from './durable-file.ts';
import { systemCode, writeProblem } from './file-problem.ts';
import { isThere } from './record-examination.ts';
import { recordFiles } from './recorded-files.ts';

/** A new report's number and the folder in which to make it. */
export interface ReportBegun {
  readonly id: string;
  /** Empty, of unfinished name: {@link recordReport} gives it its final one. */
  readonly folder: string;
}

/**
 * Begins a report: the next free number (`R001`, …) and an empty folder for it.
 *
 * @throws AssayError `disk-full`, `file-not-writable`
 */
export async function beginReport(target: Case): Promise<ReportBegun> {
  const recorded = target.custody.entries().flatMap((e) => (e.action === 'report.sealed' ? [e.subject] : []));
  const there = await readdir(target.layout.reports).catch((error: unknown) => {
    if (systemCode(error) === 'ENOENT') return [];
    throw writeProblem(target.layout.reports, error);
  });
  const last = [...recorded, ...there].reduce((highest, name) => {
    const number = /^R(\d+)$/.exec(name)?.[1];
    return Math.max(highest, Number(number ?? 0));
  }, 0);
  const id = `R${String(last + 1).padStart(3, '0')}`;
  const final = target.layout.report(id);
  const folder = join(dirname(final), unfinishedName(basename(final)));
  try {
    await rm(folder, { recursive: true, force: true });
    await mkdir(folder, { recursive: true });
  } catch (error) {
    throw writeProblem(folder, error);
  }
  return { id, folder };
}

/**
 * Hashes every file of a sealed report and records them in the custody log, then gives the folder its final name. Call
 * it again when a later signature or timestamp has joined the report.
 *
 * @returns the report's folder under its final name
 * @throws AssayError `file-not-found` when there is no such folder, `disk-full`, `file-not-writable`
 */
export async function recordReport(target: Case, id: string): Promise<string> {
  const final = target.layout.report(id);
  const unfinished = join(dirname(final), unfinishedName(basename(final)));
  const isNamed = await isThere(final);
  if (!isNamed && !(await isThere(unfinished))) throw new AssayError('file-not-found', { path: final });
  // A report that has its name is never replaced: it may be in other hands.
  const files = await recordFiles(isNamed ? final : unfinished);
  const known = target.custody.entries().some((e) => e.action === 'report.sealed' && e.subject === id);
  const action = known ? 'report.amended' : 'report.sealed';
  await target.custody.append([{ action, subject: id, detail: { id, files } }]);
  if (!isNamed) await giveFinalName(final);
  return final;
}
