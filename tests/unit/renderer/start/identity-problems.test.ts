import { describe, expect, it } from 'vitest';
import { identityProblems } from '../../../../renderer/start/identity-problems.ts';

const good = { name: 'A. Analyst', organisation: '', country: '', passphrase: 'four words', again: 'four words' };

describe('identityProblems', () => {
  it('finds nothing wrong with a name and the same passphrase twice', () => {
    expect(identityProblems(good, 8)).toEqual({});
    expect(identityProblems({ ...good, country: ' kz ' }, 8)).toEqual({});
  });

  it('names each field that is wrong', () => {
    const bad = { ...good, name: ' ', country: 'Kaz', passphrase: 'short', again: 'other' };
    expect(identityProblems(bad, 8)).toEqual({
      name: 'name',
      country: 'country',
      passphrase: 'short',
      again: 'different',
    });
  });

  it('counts letters as the engine does: of the composed form, not of UTF-16', () => {
    const seven = '\u0065\u0301'.repeat(7);
    expect(identityProblems({ ...good, passphrase: seven, again: seven }, 8)).toEqual({ passphrase: 'short' });
    const emoji = '😀'.repeat(7);
    expect(identityProblems({ ...good, passphrase: emoji, again: emoji }, 8)).toEqual({ passphrase: 'short' });
  });
});
