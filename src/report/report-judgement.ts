import { z } from 'zod';
import { bookmarkStatuses, provenanceAnswers, supportScale } from '../base/judgement.ts';
import { standingNotes } from '../base/standing-notes.ts';
import type { Note } from '../case/note.ts';
import type { ReportInput, ReportMark } from './model/report-input.ts';

type Judgement = Pick<ReportInput, 'opinions' | 'provenance' | 'bookmarks' | 'notes' | 'marked'>;

const Region = z.object({ x: z.number(), y: z.number(), width: z.number(), height: z.number() });

/** Bodies of notes by kind, as far as a report needs them. Members that are not named here are left out. */
const bodies = {
  bookmark: z.object({
    exhibit: z.string(),
    startMs: z.number().optional(),
    endMs: z.number().optional(),
    frame: z.number().int().nonnegative().optional(),
    region: Region.optional(),
    words: z.string(),
    status: z.enum(bookmarkStatuses),
  }),
  'marked-finding': z.object({
    exhibit: z.string(),
    key: z.string(),
    index: z.number().int().nonnegative(),
    words: z.string(),
  }),
  assessment: z.object({
    proposition: z.string(),
    alternative: z.string(),
    outcome: z.enum(['consistent', 'inconsistent', 'inconclusive']),
    strength: z.enum(supportScale),
    words: z.string(),
  }),
  provenance: z.object({
    exhibit: z.string(),
    question: z.string(),
    answer: z.enum(provenanceAnswers),
    reason: z.string(),
  }),
  'hand-reading': z.object({
    exhibit: z.string(),
    startMs: z.number(),
    endMs: z.number().optional(),
    measured: z.object({ key: z.string(), index: z.number().int().nonnegative() }).optional(),
    words: z.string(),
  }),
  note: z.object({ exhibit: z.string().optional(), words: z.string() }),
};

/**
 * The notes of a case that still stand, sorted into the places of a report. FORENSIC: superseded and withdrawn ones stay in the
 * custody log, which the report carries whole; they are not presented as the examiner's words.
 */
export function reportJudgement(notes: readonly Note[]): Judgement {
  const standing = standingNotes(notes, ({ kind }) => kind);
  const of = <K extends keyof typeof bodies>(kind: K) =>
    standing.flatMap((note) => {
      const body = note.kind === kind ? bodies[kind].safeParse(note.body) : undefined;
      return body?.success === true
        ? [{ at: note.at, author: note.actor, ...(body.data as z.infer<(typeof bodies)[K]>) }]
        : [];
    });
  // A later answer to the same question takes the earlier one's place, whether it says so or not.
  const answers = new Map(of('provenance').map((answer) => [`${answer.exhibit} ${answer.question}`, answer]));
  const readings = of('hand-reading');
  return {
    opinions: of('assessment'),
    provenance: [...answers.values()],
    bookmarks: [
      ...of('bookmark').map(defined),
      ...readings.map(({ measured: _measured, ...reading }) => defined({ ...reading, status: 'relevant' as const })),
    ],
    notes: of('note').map(defined),
    marked: together([
      ...of('marked-finding').map(({ exhibit, key, index, words }) => ({ exhibit, key, index, words })),
      ...readings.flatMap(({ exhibit, measured, words }) =>
        measured === undefined ? [] : [{ exhibit, ...measured, words }],
      ),
    ]),
  };
}

/** One mark for each finding: what was read by hand stands below the examiner's words on what was measured. */
function together(marks: readonly ReportMark[]): ReportMark[] {
  const byFinding = new Map<string, ReportMark>();
  for (const mark of marks) {
    const name = `${mark.exhibit} ${mark.key} ${mark.index}`;
    const words = [byFinding.get(name)?.words ?? '', mark.words].filter((one) => one !== '').join('\n');
    byFinding.set(name, { ...mark, words });
  }
  return [...byFinding.values()];
}

type Defined<T> = { [K in keyof T]: Exclude<T[K], undefined> };

/** The same without members that are undefined. */
function defined<T extends object>(value: T): Defined<T> {
  return Object.fromEntries(Object.entries(value).filter(([, member]) => member !== undefined)) as Defined<T>;
}
