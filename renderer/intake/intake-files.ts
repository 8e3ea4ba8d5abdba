import type { JobEvent } from '../../src/contract/jobs.ts';

type Details = NonNullable<JobEvent['details']>;

/** One file on its way into the case, as far as it is known. */
export interface IntakeFile {
  readonly path: string;
  readonly doneBytes: number;
  readonly totalBytes: number | undefined;
  /** Where the file stood when it was first seen to move; the time before that is waiting. */
  readonly began: { readonly bytes: number; readonly atMs: number } | undefined;
  /** ms since the job started, at the last word of the file. */
  readonly lastMs: number;
  /** `waiting`: nothing of it was done yet. */
  readonly outcome: 'waiting' | 'running' | 'added' | 'already-present' | 'refused';
  /** Number and hashes of an exhibit, or the values of a refusal's sentence. */
  readonly details: Details;
}

/** Files in the order in which they were met, by path. */
export type IntakeFiles = ReadonlyMap<string, IntakeFile>;

/** The files after further events of the job. Other stages are left alone. */
export function foldIntake(files: IntakeFiles, events: readonly JobEvent[]): IntakeFiles {
  const ours = events.filter(({ stage, subject }) => stage === 'intake-file' && subject !== undefined);
  if (ours.length === 0) return files;
  const next = new Map(files);
  for (const { subject: path = '', done, total, atMs, details } of [...ours].sort((a, b) => a.seq - b.seq)) {
    const known = next.get(path);
    next.set(path, {
      path,
      doneBytes: done,
      totalBytes: total ?? known?.totalBytes,
      began: known?.began ?? (done > 0 ? { bytes: done, atMs } : undefined),
      lastMs: atMs,
      outcome: outcomeOf(details) ?? outcomeOf(known?.details) ?? (done > 0 ? 'running' : 'waiting'),
      details: details ?? known?.details ?? {},
    });
  }
  return next;
}

function outcomeOf(details: Details | undefined): IntakeFile['outcome'] | undefined {
  const outcome = details?.['outcome'];
  return outcome === 'added' || outcome === 'already-present' || outcome === 'refused' ? outcome : undefined;
}

/** Bytes per second of a file since it first moved; undefined while that says nothing. */
export function bytesPerSecond({ doneBytes, began, lastMs }: IntakeFile): number | undefined {
  if (began === undefined) return undefined;
  const seconds = (lastMs - began.atMs) / 1000;
  return seconds > 0.1 ? (doneBytes - began.bytes) / seconds : undefined;
}
