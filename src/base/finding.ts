import { z } from 'zod';

/**
 * What an examination can say about a proposition (SWGDE 23-V-001 v1.2), plus plain facts (`information`) and
 * the honest refusal (`abstained`).
 */
export const Outcome = z.enum(['inconsistent', 'consistent', 'inconclusive', 'information', 'abstained']);
export type Outcome = z.infer<typeof Outcome>;

/** Units that a measure may carry. `1` is a pure number; `text` a value that is not a quantity. */
export const Unit = z.enum([
  '1',
  'text',
  'bytes',
  'ms',
  's',
  'frames',
  'fps',
  'px',
  'Hz',
  'bit/s',
  'dB',
  'LUFS',
  'LU',
  'dBTP',
  'deg',
  'm',
  'percent',
  'ms/min',
  'ppm',
  'levels',
]);
export type Unit = z.infer<typeof Unit>;

/** One measured value. `uncertainty` is the half-width of its interval, in the same unit. */
export const Measure = z.strictObject({
  value: z.union([z.number(), z.string(), z.boolean()]),
  unit: Unit,
  uncertainty: z.number().nonnegative().optional(),
});
export type Measure = z.infer<typeof Measure>;

/** Where in the exhibit a finding stands. Times in ms on the exhibit's presentation time axis; offsets in bytes. */
export const Place = z.strictObject({
  startMs: z.number().optional(),
  endMs: z.number().optional(),
  frame: z.number().int().nonnegative().optional(),
  stream: z.number().int().nonnegative().optional(),
  region: z.strictObject({ x: z.number(), y: z.number(), width: z.number(), height: z.number() }).optional(),
  offsetBytes: z.number().int().nonnegative().optional(),
  lengthBytes: z.number().int().nonnegative().optional(),
  /** Path of the structure node or tag, as the container method or the metadata table names it. */
  node: z.string().optional(),
});
export type Place = z.infer<typeof Place>;

/**
 * One statement of an examination. The words are in the method's locale file:
 * `findings.<code>.observation`, `.interpretation`; measures and details are interpolated by name.
 */
export const Finding = z
  .strictObject({
    code: z.string().regex(/^[a-z0-9]+(-[a-z0-9]+)*$/),
    outcome: Outcome,
    /** Locale key under the method's `propositions`; required for the three comparing outcomes. */
    proposition: z.string().optional(),
    /** Locale key under the method's `reasons`; required when abstained. */
    reason: z.string().optional(),
    measures: z.record(z.string(), Measure).default({}),
    /** Further values for the sentence that are not measures (names, software strings). */
    details: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).default({}),
    places: z.array(Place).default([]),
    /** Names of artefacts of the same examination that show it. */
    artefacts: z.array(z.string()).default([]),
    /** Locale keys under the method's `limits`: what this finding does not show. */
    limits: z.array(z.string()).default([]),
  })
  .check((ctx) => {
    const { outcome, proposition, reason } = ctx.value;
    const compares = outcome === 'consistent' || outcome === 'inconsistent' || outcome === 'inconclusive';
    if (compares && proposition === undefined)
      ctx.issues.push({ code: 'custom', message: 'a comparing outcome names its proposition', input: ctx.value });
    if (outcome === 'abstained' && reason === undefined)
      ctx.issues.push({ code: 'custom', message: 'abstaining names its reason', input: ctx.value });
  });
export type Finding = z.infer<typeof Finding>;
/** A finding as a method writes it: defaults may be left out. */
export type FindingInput = z.input<typeof Finding>;
