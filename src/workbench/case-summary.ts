import type { z } from 'zod';
import type { Case } from '../case/case.ts';
import type { CaseSummary } from '../contract/examined.ts';

/** What every answer says of the case that it is about. */
export function caseSummary({ folder, record }: Pick<Case, 'folder' | 'record'>): z.infer<typeof CaseSummary> {
  return {
    folder,
    id: record.id,
    title: record.title,
    ...(record.reference === undefined ? {} : { reference: record.reference }),
    examiner: record.examiner,
  };
}
