import type { ReportModel } from '../model/report-model.ts';

/** A moment with its offset but without the zone's name, for tables: the name stands in the title block. */
export function localMoment({ shown }: ReportModel['createdAt']): string {
  return shown.replace(/ \([^)]*\)$/, '');
}
