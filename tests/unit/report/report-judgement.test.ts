import { describe, expect, it } from 'vitest';
import type { Note } from '../../../src/case/note.ts';
import { reportJudgement } from '../../../src/report/report-judgement.ts';

let number = 0;
function note(kind: string, body: Record<string, unknown>, supersedes?: string): Note {
  number += 1;
  const id = `N${String(number).padStart(3, '0')}`;
  const written = { id, at: '2026-03-14T10:00:00.000Z', actor: 'Examiner', kind, body };
  return supersedes === undefined ? written : { ...written, supersedes };
}

const bookmark = { exhibit: 'E001', startMs: 40, words: 'Here.', status: 'relevant' };

describe('reportJudgement', () => {
  it('sorts the notes that stand into the places of a report, with who wrote them and when', () => {
    const by = { at: '2026-03-14T10:00:00.000Z', author: 'Examiner' };
    const opinion = {
      proposition: 'P',
      alternative: 'A',
      outcome: 'consistent',
      strength: 'moderate',
      words: 'Because.',
    };
    const answer = { exhibit: 'E001', question: 'unknown-page', answer: 'yes', reason: 'No name.' };
    const mark = { exhibit: 'E001', key: 'f'.repeat(64), index: 2, words: '' };
    expect(
      reportJudgement([
        note('assessment', opinion),
        note('bookmark', bookmark),
        note('provenance', answer),
        note('marked-finding', mark),
        note('note', { words: 'Asked for the original.' }),
      ]),
    ).toEqual({
      opinions: [{ ...by, ...opinion }],
      bookmarks: [{ ...by, ...bookmark }],
      provenance: [{ ...by, ...answer }],
      marked: [mark],
      notes: [{ ...by, words: 'Asked for the original.' }],
    });
  });

  it('puts what was read by hand beside the measured finding, below what the examiner says of it', () => {
    const measured = { key: 'f'.repeat(64), index: 2 };
    const reading = { exhibit: 'E001', audioLeadMs: 160, startMs: 3000, measured, words: 'By hand 160 ms.' };
    const { marked, bookmarks } = reportJudgement([
      note('hand-reading', reading),
      note('marked-finding', { exhibit: 'E001', ...measured, words: 'Look here.' }),
      note('hand-reading', { exhibit: 'E001', audioLeadMs: 0, startMs: 10, words: 'Together.' }),
    ]);
    expect(marked).toEqual([{ exhibit: 'E001', ...measured, words: 'Look here.\nBy hand 160 ms.' }]);
    expect(bookmarks?.map(({ startMs, status, words }) => [startMs, status, words])).toEqual([
      [3000, 'relevant', 'By hand 160 ms.'],
      [10, 'relevant', 'Together.'],
    ]);
  });

  it('leaves out what was superseded or withdrawn', () => {
    const first = note('bookmark', bookmark);
    const second = note('bookmark', { ...bookmark, words: 'There.' }, first.id);
    const gone = note('note', { words: 'x' });
    const { bookmarks, notes } = reportJudgement([first, second, gone, note('withdrawn', {}, gone.id)]);
    expect(bookmarks?.map(({ words }) => words)).toEqual(['There.']);
    expect(notes).toEqual([]);
  });

  it('takes the later of two answers to one question even where it does not say what it supersedes', () => {
    const answer = (answered: string, exhibit = 'E001') =>
      note('provenance', { exhibit, question: 'source-file', answer: answered, reason: '' });
    const { provenance } = reportJudgement([answer('yes'), answer('yes', 'E002'), answer('no')]);
    expect(provenance?.map(({ exhibit, answer: answered }) => [exhibit, answered])).toEqual([
      ['E001', 'no'],
      ['E002', 'yes'],
    ]);
  });

  it('leaves out what it cannot read, and members that it does not know', () => {
    const { bookmarks } = reportJudgement([
      note('bookmark', { ...bookmark, status: 'certain' }),
      note('bookmark', { ...bookmark, colour: 'red' }),
    ]);
    expect(bookmarks).toHaveLength(1);
    expect(bookmarks?.[0]).not.toHaveProperty('colour');
  });
});
