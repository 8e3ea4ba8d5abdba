import { z } from 'zod';
import { Artefact } from '../base/artefact.ts';
import { bookmarkStatuses, provenanceAnswers, supportScale } from '../base/judgement.ts';
import { CaseSummary, ListedExamination, ListedFinding } from './examined.ts';
import { defineOperation } from './operation.ts';

const Folder = { folder: z.string() };
const OfExhibit = { ...Folder, exhibit: z.string() };

/** What the start view shows, and what this window can do. */
export const startState = defineOperation('app.start', {
  input: z.strictObject({}),
  output: z.strictObject({
    assay: z.string(),
    /** Folder that the window was asked to open, if one. */
    open: z.string().nullable(),
    recent: z.array(
      z.strictObject({ folder: z.string(), title: z.string(), openedAt: z.iso.datetime(), present: z.boolean() }),
    ),
    identity: z
      .strictObject({ name: z.string(), words: z.string(), fingerprint: z.string(), practice: z.boolean() })
      .nullable(),
    languages: z.array(z.string()),
    language: z.string(),
    timeZone: z.string(),
    /** Characters that an identity's passphrase needs at the least. */
    minimumPassphraseLength: z.number().int(),
    /** Where the sample's evidence and case go. */
    sampleFolder: z.string(),
    /** What the person runs as, and whether external programs run in a sandbox: shown at the foot. */
    notes: z.array(z.string()),
  }),
});

/** Opens a case for writing, or for reading where another process has it, and remembers it as recent. */
export const openCase = defineOperation('case.open', {
  input: z.strictObject(Folder),
  output: z.strictObject({
    /** Its times are shown in its zone. */
    case: CaseSummary.extend({ timeZone: z.string() }),
    readOnly: z.boolean(),
    repaired: z.array(z.string()),
  }),
});

/** Gives the case's lock back; the window goes to its start view. */
export const closeCase = defineOperation('case.close', {
  input: z.strictObject(Folder),
  output: z.strictObject({}),
});

export const forgetRecent = defineOperation('case.forget', {
  input: z.strictObject(Folder),
  output: z.strictObject({}),
});

/** In-app file browser: a page cannot learn a path. Without a path: the start folders (home, mounted media). */
export const listFiles = defineOperation('files.list', {
  input: z.strictObject({ path: z.string().optional() }),
  output: z.strictObject({
    path: z.string().nullable(),
    parent: z.string().nullable(),
    entries: z.array(
      z.strictObject({
        name: z.string(),
        path: z.string(),
        kind: z.enum(['folder', 'file', 'other']),
        sizeBytes: z.number().nullable(),
        modifiedAt: z.iso.datetime().nullable(),
        /** By its name's extension only; intake looks at the content. */
        mediaType: z.enum(['video', 'picture', 'sound', 'case', 'bundle', 'other']),
      }),
    ),
    truncated: z.boolean(),
    /** Why the folder could not be read. */
    error: z.string().nullable(),
  }),
});

const FileTime = z.iso.datetime().nullable();

/** What intake recorded, as `exhibit.json` keeps it. */
const ListedExhibit = z.strictObject({
  id: z.string(),
  name: z.string(),
  nameBytes: z.string().optional(),
  role: z.enum(['questioned', 'reference']),
  source: z.string().optional(),
  pathAsGiven: z.string(),
  linkTarget: z.string().optional(),
  sizeBytes: z.number(),
  sha256: z.string(),
  sha512: z.string(),
  md5: z.string(),
  fileTimes: z.strictObject({ modified: FileTime, changed: FileTime, accessed: FileTime, born: FileTime }),
  addedAt: z.string(),
  addedBy: z.string(),
  fileName: z.string(),
});

export const listExhibits = defineOperation('exhibit.list', {
  input: z.strictObject(Folder),
  output: z.strictObject({ exhibits: z.array(ListedExhibit) }),
});

/** Whether the copy in the case still holds the bytes that were taken in. Where it was moved or touched, it is read to its end. */
export const checkExhibit = defineOperation('exhibit.check', {
  input: z.strictObject(OfExhibit),
  output: z.strictObject({ asTakenIn: z.boolean() }),
});

/** The first view of an exhibit: no decode, well under a second for any size. Times in ms on the presentation axis. */
export const exhibitOverview = defineOperation('exhibit.overview', {
  input: z.strictObject(OfExhibit),
  output: z.strictObject({
    exhibit: ListedExhibit,
    kind: z.enum(['video', 'sound', 'picture', 'other']),
    format: z.string(),
    startMs: z.number(),
    durationMs: z.number().nullable(),
    video: z
      .strictObject({
        stream: z.number().int(),
        codec: z.string(),
        width: z.number().int(),
        height: z.number().int(),
        rotationDeg: z.number(),
        framesPerSecond: z.number().nullable(),
        /** Packets of the stream: as many frames as can be decoded at the most. Null while their index is not read. */
        packets: z.number().int().nullable(),
      })
      .nullable(),
    sound: z
      .strictObject({
        stream: z.number().int(),
        codec: z.string(),
        sampleRateHz: z.number(),
        channels: z.number().int(),
      })
      .nullable(),
    picture: z.strictObject({ width: z.number().int(), height: z.number().int() }).nullable(),
    /** Why something could not be read: locale keys under `errors`. */
    unreadable: z.array(z.string()),
  }),
});

/**
 * Which frames there are: presentation time by number, which are key frames, and the hash that the whole decode of the
 * `frames` examination gave each. With `atMs` the page of `count` frames (from a multiple of it) that holds that time.
 */
export const frameIndex = defineOperation('exhibit.frames', {
  input: z.strictObject({
    ...OfExhibit,
    from: z.number().int().nonnegative(),
    atMs: z.number().optional(),
    count: z.number().int().min(1).max(100_000),
    /** Answer from the beginning of the film where the whole index is not there yet: then `total` is null. */
    soon: z.boolean().optional(),
  }),
  output: z.strictObject({
    /** Null where there is no moving picture, or the whole index is not there yet. */
    total: z.number().int().nullable(),
    /** Number of the first frame that is listed. */
    from: z.number().int(),
    /** ms on the presentation axis, or null where the decoder gave none. */
    timesMs: z.array(z.number().nullable()),
    key: z.array(z.boolean()),
    /** Null where no examination has seen the frame. */
    hashes: z.array(z.string().nullable()),
    /** True when a `frames` examination has decoded the whole stream. */
    examined: z.boolean(),
    /** Numbers of the nearest key frames before the first and after the last that is listed. */
    keyBefore: z.number().int().nullable(),
    keyAfter: z.number().int().nullable(),
  }),
});

/** The kept examinations with everything that a panel shows of them; of each method the one recorded last stands last. */
export const listExaminations = defineOperation('examination.list', {
  input: z.strictObject(OfExhibit),
  output: z.strictObject({
    examinations: z.array(
      z.strictObject({
        ...ListedExamination.shape,
        parameters: z.record(z.string(), z.unknown()),
        findings: z.array(ListedFinding),
        artefacts: z.array(Artefact),
      }),
    ),
  }),
});

/** A span of a series artefact, decimated in the engine to at most `points` bins: [min, max] of each column per bin. */
export const seriesWindow = defineOperation('series.window', {
  input: z.strictObject({
    ...OfExhibit,
    sha256: z.string(),
    from: z.number(),
    to: z.number(),
    points: z.number().int().min(2).max(8192),
  }),
  output: z.strictObject({
    columns: z.array(z.string()),
    /** Axis value at each bin's start. */
    axis: z.array(z.number()),
    /** Per column after the axis: minima and maxima; null in an empty bin. */
    min: z.array(z.array(z.number().nullable())),
    max: z.array(z.array(z.number().nullable())),
    /** True when every sample of the span has its own bin. */
    exact: z.boolean(),
  }),
});

/** Rows of a table artefact: a page of those that match. */
export const tableRows = defineOperation('table.rows', {
  input: z.strictObject({
    ...OfExhibit,
    sha256: z.string(),
    offset: z.number().int().nonnegative(),
    limit: z.number().int().min(1).max(5000),
    search: z.string().optional(),
  }),
  output: z.strictObject({
    columns: z.array(z.string()),
    rows: z.array(z.array(z.union([z.string(), z.number(), z.boolean(), z.null()]))),
    /** Rows that match in all. */
    total: z.number().int(),
  }),
});

/** Bytes of the exhibit for the hex view, at most 64 KiB at once; base64. */
export const exhibitBytes = defineOperation('exhibit.bytes', {
  input: z.strictObject({
    ...OfExhibit,
    offset: z.number().int().nonnegative(),
    length: z.number().int().min(1).max(65_536),
  }),
  output: z.strictObject({ offset: z.number().int(), base64: z.string(), sizeBytes: z.number() }),
});

export const NoteBody = z.discriminatedUnion('kind', [
  /** A bookmark of a moment, a span, a frame or a region, with the examiner's words and a status. */
  z.strictObject({
    kind: z.literal('bookmark'),
    exhibit: z.string(),
    startMs: z.number().optional(),
    endMs: z.number().optional(),
    frame: z.number().int().optional(),
    region: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
    words: z.string(),
    status: z.enum(bookmarkStatuses),
  }),
  /** A finding chosen for the report, with the examiner's own words. */
  z.strictObject({
    kind: z.literal('marked-finding'),
    exhibit: z.string(),
    key: z.string(),
    index: z.number().int().nonnegative(),
    words: z.string(),
  }),
  /** The examiner's opinion: proposition, outcome and strength of support on the ENFSI scale. */
  z.strictObject({
    kind: z.literal('assessment'),
    proposition: z.string(),
    alternative: z.string(),
    outcome: z.enum(['consistent', 'inconsistent', 'inconclusive']),
    strength: z.enum(supportScale),
    words: z.string(),
  }),
  /** One answer of the provenance checklist; a later one on the same question takes its place. */
  z.strictObject({
    kind: z.literal('provenance'),
    exhibit: z.string(),
    question: z.string(),
    answer: z.enum(provenanceAnswers),
    reason: z.string(),
  }),
  /** Sync read by hand: how far the sound leads, where, and the measured finding that it stands beside. */
  z.strictObject({
    kind: z.literal('hand-reading'),
    exhibit: z.string(),
    /** Positive: sound ahead of the picture. */
    audioLeadMs: z.number(),
    startMs: z.number(),
    endMs: z.number().optional(),
    measured: z.strictObject({ key: z.string(), index: z.number().int().nonnegative() }).optional(),
    words: z.string(),
  }),
  z.strictObject({ kind: z.literal('note'), exhibit: z.string().optional(), words: z.string() }),
  /** Takes back an earlier one; it stays in the log. */
  z.strictObject({ kind: z.literal('withdrawn') }),
]);
export type NoteBody = z.infer<typeof NoteBody>;

export const Note = z.strictObject({
  id: z.string(),
  at: z.iso.datetime(),
  actor: z.string(),
  /** Id of the note that this one takes the place of. */
  supersedes: z.string().optional(),
  body: NoteBody,
});
export type Note = z.infer<typeof Note>;

export const listNotes = defineOperation('note.list', {
  input: z.strictObject(Folder),
  output: z.strictObject({ notes: z.array(Note) }),
});

export const addNote = defineOperation('note.add', {
  input: z.strictObject({ ...Folder, supersedes: z.string().optional(), body: NoteBody }),
  output: z.strictObject({ note: Note }),
});

/**
 * The report as it would be now, unsealed and marked so. Answers the address under which the page is there for a sandboxed
 * frame: a page of its own, since one that was written into the window would be held to the window's style policy.
 */
export const previewReport = defineOperation('report.preview', {
  input: z.strictObject({ ...Folder, language: z.string().optional() }),
  output: z.strictObject({ address: z.string() }),
});

/** What was examined and what not, in the report's own words: every method on every exhibit. */
export const reportCoverage = defineOperation('report.coverage', {
  input: z.strictObject({ ...Folder, language: z.string().optional() }),
  output: z.strictObject({
    exhibits: z.array(z.strictObject({ id: z.string(), name: z.string(), role: z.enum(['questioned', 'reference']) })),
    methods: z.array(z.strictObject({ id: z.string(), title: z.string() })),
    /** One for each exhibit and method. */
    cells: z.array(
      z.strictObject({
        exhibit: z.string(),
        method: z.string(),
        status: z.enum(['completed', 'abstained', 'not-completed', 'not-applicable', 'failed', 'not-chosen']),
        statusText: z.string(),
        findings: z.number().int(),
      }),
    ),
    notExamined: z.array(
      z.strictObject({
        exhibit: z.string(),
        method: z.string(),
        status: z.enum(['abstained', 'not-completed', 'not-applicable', 'failed', 'not-chosen']),
        statusText: z.string(),
        reason: z.string(),
        finding: z.string().optional(),
      }),
    ),
  }),
});

/** A sealed report's folder in the person's file manager; not shown where the machine has none. */
export const showReportFolder = defineOperation('report.show', {
  input: z.strictObject({ ...Folder, report: z.string().regex(/^R\d{3,}$/) }),
  output: z.strictObject({ shown: z.boolean() }),
});

/** The person's own layouts and settings, kept per machine, never in a case. */
export const loadSettings = defineOperation('settings.load', {
  input: z.strictObject({}),
  output: z.strictObject({ settings: z.record(z.string(), z.unknown()) }),
});

export const saveSettings = defineOperation('settings.save', {
  input: z.strictObject({ settings: z.record(z.string(), z.unknown()) }),
  output: z.strictObject({}),
});
