import { create } from 'zustand';
import { addNote, type Note, type NoteBody } from '../../src/contract/window-operations.ts';
import { call } from '../api/call.ts';

/** One judgement as it can be taken back: what stood there before and what stands there now; null is nothing. */
export interface JudgingStep {
  readonly folder: string;
  /** The judgement that this step changed, by the id of its first note. */
  readonly thread: string;
  readonly before: NoteBody | null;
  readonly after: NoteBody | null;
}

interface Standing {
  readonly id: string;
  readonly body: NoteBody | null;
}

interface UndoState {
  readonly done: readonly JudgingStep[];
  readonly undone: readonly JudgingStep[];
  /** What stands of each judgement. The log only grows: undoing writes a further note that supersedes the latest. */
  readonly latest: ReadonlyMap<string, Standing>;
  /** Which judgement a note belongs to. */
  readonly threads: ReadonlyMap<string, string>;
  /** The note that was written last. */
  readonly written: { readonly folder: string; readonly note: Note } | null;
  /** Why the last step could not be undone or done again. */
  readonly error: unknown;
  /** Settles when what is being written is written: notes go into the log one after the other. */
  readonly queue: Promise<unknown>;
}

const nothing: Omit<UndoState, 'queue'> = {
  done: [],
  undone: [],
  latest: new Map(),
  threads: new Map(),
  written: null,
  error: null,
};

/** What the examiner did in this window, latest last, and what was taken back. */
export const useUndo = create<UndoState>()(() => ({ ...nothing, queue: Promise.resolve() }));

const longestHistory = 200;

/** A note as it should be, null where it is withdrawn, or how it follows from what stands now. */
export type Change<B extends NoteBody = NoteBody> = B | null | ((standing: B) => B);

/**
 * Writes a judgement into the case so that it can be undone: a new note (`replaces` left out), a changed one, or with `change`
 * null one that is withdrawn. A change that is a function is made to what stands when it is written, which may be later than
 * what the person saw. Rejects with OperationError; then nothing was changed.
 */
export function judge<B extends NoteBody>(
  folder: string,
  change: Change<B>,
  replaces?: Note & { readonly body: B },
): Promise<Note> {
  return queued(async () => {
    const { latest, threads } = useUndo.getState();
    const known = replaces === undefined ? undefined : (threads.get(replaces.id) ?? replaces.id);
    const before: Standing | undefined =
      known === undefined || replaces === undefined
        ? undefined
        : (latest.get(known) ?? { id: replaces.id, body: replaces.body });
    const standing = (before?.body ?? replaces?.body) as B;
    const after = typeof change === 'function' ? change(standing) : change;
    const note = await write(folder, after, before?.id);
    const step: JudgingStep = { folder, thread: known ?? note.id, before: before?.body ?? null, after };
    useUndo.setState((state) => ({
      done: [...state.done.filter((one) => one.folder === folder), step].slice(-longestHistory),
      undone: [],
      ...following(state, step.thread, folder, note, after),
    }));
    return note;
  });
}

/** Takes the latest judgement back. Answers false where there is none, or it could not be written. */
export function undo(): Promise<boolean> {
  return queued(() => turn('done', 'undone', ({ before }) => before));
}

/** Does again what was taken back last. */
export function redo(): Promise<boolean> {
  return queued(() => turn('undone', 'done', ({ after }) => after));
}

/** Forgets what could be undone: the case was closed, or its report is sealed. */
export function forgetSteps(): void {
  useUndo.setState(nothing);
}

async function turn(
  from: 'done' | 'undone',
  to: 'done' | 'undone',
  wanted: (step: JudgingStep) => NoteBody | null,
): Promise<boolean> {
  const { [from]: steps, latest } = useUndo.getState();
  const step = steps.at(-1);
  if (step === undefined) return false;
  try {
    const note = await write(step.folder, wanted(step), latest.get(step.thread)?.id ?? step.thread);
    useUndo.setState((state) => ({
      [from]: state[from].filter((one) => one !== step),
      [to]: [...state[to], step],
      ...following(state, step.thread, step.folder, note, wanted(step)),
    }));
    return true;
  } catch (error) {
    useUndo.setState({ error });
    return false;
  }
}

function following(state: UndoState, thread: string, folder: string, note: Note, body: NoteBody | null) {
  return {
    latest: new Map(state.latest).set(thread, { id: note.id, body }),
    threads: new Map(state.threads).set(note.id, thread),
    written: { folder, note },
    error: null,
  };
}

function queued<T>(work: () => Promise<T>): Promise<T> {
  const done = useUndo.getState().queue.then(work);
  useUndo.setState({ queue: done.catch(() => undefined) });
  return done;
}

async function write(folder: string, body: NoteBody | null, supersedes: string | undefined): Promise<Note> {
  const { note } = await call(addNote, {
    folder,
    body: body ?? { kind: 'withdrawn' },
    ...(supersedes === undefined ? {} : { supersedes }),
  });
  return note;
}
