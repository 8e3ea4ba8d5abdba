import { AssayError, type ErrorCode } from '../../base/errors.ts';
import { readProblem } from '../file-problem.ts';

/** Why a file was not taken in: the same codes and words as errors (`errors.json`), but a value, since the rest goes on. */
export interface Refusal {
  readonly reason: ErrorCode;
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

export function refusalOf(error: AssayError): Refusal {
  return { reason: error.code, details: { ...error.details } };
}

/** The refusal that a failed look at a path comes to. Errors that are neither ours nor the system's are thrown on. */
export function refusalFor(path: string, error: unknown): Refusal {
  const problem = readProblem(path, error);
  if (problem instanceof AssayError) return refusalOf(problem as AssayError);
  throw problem;
}
