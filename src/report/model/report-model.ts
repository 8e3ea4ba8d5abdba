import { z } from 'zod';
import { Artefact } from '../../base/artefact.ts';
import { Outcome, Place, Unit } from '../../base/finding.ts';
import { bookmarkStatuses, provenanceAnswers } from '../../base/judgement.ts';
import { ExhibitRole } from '../../case/exhibit-record.ts';
import { ExaminationRun, ExaminationStatus, ProgramIdentity } from '../../examination/result.ts';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/** A moment by the workstation's clock: as stored, and as shown in the zone of the case. */
export const Moment = z.strictObject({ utc: z.string(), shown: z.string() });

/** A sentence and the locale key that it came from, so that another language can be made of the same report. */
export const Sentence = z.strictObject({ key: z.string(), text: z.string() });
export type Sentence = z.infer<typeof Sentence>;

/** Who wrote something into the case, and when. */
const Written = { at: Moment, author: z.string() };

export const SummaryLine = z.strictObject({
  code: z.enum([
    'scope',
    'nothing-examined',
    'inconsistent',
    'none-inconsistent',
    'inconclusive',
    'consistent',
    'not-examined',
    'caution',
  ]),
  text: z.string(),
  outcome: Outcome.optional(),
  /** Findings that the line speaks of. */
  findings: z.array(z.string()),
});
export type SummaryLine = z.infer<typeof SummaryLine>;

export const ShownMeasure = z.strictObject({
  name: z.string(),
  label: z.string(),
  value: z.union([z.number(), z.string(), z.boolean()]),
  unit: Unit,
  uncertainty: z.number().optional(),
  /** Rounded, with unit and uncertainty, in the language of the report. */
  shown: z.string(),
});
export type ShownMeasure = z.infer<typeof ShownMeasure>;

export const ReportFinding = z.strictObject({
  /** `E001-F03`: to be cited. Numbered in the order of the report. */
  id: z.string(),
  exhibit: z.string(),
  method: z.strictObject({ id: z.string(), version: z.number().int(), title: z.string() }),
  /** Key of the examination and the finding's position in its result.json. */
  key: Sha256,
  index: z.number().int().nonnegative(),
  code: z.string(),
  outcome: Outcome,
  proposition: Sentence.optional(),
  reason: Sentence.optional(),
  observation: z.string(),
  interpretation: z.string().optional(),
  measures: z.array(ShownMeasure),
  details: Details,
  places: z.array(z.strictObject({ ...Place.shape, shown: z.string() })),
  limits: z.array(Sentence),
  /** Ids of artefacts that show it; those that the report pictures beside it come first. */
  artefacts: z.array(z.string()),
  marked: z.boolean(),
  /** The examiner's own words on a marked finding. */
  remark: z.string().optional(),
});
export type ReportFinding = z.infer<typeof ReportFinding>;

export const ReportArtefact = z.strictObject({
  /** `E001/<first 8 of key>/<name>`. */
  id: z.string(),
  /** The method that made it: its texts name the columns, and what stands in cells as a key. */
  method: z.string(),
  caption: z.string(),
  /** From the case folder. */
  path: z.string(),
  /** Where the report pictures it: beside a finding, among the exhibit's details, or not at all (listed with its hash). */
  shown: z.enum(['with-finding', 'in-details', 'listed']),
  /** Headings of the columns of a series or table, in their order. */
  columns: z.array(z.strictObject({ id: z.string(), unit: Unit, heading: z.string() })),
  legendLabel: z.string().optional(),
  /** Presentation time of the frame that a map lies over, where known. */
  atMs: z.number().optional(),
  artefact: Artefact,
});
export type ReportArtefact = z.infer<typeof ReportArtefact>;

export const ReportedExamination = z.strictObject({
  method: z.strictObject({ id: z.string(), version: z.number().int(), title: z.string() }),
  key: Sha256,
  status: ExaminationStatus,
  /** What the status means, and the reason where there is one. */
  statusText: z.string(),
  reason: Sentence.optional(),
  details: Details,
  parameters: z.array(z.strictObject({ name: z.string(), label: z.string(), value: z.unknown(), shown: z.string() })),
  programs: z.array(ProgramIdentity),
  commands: z.array(z.array(z.string())),
  artefacts: z.array(ReportArtefact),
  run: z
    .strictObject({
      startedAt: Moment,
      endedAt: Moment,
      assayVersion: z.string(),
      platform: z.string(),
      runs: ExaminationRun.shape.runs,
    })
    .optional(),
});
export type ReportedExamination = z.infer<typeof ReportedExamination>;

export const ReportedExhibit = z.strictObject({
  id: z.string(),
  role: ExhibitRole,
  roleText: z.string(),
  name: z.string(),
  nameBytes: z.string().optional(),
  source: z.string().optional(),
  pathAsGiven: z.string(),
  fileName: z.string(),
  sizeBytes: z.number().int(),
  sizeText: z.string(),
  sha256: Sha256,
  sha512: z.string(),
  md5: z.string(),
  fileTimes: z.strictObject({
    modified: Moment.nullable(),
    changed: Moment.nullable(),
    accessed: Moment.nullable(),
    born: Moment.nullable(),
  }),
  addedAt: Moment,
  addedBy: z.string(),
  /** Inconsistent, inconclusive, consistent, abstained, information; within each as the methods are listed. */
  findings: z.array(ReportFinding),
  examinations: z.array(ReportedExamination),
});
export type ReportedExhibit = z.infer<typeof ReportedExhibit>;

export const NotExamined = z.strictObject({
  exhibit: z.string(),
  method: z.strictObject({ id: z.string(), title: z.string() }),
  status: z.enum(['not-chosen', 'not-applicable', 'not-completed', 'failed', 'abstained']),
  statusText: z.string(),
  reason: Sentence,
  /** The finding that abstained, where it is one. */
  finding: z.string().optional(),
});
export type NotExamined = z.infer<typeof NotExamined>;

/** `report.json`. Documented in docs/report-schema.md; read by renderers, other languages and other tools. */
export const ReportModel = z.strictObject({
  schema: z.literal('assay.report/1'),
  id: z.string(),
  language: z.string(),
  timeZone: z.string(),
  timeZoneData: z.string().optional(),
  createdAt: Moment,
  assayVersion: z.string(),
  case: z.strictObject({
    id: z.string(),
    title: z.string(),
    reference: z.string().optional(),
    examiner: z.string(),
    createdAt: Moment,
  }),
  sealedBy: z.strictObject({
    name: z.string(),
    fingerprint: z.string(),
    words: z.array(z.string()),
    practice: z.boolean(),
    /** What the seal shows and what it does not. */
    notice: z.string(),
  }),
  clockNotice: z.string(),
  summary: z.array(SummaryLine).max(8),
  opinions: z.array(
    z.strictObject({
      ...Written,
      proposition: z.string(),
      alternative: z.string(),
      outcome: z.enum(['consistent', 'inconsistent', 'inconclusive']),
      strength: Sentence,
      words: z.string(),
    }),
  ),
  provenance: z.array(
    z.strictObject({
      ...Written,
      exhibit: z.string(),
      question: Sentence,
      answer: z.enum(provenanceAnswers),
      answerText: z.string(),
      reason: z.string(),
    }),
  ),
  notes: z.array(z.strictObject({ ...Written, exhibit: z.string().optional(), words: z.string() })),
  bookmarks: z.array(
    z.strictObject({
      ...Written,
      exhibit: z.string(),
      place: Place,
      /** The place in words. */
      shown: z.string(),
      status: z.enum(bookmarkStatuses),
      statusText: z.string(),
      words: z.string(),
    }),
  ),
  exhibits: z.array(ReportedExhibit),
  notExamined: z.array(NotExamined),
  custody: z.strictObject({
    /** The log's last entry when the report was made: verification of the case looks for it here. */
    seq: z.number().int().nonnegative(),
    hash: Sha256,
    actors: z.array(z.string()),
    entries: z.array(
      z.strictObject({
        seq: z.number().int(),
        at: Moment,
        actor: z.string(),
        action: z.string(),
        actionText: z.string(),
        subject: z.string(),
        hash: Sha256,
      }),
    ),
  }),
  methods: z.array(
    z.strictObject({
      id: z.string(),
      version: z.number().int(),
      title: z.string(),
      question: z.string(),
      summary: z.string(),
      limits: z.array(Sentence),
      /** How often the method errs, measured, where its texts state it. */
      errorRates: z.array(z.string()).optional(),
      references: z.array(z.strictObject({ key: z.string(), citation: z.string(), doi: z.string().optional() })),
    }),
  ),
  tools: z.array(z.strictObject({ ...ProgramIdentity.shape, usedBy: z.array(z.string()) })),
  honestLimits: z.array(Sentence),
});
export type ReportModel = z.infer<typeof ReportModel>;
