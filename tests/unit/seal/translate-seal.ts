import { readFileSync } from 'node:fs';
import type { Translate } from '../../../src/seal/sealed-folder/how-to-verify.ts';

const locale = JSON.parse(
  readFileSync(new URL('../../../resources/locales/en/seal.json', import.meta.url), 'utf8'),
) as Readonly<Record<string, unknown>>;

/** A text of seal.json by its dotted key; undefined where there is none. */
export function sealText(key: string): string | undefined {
  const found = key
    .split('.')
    .reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], locale);
  return typeof found === 'string' ? found : undefined;
}

/** The English texts, filled in as i18next does. Fails on a key or value that is missing. */
export const translateSeal: Translate = (key, values = {}) => {
  const text = sealText(key.replace(/^seal:/, ''));
  if (text === undefined) throw new Error(`no text for ${key}`);
  return text.replace(/\{\{(\w+)\}\}/g, (_, name: string) => {
    const value = values[name];
    if (value === undefined) throw new Error(`no value {{${name}}} for ${key}`);
    return value;
  });
};
