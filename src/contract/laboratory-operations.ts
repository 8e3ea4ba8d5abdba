import { z } from 'zod';
import { defineOperation } from './operation.ts';

/*
 * What a laboratory asks of its own installation: does it give the same results again, and the right ones.
 */

const Program = z.strictObject({ version: z.string(), sha256: z.string() });

export const ReproducedExamination = z.strictObject({
  exhibit: z.string(),
  key: z.string(),
  method: z.string(),
  recordedVersion: z.number().int(),
  /** Null where this Assay does not have the method. */
  versionHere: z.number().int().nullable(),
  outcome: z.enum(['identical', 'different', 'cannot']),
  /** Why not: a locale key under `cli.reproduce.reasons`. */
  reason: z
    .enum([
      'evidence-changed',
      'record-changed',
      'method-unknown',
      'parameters-unknown',
      'tool-missing',
      'reference-missing',
      'failed-here',
    ])
    .nullable(),
  about: z.string().nullable(),
  /** The first thing that differs: a path in result.json, or an artefact by name. */
  difference: z.strictObject({ where: z.string(), recorded: z.string(), found: z.string() }).nullable(),
  /** Programs then and here, by name; null where there was or is none. */
  programs: z.array(
    z.strictObject({ name: z.string(), recorded: Program.nullable(), here: Program.nullable(), same: z.boolean() }),
  ),
  recordedSha256: z.string().nullable(),
});

/** Examines again from the evidence with the recorded parameters, and compares result by result. Changes nothing. */
export const reproduceCase = defineOperation('case.reproduce', {
  input: z.strictObject({
    /** A case's folder, or a bundle with evidence. */
    path: z.string(),
    exhibits: z.array(z.string()).optional(),
  }),
  output: z.strictObject({
    path: z.string(),
    kind: z.enum(['case', 'bundle']),
    case: z.strictObject({ id: z.string(), title: z.string() }),
    assay: z.string(),
    /** `different` as soon as one is; else `cannot` as soon as one could not be made again. */
    outcome: z.enum(['identical', 'different', 'cannot', 'nothing']),
    identical: z.number().int(),
    different: z.number().int(),
    cannot: z.number().int(),
    examinations: z.array(ReproducedExamination),
  }),
  job: true,
});

/** Runs the built-in validation pack on this machine; the result is sealed. */
export const validateInstallation = defineOperation('lab.validate', {
  input: z.strictObject({
    /** Folder for media, case and record; not there, or empty. */
    folder: z.string(),
    title: z.string(),
    language: z.string().optional(),
  }),
  output: z.strictObject({
    folder: z.string(),
    outcome: z.enum(['passed', 'failed', 'incomplete']),
    /** The sealed record: data and page. */
    record: z.string(),
    html: z.string(),
    signature: z.string(),
    practice: z.boolean(),
    /** The case in which the media were examined. */
    case: z.string(),
    report: z.string(),
    programs: z.array(z.strictObject({ name: z.string(), version: z.string(), sha256: z.string() })),
    trials: z.array(
      z.strictObject({
        /** Locale key under `validation.trials`. */
        id: z.string(),
        area: z.string(),
        medium: z.string().optional(),
        expected: z.string(),
        measured: z.string(),
        outcome: z.enum(['passed', 'failed', 'not-run']),
      }),
    ),
  }),
  job: true,
});
