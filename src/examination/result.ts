import { z } from 'zod';
import { Artefact } from '../base/artefact.ts';
import { Finding } from '../base/finding.ts';

export const Sha256Hex = z.string().regex(/^[0-9a-f]{64}$/);

/** An external program or codec library as it was when a result was made. */
export const ProgramIdentity = z.strictObject({
  name: z.string(),
  version: z.string(),
  /** SHA-256 of the executable, or of the package's native library. */
  sha256: Sha256Hex,
});
export type ProgramIdentity = z.infer<typeof ProgramIdentity>;

export const ExaminationStatus = z.enum(['completed', 'not-completed', 'not-applicable', 'failed']);
export type ExaminationStatus = z.infer<typeof ExaminationStatus>;

const Details = z.record(z.string(), z.union([z.string(), z.number(), z.boolean()]));

/**
 * `result.json`: everything of one examination that the same inputs make again byte for byte. Canonical JSON.
 * No time, no machine, no path outside the exhibit's folder.
 */
export const ExaminationResult = z.strictObject({
  schema: z.literal('assay.examination/1'),
  /** SHA-256 of the canonical JSON of {@link ExaminationInputs}; names the folder. */
  key: Sha256Hex,
  exhibitSha256: Sha256Hex,
  method: z.strictObject({ id: z.string(), version: z.number().int() }),
  parameters: z.record(z.string(), z.unknown()),
  programs: z.array(ProgramIdentity),
  /** Command lines that give this method's input alone, run in the exhibit's folder. */
  commands: z.array(z.array(z.string())),
  status: ExaminationStatus,
  /** Locale key under the method's `reasons` (or `errors` for a failure); absent when completed. */
  reason: z.string().optional(),
  details: Details.default({}),
  findings: z.array(Finding),
  artefacts: z.array(Artefact),
});
export type ExaminationResult = z.infer<typeof ExaminationResult>;

/** What fixes a result. Its digest is the examination's key. */
export interface ExaminationInputs {
  readonly exhibitSha256: string;
  readonly method: { readonly id: string; readonly version: number };
  readonly parameters: Readonly<Record<string, unknown>>;
  readonly programs: readonly ProgramIdentity[];
}

/** `run.json`, beside the result: the circumstances of the run that made it, different each time. */
export const ExaminationRun = z.strictObject({
  schema: z.literal('assay.run/1'),
  key: Sha256Hex,
  assayVersion: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  platform: z.string(),
  /** Every external program run that this examination took part in, as it was really started. */
  runs: z.array(
    z.strictObject({
      program: z.string(),
      arguments: z.array(z.string()),
      sandbox: z.enum(['bubblewrap', 'none']),
      exitCode: z.number().int().nullable(),
      elapsedMs: z.number(),
      cpuMs: z.number().optional(),
      stoppedBy: z.enum(['time-limit', 'memory-limit', 'cancelled']).optional(),
      sharedWith: z.array(z.string()).default([]),
    }),
  ),
});
export type ExaminationRun = z.infer<typeof ExaminationRun>;
