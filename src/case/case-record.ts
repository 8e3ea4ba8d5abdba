import { z } from 'zod';

/** `case.json`. */
export const CaseRecord = z.strictObject({
  schema: z.literal('assay.case/1'),
  /** Random UUID: two cases with the same title stay apart. */
  id: z.uuid(),
  title: z.string(),
  reference: z.string().optional(),
  examiner: z.string(),
  /** BCP 47 tag of the language that reports of this case are written in. */
  language: z.string(),
  /** IANA zone in which times of this case are shown; stored times are UTC. */
  timeZone: z.string(),
  createdAt: z.iso.datetime(),
});
export type CaseRecord = z.infer<typeof CaseRecord>;
