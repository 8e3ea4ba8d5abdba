import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { forgetSteps, judge, redo, undo, useUndo } from '../../../../renderer/judge/undo.ts';
import { standingNotes } from '../../../../src/base/standing-notes.ts';
import type { Note, NoteBody } from '../../../../src/contract/window-operations.ts';

type Words = Extract<NoteBody, { kind: 'note' }>;

/** A case that keeps notes as the engine does: appended, never changed. */
function answeringCase() {
  const log: Note[] = [];
  const failing = { next: false };
  vi.stubGlobal('fetch', (_: string, { body }: { body: string }) => {
    if (failing.next) {
      failing.next = false;
      return Promise.resolve(Response.json({ ok: false, error: { code: 'disk-full', details: { path: '/case' } } }));
    }
    const input = JSON.parse(body) as { body: NoteBody; supersedes?: string };
    const note: Note = {
      id: `N${String(log.length + 1).padStart(3, '0')}`,
      at: '2026-03-14T10:00:00.000Z',
      actor: 'Examiner',
      body: input.body,
      ...(input.supersedes === undefined ? {} : { supersedes: input.supersedes }),
    };
    log.push(note);
    return Promise.resolve(Response.json({ ok: true, data: { note } }));
  });
  const standing = (): string[] =>
    standingNotes(log, ({ body }) => body.kind).map(({ body }) => (body.kind === 'note' ? body.words : body.kind));
  return { log, standing, failing };
}

const words = (text: string): Words => ({ kind: 'note', words: text });
const as = (note: Note) => note as Note & { body: Words };

describe('judging with undo', () => {
  let held: ReturnType<typeof answeringCase>;
  beforeEach(() => {
    forgetSteps();
    held = answeringCase();
  });
  afterEach(() => vi.unstubAllGlobals());

  it('takes a new note back and writes it again, and the log only grows', async () => {
    await judge('/case', words('a'));
    expect(held.standing()).toEqual(['a']);
    await undo();
    expect(held.standing()).toEqual([]);
    await redo();
    expect(held.standing()).toEqual(['a']);
    expect(held.log.map(({ body }) => body.kind)).toEqual(['note', 'withdrawn', 'note']);
  });

  it('goes back through several changes of one note, and forth again', async () => {
    const first = await judge('/case', words('a'));
    const second = await judge('/case', words('b'), as(first));
    await judge('/case', null, as(second));
    const seen = [held.standing()];
    for (const step of [undo, undo, undo, redo, redo, redo]) {
      await step();
      seen.push(held.standing());
    }
    expect(seen).toEqual([[], ['b'], ['a'], [], ['a'], ['b'], []]);
  });

  it('makes two changes at once one after the other, the second to what the first left', async () => {
    const first = as(await judge('/case', { kind: 'note', exhibit: 'E001', words: 'a' } as Words));
    await Promise.all([
      judge('/case', (note) => ({ ...note, words: 'b' }), first),
      judge('/case', (note) => ({ ...note, exhibit: 'E002' }), first),
    ]);
    expect(held.log.at(-1)).toMatchObject({ supersedes: 'N002', body: { exhibit: 'E002', words: 'b' } });
    expect(held.standing()).toEqual(['b']);
  });

  it('changes a note of an earlier session, and goes back to it', async () => {
    const old = as({ id: 'N777', at: '2026-03-14T10:00:00.000Z', actor: 'Examiner', body: words('old') });
    await judge('/case', words('new'), old);
    expect(held.log[0]?.supersedes).toBe('N777');
    await undo();
    expect(held.log.at(-1)).toMatchObject({ supersedes: 'N001', body: { words: 'old' } });
  });

  it('has nothing to do again once something new was judged', async () => {
    await judge('/case', words('a'));
    await undo();
    await judge('/case', words('b'));
    expect(await redo()).toBe(false);
    expect(held.standing()).toEqual(['b']);
  });

  it('keeps a step that could not be written, and says why', async () => {
    await judge('/case', words('a'));
    held.failing.next = true;
    expect(await undo()).toBe(false);
    expect(useUndo.getState().error).toMatchObject({ code: 'disk-full' });
    expect(await undo()).toBe(true);
    expect(held.standing()).toEqual([]);
  });

  it('rejects a judgement that could not be written, and goes on with the next', async () => {
    held.failing.next = true;
    await expect(judge('/case', words('a'))).rejects.toMatchObject({ code: 'disk-full' });
    await judge('/case', words('b'));
    expect(held.standing()).toEqual(['b']);
    expect(useUndo.getState().done).toHaveLength(1);
  });

  it('undoes nothing of another case', async () => {
    await judge('/one', words('a'));
    await judge('/two', words('b'));
    expect(useUndo.getState().done.map(({ folder }) => folder)).toEqual(['/two']);
  });
});
