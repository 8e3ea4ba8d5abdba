import { describe, expect, it } from 'vitest';
import { describeFinding } from '../../../src/base/describe-finding.ts';
import { createText } from '../../../src/base/text.ts';

const finding = { code: 'lag', reason: 'gone', measures: {}, details: {}, limits: [] };
const catalogues = {
  en: {
    'methods/m': { findings: { lag: { observation: 'The lag is not told.' } } },
    report: { unnamed: '“{{name}}”, which this version has no words for.' },
  },
};

describe('describeFinding', () => {
  it('says the name of what another version called a reason, as a name', () => {
    const described = describeFinding(createText(catalogues, 'en', { onMissing: 'show-key' }), 'm', finding);
    expect(described.observation).toBe('The lag is not told.');
    expect(described.reason).toBe('“reasons.gone”, which this version has no words for.');
  });

  it('lets no missing text of this version go unseen in tests', () => {
    expect(() => describeFinding(createText(catalogues, 'en', { onMissing: 'throw' }), 'm', finding)).toThrow('gone');
  });
});
