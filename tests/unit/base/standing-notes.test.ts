import { describe, expect, it } from 'vitest';
import { standingNotes } from '../../../src/base/standing-notes.ts';

const note = (id: string, kind: string, supersedes?: string) => ({ id, kind, supersedes });
const standing = (...notes: ReturnType<typeof note>[]): string[] =>
  standingNotes(notes, ({ kind }) => kind).map(({ id }) => id);

describe('standingNotes', () => {
  it('leaves out what a later note took the place of', () => {
    expect(standing(note('N1', 'note'), note('N2', 'note'), note('N3', 'note', 'N1'))).toEqual(['N2', 'N3']);
  });

  it('leaves out what was withdrawn, and the withdrawal', () => {
    expect(standing(note('N1', 'note'), note('N2', 'withdrawn', 'N1'))).toEqual([]);
  });

  it('shows again what stands after a withdrawal was taken back', () => {
    expect(standing(note('N1', 'note'), note('N2', 'withdrawn', 'N1'), note('N3', 'note', 'N2'))).toEqual(['N3']);
  });

  it('keeps kinds that it does not know', () => {
    expect(standing(note('N1', 'measurement'))).toEqual(['N1']);
  });
});
