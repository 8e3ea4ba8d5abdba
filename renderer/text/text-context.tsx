import { createContext, useContext, type ReactNode } from 'react';
import { createText, type Catalogues, type Text } from '../../src/base/text.ts';

const TextContext = createContext<Text | undefined>(undefined);

/** Gives the window's parts their words. */
export function TextProvider({ text, children }: { text: Text; children: ReactNode }) {
  return <TextContext value={text}>{children}</TextContext>;
}

/** The words of the window's language: `useText()('window:start.title')`. */
export function useText(): Text {
  const text = useContext(TextContext);
  if (text === undefined) throw new Error('no words above this part');
  return text;
}

/** Fetches a language's catalogues from the app's own resources. */
export async function loadWindowText(language: string): Promise<Text> {
  const response = await fetch(`/locales/${encodeURIComponent(language)}`);
  return createText((await response.json()) as Catalogues, language);
}
