import { create } from 'zustand';
import type { Support } from '../../src/base/judgement.ts';

/** An opinion as it is being written. Null and empty: not chosen yet. */
export interface OpinionDraft {
  readonly proposition: string;
  readonly alternative: string;
  readonly outcome: 'consistent' | 'inconsistent' | 'inconclusive' | null;
  readonly strength: Support | '';
  readonly words: string;
}

export const emptyOpinion: OpinionDraft = {
  proposition: '',
  alternative: '',
  outcome: null,
  strength: '',
  words: '',
};

/**
 * Opinions that are being written, by case folder: looking something up in the workspace must not cost what was typed. They
 * are no notes yet, so they live in the window only.
 */
export const useOpinionDrafts = create<{
  readonly drafts: ReadonlyMap<string, { readonly noteId: string | null; readonly draft: OpinionDraft }>;
}>()(() => ({ drafts: new Map() }));

/** Keeps what is typed; null forgets it. `noteId` is the opinion that is being changed, null for a new one. */
export function keepDraft(folder: string, noteId: string | null, draft: OpinionDraft | null): void {
  useOpinionDrafts.setState(({ drafts }) => {
    const next = new Map(drafts);
    if (draft === null) next.delete(folder);
    else next.set(folder, { noteId, draft });
    return { drafts: next };
  });
}
