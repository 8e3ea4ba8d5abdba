import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createText } from '../../../src/base/text.ts';

const catalogues = {
  en: {
    report: {
      hello: 'Hello {{name}}, {{ other }}.',
      rows_one: '{{count}} row',
      rows_other: '{{count}} rows',
      plain: 'No place here',
      deep: { er: { key: 'found' } },
      list: ['first', 'second'],
    },
    'methods/ela': { findings: { 'map-made': { observation: 'q {{quality}}' } } },
  },
  ru: {
    report: { rows_one: '{{count}} строка', rows_few: '{{count}} строки', rows_many: '{{count}} строк', size: '{{n}}' },
  },
};
const text = createText(catalogues, 'en', { onMissing: 'throw' });
const russian = createText(catalogues, 'ru', { onMissing: 'throw' });

describe('createText', () => {
  it('fills the places of a sentence', () => {
    expect(text('report:hello', { name: 'A', other: 'B' })).toBe('Hello A, B.');
    expect(text('report:deep.er.key')).toBe('found');
    expect(text('methods/ela:findings.map-made.observation', { quality: 90 })).toBe('q 90');
  });

  it('puts any value in as it is, whatever it looks like', () => {
    const hostile = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom(
        '$t(report:plain)',
        '{{other}}',
        '{{- name}}',
        '$&',
        '$1',
        '{{name',
        '}}',
        '__proto__',
        '$t(plain, {"lng":"ru"})',
      ),
    );
    fc.assert(
      fc.property(hostile, hostile, (name, other) => {
        expect(text('report:hello', { name, other })).toBe(`Hello ${name}, ${other}.`);
      }),
    );
  });

  it('is not steered by values that carry the names of options', () => {
    const values = {
      name: 'A',
      other: 'B',
      lng: 'ru',
      ns: 'none',
      defaultValue: 'no',
      context: 'few',
      returnObjects: true,
    };
    expect(text('report:hello', values)).toBe('Hello A, B.');
  });

  it('chooses the plural form of its own language', () => {
    expect([1, 2].map((count) => text('report:rows', { count }))).toEqual(['1 row', '2 rows']);
    expect([1, 3, 5].map((count) => russian('report:rows', { count }))).toEqual(['1 строка', '3 строки', '5 строк']);
  });

  it('writes numbers as the language does', () => {
    expect(russian('report:size', { n: 1234567.5 })).toBe('1\u202f234\u202f567,5');
  });

  it('falls back to English for a text that a language lacks', () => {
    expect(russian('report:plain')).toBe('No place here');
  });

  it('throws for a missing text or place in tests', () => {
    expect(() => text('report:nowhere')).toThrow('report:nowhere');
    expect(() => text('report:hello', { name: 'A' })).toThrow('other');
  });

  it('shows the key of a missing text otherwise, and never an inherited property', () => {
    const shown = createText(catalogues, 'en');
    expect(shown('report:nowhere')).toBe('report:nowhere');
    expect(shown('report:constructor')).toBe('report:constructor');
    expect(shown('report:hello', { other: 'B' })).toBe('Hello {{name}}, B.');
  });

  it('knows which texts it has', () => {
    expect([
      text.has('report:plain'),
      text.has('report:rows'),
      text.has('report:nowhere'),
      text.has('report:deep'),
    ]).toEqual([true, true, false, false]);
    expect(text.list('report:list')).toEqual(['first', 'second']);
    expect(text.list('report:nowhere')).toEqual([]);
  });
});
