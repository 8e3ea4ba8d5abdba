import type { BookmarkStatus, ProvenanceAnswer, Support } from '../../base/judgement.ts';
import type { CaseRecord } from '../../case/case-record.ts';
import type { CustodyEntry } from '../../case/custody-entry.ts';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import type { ExaminationResult, ExaminationRun } from '../../examination/result.ts';
import type { Reference } from '../../methods/method.ts';

/** What the report needs to know of a method that is not in its locale file. */
export interface ReportMethod {
  readonly id: string;
  readonly version: number;
  readonly references: readonly Reference[];
  /** Locale keys under the method's `limits`. */
  readonly limits: readonly string[];
}

export interface ReportExamination {
  readonly result: ExaminationResult;
  /** Circumstances of the run that made the result, where they were recorded. */
  readonly run?: ExaminationRun;
  /** The bytes of one of the examination's artefact files; rejects when it is gone. */
  readonly readArtefact: (file: string) => Promise<Uint8Array>;
}

export interface ReportExhibit {
  readonly record: ExhibitRecord;
  readonly examinations: readonly ReportExamination[];
  /** Methods of Assay that nobody asked for on this exhibit. */
  readonly methodsNotChosen: readonly string[];
}

/** Public facts of the identity that seals. */
export interface ReportIdentity {
  readonly name: string;
  /** SHA-256 of the certificate (DER), hex. */
  readonly fingerprint: string;
  /** The fingerprint as words for reading out. */
  readonly words: readonly string[];
  /** True for the identity that Assay makes where there is none. */
  readonly practice: boolean;
}

/** Who wrote something into the case, and when. */
export interface Written {
  readonly at: string;
  readonly author: string;
}

/** What a person adds; the program never fills it in. */
export interface ReportOpinion extends Written {
  /** The two propositions that the findings are weighed under. */
  readonly proposition: string;
  readonly alternative: string;
  /** How the findings stand to the proposition, in the examiner's opinion. */
  readonly outcome: 'consistent' | 'inconsistent' | 'inconclusive';
  /** Strength of support on the ENFSI verbal scale, as the examiner picked it. */
  readonly strength: Support;
  readonly words: string;
}

/** One answer of the provenance checklist. */
export interface ReportProvenance extends Written {
  readonly exhibit: string;
  /** One of `provenanceQuestions`; other versions may know others. */
  readonly question: string;
  readonly answer: ProvenanceAnswer;
  readonly reason: string;
}

export interface ReportBookmark extends Written {
  readonly exhibit: string;
  readonly status: BookmarkStatus;
  readonly region?: { readonly x: number; readonly y: number; readonly width: number; readonly height: number };
  readonly startMs?: number;
  readonly endMs?: number;
  readonly frame?: number;
  readonly words: string;
}

export interface ReportMark {
  readonly exhibit: string;
  readonly key: string;
  readonly index: number;
  /** The examiner's own words on the finding; may be empty. */
  readonly words: string;
}

/** Everything that a report is made of: plain data and a way to read artefacts. */
export interface ReportInput {
  /** `R001`. */
  readonly id: string;
  readonly case: CaseRecord;
  readonly exhibits: readonly ReportExhibit[];
  readonly methods: readonly ReportMethod[];
  readonly custody: {
    readonly entries: readonly CustodyEntry[];
    readonly head: { readonly seq: number; readonly hash: string };
  };
  readonly identity: ReportIdentity;
  readonly assayVersion: string;
  /** Version of the time zone data that times were shown with (`process.versions.tz`). */
  readonly timeZoneData?: string;
  /** ISO 8601, UTC, by the workstation's clock. */
  readonly createdAt: string;
  readonly opinions?: readonly ReportOpinion[];
  readonly provenance?: readonly ReportProvenance[];
  readonly bookmarks?: readonly ReportBookmark[];
  readonly notes?: readonly (Written & { readonly exhibit?: string; readonly words: string })[];
  /** Findings that the examiner marked as mattering, by exhibit, examination key and position in its result. */
  readonly marked?: readonly ReportMark[];
}
