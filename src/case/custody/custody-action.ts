import { z } from 'zod';

const Sha256 = z.string().regex(/^[0-9a-f]{64}$/);

/** Files below an entry's subject folder, by their path there (with `/`), and the SHA-256 of each. */
export const RecordedFiles = z.record(z.string(), Sha256);
export type RecordedFiles = z.infer<typeof RecordedFiles>;

const Path = { path: z.string(), pathBytes: z.string().optional() };

/**
 * What each action's `detail` holds. Objects are loose: a later version may say more, and what is signed is kept.
 * FORENSIC: files are recorded before they get their final name, so that nothing that lies in a case is ever signed for
 * after the fact: what no entry announced was not put there by Assay.
 */
export const custodyDetails = {
  /** A machine's custody key, signed for by an examiner's identity. The first entry of every case. */
  'key.certified': z.looseObject({
    /** PEM of the custody key's certificate. */
    certificate: z.string(),
    /** PEM of the identity's certificate, then its issuers. */
    issuers: z.array(z.string()).min(1),
    fingerprint: Sha256,
    practice: z.boolean(),
  }),
  'case.created': z.looseObject({ files: RecordedFiles }),
  'exhibit.added': z.looseObject({
    ...Path,
    name: z.string(),
    role: z.string(),
    sizeBytes: z.number(),
    sha256: Sha256,
    files: RecordedFiles,
    /** Where the bytes came from when the copy was read back: the storage itself, or wherever the system had them. */
    readBackFrom: z.enum(['storage', 'system']),
  }),
  'exhibit.already-present': z.looseObject({ ...Path, sha256: Sha256 }),
  'exhibit.refused': z.looseObject({ ...Path, reason: z.string(), details: z.record(z.string(), z.unknown()) }),
  'intake.cancelled': z.looseObject({ done: z.number(), of: z.number() }),
  'examination.recorded': z.looseObject({
    key: Sha256,
    method: z.string(),
    version: z.number(),
    status: z.string(),
    files: RecordedFiles,
  }),
  'report.sealed': z.looseObject({ id: z.string(), files: RecordedFiles }),
  /** A later signature or timestamp joined a sealed report. */
  'report.amended': z.looseObject({ id: z.string(), files: RecordedFiles }),
  'note.added': z.looseObject({
    id: z.string(),
    kind: z.string(),
    sha256: Sha256,
    /** The line itself, so that a kill between here and notes.jsonl loses no note. */
    line: z.string(),
  }),
  /** The end of a log that a kill or a power cut had torn was taken off; `bytes` (base64) keeps it. */
  'log.repaired': z.looseObject({ file: z.string(), bytes: z.string(), sha256: Sha256 }),
  /** Unfinished work found when the case was opened: what was removed, and what could be completed. */
  'leftovers.cleared': z.looseObject({ removed: z.array(z.string()), completed: z.array(z.string()) }),
  'lock.taken-over': z.looseObject({ pid: z.number(), host: z.string(), since: z.string() }),
  /** The case was packed for other hands. The entry goes along, so that the log goes on from it wherever it is taken in. */
  'case.exported': z.looseObject({
    scope: z.string(),
    /** Age recipients that it is encrypted to; empty where it is not encrypted. */
    recipients: z.array(z.string()),
    sealedBy: Sha256,
  }),
  /** A new chapter: the case came in a bundle, and the log before this entry is what the sender sealed. */
  'case.imported': z.looseObject({
    bundle: z.looseObject({ sha256: Sha256, sizeBytes: z.number() }),
    /** Where the sender's log ended, as the sealed bundle says. */
    head: z.looseObject({ seq: z.number().int().nonnegative(), hash: Sha256 }),
    sender: z.looseObject({ name: z.string(), fingerprint: Sha256, practice: z.boolean(), recognised: z.boolean() }),
  }),
  /** The examiner opened an older copy of the log on purpose, a restored backup for one. */
  'custody.rolled-back': z.looseObject({ seen: z.number(), seenHash: Sha256 }),
} as const;

export type CustodyAction = keyof typeof custodyDetails;
export type CustodyDetail<A extends CustodyAction> = z.input<(typeof custodyDetails)[A]>;

/** The detail of an entry of that action; undefined when the entry is of another or its detail is not of that shape. */
export function detailOf<A extends CustodyAction>(
  entry: { readonly action: string; readonly detail: unknown },
  action: A,
): z.output<(typeof custodyDetails)[A]> | undefined {
  if (entry.action !== action) return undefined;
  const parsed = custodyDetails[action].safeParse(entry.detail);
  return parsed.success ? (parsed.data as z.output<(typeof custodyDetails)[A]>) : undefined;
}
