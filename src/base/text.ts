import { createInstance } from 'i18next';
import { formatNumber } from './format-number.ts';

/** Nested texts of one namespace: one locale file. */
export interface Catalogue {
  readonly [key: string]: string | readonly string[] | Catalogue;
}

/** language → namespace (`report`, `errors`, `methods/ela`, …) → texts. */
export type Catalogues = Readonly<Record<string, Readonly<Record<string, Catalogue>>>>;

export type TextValue = string | number | boolean;
export type TextValues = Readonly<Record<string, TextValue>>;

/**
 * The words of one language. Called with `namespace:path.to.key` and the values of its `{{name}}` places; a number
 * is written as the language writes numbers, and one named `count` also picks the plural form (`key_one`, `key_other`).
 */
export interface Text {
  (key: string, values?: TextValues): string;
  /** BCP 47 tag of the language that was asked for. */
  readonly language: string;
  /** True when the key has a text in this language or in the one it falls back to. */
  readonly has: (key: string) => boolean;
  /** A key that holds a list of sentences; empty where there is none. */
  readonly list: (key: string) => readonly string[];
}

export interface TextOptions {
  /** `throw` in tests, so that no missing text goes unseen; otherwise the key itself stands in its place. */
  readonly onMissing?: 'throw' | 'show-key';
  /** Language to take a text from that this one lacks. */
  readonly fallback?: string;
}

/** The text function over loaded catalogues. Deterministic: nothing of the machine's own locale enters. */
export function createText(catalogues: Catalogues, language: string, options: TextOptions = {}): Text {
  const { onMissing = 'show-key', fallback = 'en' } = options;
  const catalogue = createInstance();
  void catalogue.init({
    lng: language,
    fallbackLng: fallback,
    resources: catalogues,
    initAsync: false,
    returnObjects: true,
    returnEmptyString: true,
  });

  const missing = (key: string): string => {
    if (onMissing === 'throw') throw new Error(`no text for ${key} in ${language}`);
    return key;
  };

  // SECURITY: i18next only looks the sentence up. Values of exhibits are hostile; put in by i18next they could be
  // read as nesting, as options or as further places, so they are put in below, in a single pass.
  const lookUp = (key: string, count?: number): unknown =>
    catalogue.exists(key, count === undefined ? {} : { count })
      ? catalogue.t(key, { skipInterpolation: true, ...(count === undefined ? {} : { count }) })
      : undefined;
  // A report asks for the same few hundred sentences ten thousand times.
  const known = new Map<string, unknown>();
  const lookup = (key: string, count?: number): unknown => {
    if (count !== undefined) return lookUp(key, count);
    if (!known.has(key)) known.set(key, lookUp(key));
    return known.get(key);
  };

  const text = (key: string, values: TextValues = {}): string => {
    const count = typeof values['count'] === 'number' ? values['count'] : undefined;
    const sentence = lookup(key, count);
    if (typeof sentence !== 'string') return missing(key);
    return sentence.replace(/\{\{\s*([^{}]+?)\s*\}\}/g, (place, name: string) => {
      const value = Object.hasOwn(values, name) ? values[name] : undefined;
      if (value === undefined) return onMissing === 'throw' ? missing(`${key} {{${name}}}`) : place;
      return typeof value === 'number' ? formatNumber(value, language) : String(value);
    });
  };

  return Object.assign(text, {
    language,
    has: (key: string) => typeof lookup(key) === 'string' || typeof lookup(key, 1) === 'string',
    list: (key: string) => {
      const value = lookup(key);
      return Array.isArray(value) ? value.filter((item) => typeof item === 'string') : [];
    },
  });
}
