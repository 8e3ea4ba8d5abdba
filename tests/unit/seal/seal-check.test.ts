import { describe, expect, it } from 'vitest';
import { sealCheck, sealCheckCodes } from '../../../src/seal/seal-check.ts';
import { sealText } from './translate-seal.ts';

describe('the codes of checks', () => {
  it('have a sentence for every outcome', () => {
    const keys = sealCheckCodes.flatMap((code) =>
      ['passed', 'failed', 'not-checked'].map((outcome) => `checks.${code}.${outcome}`),
    );
    expect(keys.filter((key) => sealText(key) === undefined)).toEqual([]);
  });

  it('take true and false for passed and failed', () => {
    expect(sealCheck('integrity', 'file-unchanged', true, 'a').outcome).toBe('passed');
    expect(sealCheck('integrity', 'file-unchanged', false, 'a').outcome).toBe('failed');
    expect(sealCheck('integrity', 'file-unchanged', 'not-checked', 'a').outcome).toBe('not-checked');
  });
});
