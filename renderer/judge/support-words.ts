import type { Text } from '../../src/base/text.ts';
import type { NoteBody } from '../../src/contract/window-operations.ts';

type Assessment = Extract<NoteBody, { kind: 'assessment' }>;

/** The strength of an opinion with its direction, as the report will say it. */
export function supportWords(text: Text, { outcome, strength }: Pick<Assessment, 'outcome' | 'strength'>): string {
  const words = text(`report:strengths.${strength}`);
  return strength === 'none' ? words : text(`report:support.${outcome}`, { strength: words });
}
