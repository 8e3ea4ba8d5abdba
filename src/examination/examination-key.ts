import { createHash } from 'node:crypto';
import { canonicalJson } from '../base/canonical-json.ts';
import type { ExaminationInputs } from './result.ts';

/**
 * The examination's key: SHA-256 (hex) over the canonical JSON of everything that fixes its result. Programs are
 * sorted by name, so that the order in which a method lists them does not matter.
 */
export function examinationKey(inputs: ExaminationInputs): string {
  const programs = [...inputs.programs].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
  return createHash('sha256')
    .update(canonicalJson({ ...inputs, programs }), 'utf8')
    .digest('hex');
}
