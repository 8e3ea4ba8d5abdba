import { z } from 'zod';
import { Measure, Outcome, Place } from '../base/finding.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A finding as every output lists it. The words for it are `methods/<method>:findings.<code>` of a locale. */
export const ListedFinding = z.strictObject({
  method: z.string(),
  code: z.string(),
  outcome: Outcome,
  proposition: z.string().optional(),
  reason: z.string().optional(),
  measures: z.record(z.string(), Measure),
  details: Details,
  places: z.array(Place),
  artefacts: z.array(z.string()),
  limits: z.array(z.string()),
});
export type ListedFinding = z.infer<typeof ListedFinding>;

export const ListedExamination = z.strictObject({
  method: z.string(),
  version: z.number().int(),
  status: z.enum(['completed', 'not-completed', 'not-applicable', 'failed']),
  reason: z.string().optional(),
  details: Details,
  key: Sha256,
  /** True when nothing ran because the same examination was there already. */
  cached: z.boolean(),
});

export const ExaminedExhibit = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(['questioned', 'reference']),
  sizeBytes: z.number().int(),
  sha256: Sha256,
  examinations: z.array(ListedExamination),
  findings: z.array(ListedFinding),
});
export type ExaminedExhibit = z.infer<typeof ExaminedExhibit>;

export const CaseSummary = z.strictObject({
  folder: z.string(),
  id: z.string(),
  title: z.string(),
  reference: z.string().optional(),
  examiner: z.string(),
});

export const AddedExhibit = z.strictObject({
  id: z.string(),
  name: z.string(),
  role: z.enum(['questioned', 'reference']),
  sizeBytes: z.number().int(),
  sha256: Sha256,
  sha512: z.string(),
  md5: z.string(),
});

/** A file that was not taken in, with the reason: a locale key under `errors` and its values. */
export const RefusedFile = z.strictObject({ path: z.string(), reason: z.string(), details: Details });

export const WrittenReport = z.strictObject({
  id: z.string(),
  folder: z.string(),
  json: z.string(),
  html: z.string(),
  pdf: z.string(),
  /** The public note, where one was asked for. */
  note: z.string().optional(),
  manifest: z.string(),
  signature: z.string(),
  /** True when the seal shows integrity only, not who signed. */
  practice: z.boolean(),
});
export type WrittenReport = z.infer<typeof WrittenReport>;
