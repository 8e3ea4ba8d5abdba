import { describe, expect, it } from 'vitest';
import { pseudoCatalogues, pseudoLanguage, pseudoText } from '../../../src/base/pseudo-catalogues.ts';

describe('pseudoText', () => {
  it('is at least 60 % longer and keeps the places', () => {
    const text = 'Report {{id}} is sealed at {{path}}';
    const pseudo = pseudoText(text);
    expect(pseudo).toContain('{{id}}');
    expect(pseudo).toContain('{{path}}');
    const length = (one: string) => one.replaceAll(/\{\{\w+\}\}/g, '').length;
    expect(length(pseudo)).toBeGreaterThanOrEqual(length(text) * 1.6);
  });
});

describe('pseudoCatalogues', () => {
  it('turns every text and list of English and leaves English itself alone', () => {
    const catalogues = { en: { window: { open: 'Open', deep: { list: ['one', 'two'] } } } };
    const turned = pseudoCatalogues(catalogues);
    expect(turned['en']).toEqual(catalogues.en);
    const window = turned[pseudoLanguage]?.['window'] as { open: string; deep: { list: string[] } };
    expect(window.open).toMatch(/^Öpën/);
    expect(window.deep.list).toHaveLength(2);
  });
});
