import { formatNumber } from '../../base/format-number.ts';
import type { Text, TextValue } from '../../base/text.ts';
import type { Sentence } from './report-model.ts';

/** The words of one method, with a sensible stand-in where its locale file is silent about a label. */
export class MethodText {
  readonly #text: Text;
  readonly #namespace: string;

  constructor(text: Text, methodId: string) {
    this.#text = text;
    this.#namespace = `methods/${methodId}`;
  }

  /** `title`, `question`, `summary`: required of every method. */
  say(key: string, values: Readonly<Record<string, TextValue>> = {}): string {
    return this.#text(`${this.#namespace}:${key}`, values);
  }

  has(key: string): boolean {
    return this.#text.has(`${this.#namespace}:${key}`);
  }

  sentence(group: string, key: string, values: Readonly<Record<string, TextValue>> = {}): Sentence {
    return { key, text: this.say(`${group}.${key}`, values) };
  }

  /** A label of a measure, column or parameter; its own name where the method gives it none. */
  label(group: 'measures' | 'columns', name: string): string {
    return this.has(`${group}.${name}`) ? this.say(`${group}.${name}`) : name;
  }

  /** A parameter's value as it is read. */
  parameterValue(value: unknown): string {
    if (typeof value === 'number') return formatNumber(value, this.#text.language);
    if (typeof value === 'boolean') return this.#text(value ? 'units:yes' : 'units:no');
    return typeof value === 'string' ? value : JSON.stringify(value);
  }
}
