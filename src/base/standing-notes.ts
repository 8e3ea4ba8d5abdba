/** What is needed of a note to know whether it still stands. */
export interface Supersedable {
  readonly id: string;
  readonly supersedes?: string | undefined;
}

/**
 * The notes that stand: those that no later one superseded, without those that only take an earlier one back. Oldest first, as
 * they came. A note is never removed from the log; this is what is left of it when it is read.
 */
export function standingNotes<T extends Supersedable>(notes: readonly T[], kindOf: (note: T) => string): T[] {
  const superseded = new Set(notes.map(({ supersedes }) => supersedes));
  return notes.filter((note) => !superseded.has(note.id) && kindOf(note) !== 'withdrawn');
}
