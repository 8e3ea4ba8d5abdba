import type { Text } from '../../src/base/text.ts';
import { visibleText } from '../../src/base/visible-text.ts';
import { OperationError } from '../api/call.ts';

/** An error in the person's words, with what to do about it. */
export function errorText(text: Text, error: unknown): string {
  if (!(error instanceof OperationError))
    return text('errors:defect', { what: error instanceof Error ? error.message : String(error) });
  const values = Object.fromEntries(
    Object.entries(error.details).map(([name, value]) => [name, visibleText(String(value))]),
  );
  return text(`errors:${error.code}`, values);
}
