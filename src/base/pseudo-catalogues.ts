import type { Catalogue, Catalogues } from './text.ts';

/** The language that no one speaks: English with accents, 60 % longer. A layout that holds it holds Russian and Kazakh. */
export const pseudoLanguage = 'en-XA';

const accents: Readonly<Record<string, string>> = {
  a: 'á',
  e: 'ë',
  i: 'ï',
  o: 'ø',
  u: 'ü',
  A: 'Å',
  E: 'É',
  I: 'Î',
  O: 'Ö',
  U: 'Ü',
};
const growth = 0.6;

/** English as the pseudo-language, under its own name; places like `{{name}}` stay as they are. */
export function pseudoCatalogues(catalogues: Catalogues): Catalogues {
  const english = catalogues['en'] ?? {};
  const turned = Object.entries(english).map(([namespace, texts]) => [namespace, turn(texts) as Catalogue] as const);
  return { ...catalogues, [pseudoLanguage]: Object.fromEntries(turned) };
}

type Texts = string | readonly string[] | Catalogue;

function turn(texts: Texts): Texts {
  if (typeof texts === 'string') return pseudoText(texts);
  if (Array.isArray(texts)) return texts.map((text: string) => pseudoText(text));
  return Object.fromEntries(Object.entries(texts as Catalogue).map(([key, inner]) => [key, turn(inner)]));
}

/** One text: accented, and longer by 60 % through words of its own kind at its end. */
export function pseudoText(text: string): string {
  const accented = text
    .split(/(\{\{[^{}]*\}\})/)
    .map((part) =>
      part.startsWith('{{') ? part : part.replaceAll(/[aeiouAEIOU]/g, (vowel) => accents[vowel] ?? vowel),
    )
    .join('');
  const letters = text.replaceAll(/\{\{[^{}]*\}\}/g, '').length;
  const more = Math.ceil(letters * growth);
  // Words of at most eight letters, so that long texts can break as real ones do.
  return `${accented}${Array.from({ length: more }, (_, i) => (i % 9 === 0 && letters > 8 ? ' ' : 'ø')).join('')}`;
}
