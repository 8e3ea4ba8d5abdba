import type { ExhibitRecord } from '../case/exhibit-record.ts';
import type { ExaminedExhibit, ListedFinding } from '../contract/examined.ts';
import type { Examined } from '../examination/examine-exhibit.ts';
import type { ExaminationResult } from '../examination/result.ts';

/** An exhibit with how each method ended and all that they found, as every output lists it. */
export function examinedExhibit(record: ExhibitRecord, examined: readonly Examined[]): ExaminedExhibit {
  const { id, name, role, sizeBytes, sha256 } = record;
  return {
    ...{ id, name, role, sizeBytes, sha256 },
    examinations: examined.map(({ result, cached }) => ({
      method: result.method.id,
      version: result.method.version,
      status: result.status,
      ...(result.reason === undefined ? {} : { reason: result.reason }),
      details: result.details,
      key: result.key,
      cached,
    })),
    findings: examined.flatMap(({ result }) => listedFindings(result)),
  };
}

/** The findings of a result, each with the method that it is from. */
export function listedFindings(result: ExaminationResult): ListedFinding[] {
  return result.findings.map((finding) => ({ method: result.method.id, ...finding }));
}
