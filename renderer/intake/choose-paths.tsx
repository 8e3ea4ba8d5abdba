import { useState, type ReactNode } from 'react';
import { nativeWindow } from '../../src/contract/native.ts';
import { BrowseSheet } from './browse-sheet.tsx';

interface Question {
  readonly mode: 'files' | 'folder';
  readonly title: string;
  readonly startAt?: string;
  readonly onChosen: (paths: readonly string[]) => void;
}

/**
 * Asks for files or a folder: with the system's own dialog where the window has one, otherwise with the engine's file
 * browser. The second value is the sheet, to be put anywhere on the view.
 */
export function useChoosePaths(): [ask: (question: Question) => void, sheet: ReactNode] {
  const [asked, setAsked] = useState<Question | null>(null);
  const ask = (question: Question): void => {
    const native = nativeWindow();
    if (native === undefined) {
      setAsked(question);
      return;
    }
    const { mode, title, startAt, onChosen } = question;
    void native
      .choosePaths({ kind: mode, title, ...(startAt === undefined ? {} : { startAt }) })
      .then((paths) => paths.length > 0 && onChosen(paths));
  };
  const sheet = asked !== null && <BrowseSheet open {...asked} onClose={() => setAsked(null)} />;
  return [ask, sheet];
}
