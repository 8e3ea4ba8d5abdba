import { z } from 'zod';
import { ProgramIdentity, Sha256Hex } from '../../examination/result.ts';

export const trialOutcomes = ['passed', 'failed', 'not-run'] as const;

/** One known answer, and what came out on this machine. */
export const TrialResult = z.strictObject({
  /** Locale key under `validation:trials`. */
  id: z.string(),
  /** What it holds to account: a method's id, or a part of Assay. */
  area: z.string(),
  /** Name of the medium; absent where it is about none. */
  medium: z.string().optional(),
  /** Numbers with units and digests: the same in every language. */
  expected: z.string(),
  measured: z.string(),
  outcome: z.enum(trialOutcomes),
});
export type TrialResult = z.infer<typeof TrialResult>;

/** `validation.json`: how this installation answered the built-in pack. */
export const ValidationRecord = z.strictObject({
  schema: z.literal('assay.validation/1'),
  pack: z.strictObject({ id: z.string(), version: z.number().int() }),
  assayVersion: z.string(),
  startedAt: z.iso.datetime(),
  endedAt: z.iso.datetime(),
  platform: z.string(),
  outcome: z.enum(['passed', 'failed', 'incomplete']),
  programs: z.array(ProgramIdentity),
  methods: z.array(z.strictObject({ id: z.string(), version: z.number().int() })),
  media: z.array(z.strictObject({ name: z.string(), sha256: Sha256Hex, sizeBytes: z.number().int() })),
  trials: z.array(TrialResult),
  /** The case in which the media were examined, and the report of it that was sealed beside. */
  case: z.strictObject({ id: z.string(), title: z.string() }),
});
export type ValidationRecord = z.infer<typeof ValidationRecord>;

/** One failed trial fails the whole; one that could not run leaves it incomplete. */
export function wholeOutcome(trials: readonly TrialResult[]): ValidationRecord['outcome'] {
  if (trials.some(({ outcome }) => outcome === 'failed')) return 'failed';
  return trials.every(({ outcome }) => outcome === 'passed') && trials.length > 0 ? 'passed' : 'incomplete';
}
