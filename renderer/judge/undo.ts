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

interface UndoState {
  readonly done: readonly JudgingStep[];
  readonly undone: readonly JudgingStep[];
  /** Latest note of each judgement. The log only grows: undoing writes a further note that supersedes the latest. */
  readonly latest: ReadonlyMap<string, string>;
  /** Why the last step could not be written. */
  readonly error: unknown;
  /** Settles when the step that is being turned is written: two key presses in a row are two steps, one after the other. */
  readonly turning: Promise<boolean>;
}

const nothing: UndoState = { done: [], undone: [], latest: new Map(), error: null, turning: Promise.resolve(true) };

/** What the examiner did in this window, latest last, and what was taken back. */
export const useUndo = create<UndoState>()(() => nothing);

const longestHistory = 200;

/**
 * Writes a judgement into the case so that it can be undone: a new note (`replaces` left out), a changed one, or with `body`
 * null one that is withdrawn. Rejects with OperationError; then nothing was changed.
 */
export async function judge(folder: string, body: NoteBody | null, replaces?: Note): Promise<Note> {
  const before = replaces === undefined || replaces.body.kind === 'withdrawn' ? null : replaces.body;
  const note = await write(folder, body, replaces?.id);
  useUndo.setState(({ done, latest }) => {
    const known = [...latest].find(([, id]) => id === replaces?.id)?.[0];
    const step: JudgingStep = { folder, thread: known ?? replaces?.id ?? note.id, before, after: body };
    return {
      done: [...done.filter((one) => one.folder === folder), step].slice(-longestHistory),
      undone: [],
      latest: new Map(latest).set(step.thread, note.id),
      error: null,
    };
  });
  return note;
}

/** Takes the latest judgement back. Answers false where there is none, or it could not be written. */
export function undo(): Promise<boolean> {
  return turn('done', 'undone', ({ before }) => before);
}

/** Does again what was taken back last. */
export function redo(): Promise<boolean> {
  return turn('undone', 'done', ({ after }) => after);
}

/** Forgets what could be undone: the case was closed, or its report is sealed. */
export function forgetSteps(): void {
  useUndo.setState(nothing);
}

type Wanted = (step: JudgingStep) => NoteBody | null;

function turn(from: 'done' | 'undone', to: 'done' | 'undone', wanted: Wanted): Promise<boolean> {
  const turning = useUndo.getState().turning.then(() => turnOne(from, to, wanted));
  useUndo.setState({ turning });
  return turning;
}

async function turnOne(from: 'done' | 'undone', to: 'done' | 'undone', wanted: Wanted): Promise<boolean> {
  const { [from]: steps, latest } = useUndo.getState();
  const step = steps.at(-1);
  if (step === undefined) return false;
  try {
    const note = await write(step.folder, wanted(step), latest.get(step.thread) ?? step.thread);
    useUndo.setState((state) => ({
      [from]: state[from].filter((one) => one !== step),
      error: null,
      [to]: [...state[to], step],
      latest: new Map(state.latest).set(step.thread, note.id),
    }));
    return true;
  } catch (error) {
    useUndo.setState({ error });
    return false;
  }
}

async function write(folder: string, body: NoteBody | null, supersedes: string | undefined): Promise<Note> {
  const { note } = await call(addNote, {
    folder,
    body: body ?? { kind: 'withdrawn' },
    ...(supersedes === undefined ? {} : { supersedes }),
  });
  return note;
}
