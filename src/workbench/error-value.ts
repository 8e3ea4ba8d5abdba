import { isAssayError, type ErrorValue } from '../base/errors.ts';

/** Any thrown thing as the value that crosses the contract. What is not ours is a defect and says so. */
export function errorValue(error: unknown): ErrorValue {
  if (isAssayError(error)) return error.toValue();
  return { code: 'defect', details: { what: error instanceof Error ? error.message : String(error) } };
}
