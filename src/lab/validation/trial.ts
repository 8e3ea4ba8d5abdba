import type { Check } from '../../base/check.ts';
import type { Finding } from '../../base/finding.ts';
import type { ExhibitRecord } from '../../case/exhibit-record.ts';
import type { ReproducedExamination } from '../../examination/reproduce/reproduced.ts';
import type { ReportExamination } from '../../report/model/report-input.ts';
import type { ValidationMedia } from './make-media.ts';

/** What was examined: everything that trials may look at. */
export interface Examined {
  readonly media: ValidationMedia;
  readonly record: (medium: string) => ExhibitRecord | undefined;
  readonly examination: (medium: string, method: string) => ReportExamination | undefined;
  /** First finding of that code; undefined where the method did not find it, or did not run. */
  readonly finding: (medium: string, method: string, code: string) => Finding | undefined;
  readonly reproduced: readonly ReproducedExamination[];
  readonly caseChecks: readonly Check[];
  /** Name of the file that verification blamed after one bit of it was turned; undefined where nothing was found. */
  readonly turnedBitIn: { readonly turned: string; readonly found: string | undefined };
}

export interface Answer {
  readonly measured: string;
  readonly passed: boolean;
}

/** A question with a known answer. */
export interface Trial {
  /** Locale key under `validation:trials`. */
  readonly id: string;
  readonly area: string;
  readonly medium?: string;
  readonly expected: string;
  /** Undefined when there is nothing to judge: the method failed for want of a program, say. */
  ask(examined: Examined): Answer | undefined | Promise<Answer | undefined>;
}

/** The same text, or not. */
export function equal(expected: string, measured: string | undefined): Answer | undefined {
  return measured === undefined ? undefined : { measured, passed: measured === expected };
}

/** A number of a finding within a tolerance, written with its unit. */
export function near(
  measured: number | undefined,
  { value, tolerance, unit }: { readonly value: number; readonly tolerance: number; readonly unit: string },
): Answer | undefined {
  if (measured === undefined) return undefined;
  return { measured: `${String(measured)} ${unit}`, passed: Math.abs(measured - value) <= tolerance };
}

/** A measure of a finding as a number. */
export function measureOf(finding: Finding | undefined, name: string): number | undefined {
  const value = finding?.measures[name]?.value;
  return typeof value === 'number' ? value : undefined;
}

/** A detail or a measure of a finding as text. */
export function textOf(finding: Finding | undefined, name: string): string | undefined {
  const value = finding?.details[name] ?? finding?.measures[name]?.value;
  return value === undefined ? undefined : String(value);
}
