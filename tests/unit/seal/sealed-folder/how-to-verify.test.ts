import { describe, expect, it } from 'vitest';
import { practiceMarker } from '../../../../src/seal/certificate/practice-marker.ts';
import { howToVerifyText, verifyCommands } from '../../../../src/seal/sealed-folder/how-to-verify.ts';
import { wrapText } from '../../../../src/seal/sealed-folder/wrap-text.ts';
import { makeSigner } from '../fixtures.ts';
import { translateSeal } from '../translate-seal.ts';

describe('howToVerifyText', () => {
  it('gives the commands, the name, the fingerprint as openssl prints it, and as words', async () => {
    const { certificate } = await makeSigner({ subject: { commonName: 'Рустам Қодирӣ' } });
    const text = howToVerifyText(certificate, translateSeal);
    for (const command of Object.values(verifyCommands)) expect(text).toContain(`\n    ${command}\n`);
    expect(text).toContain('Рустам Қодирӣ');
    expect(text).toMatch(/^ {4}(?:[0-9A-F]{2}:){31}[0-9A-F]{2}$/m);
    expect(text).toMatch(/^ {4}(?:[a-z]+ ){11}[a-z]+$/m);
    expect(text).not.toContain('{{');
  });

  it('says plainly that a practice identity does not show who signed', async () => {
    const subject = { commonName: 'Practice identity', organisationalUnit: practiceMarker };
    const practice = howToVerifyText((await makeSigner({ subject })).certificate, translateSeal);
    const person = howToVerifyText((await makeSigner()).certificate, translateSeal);
    expect(practice).toContain('It does not show who signed.');
    expect(person).not.toContain('practice');
  });

  it('has no line of text longer than 78 characters, and ends with one newline', async () => {
    const text = howToVerifyText((await makeSigner()).certificate, translateSeal);
    const long = text.split('\n').filter((line) => line.length > 78 && !line.startsWith('    '));
    expect(long).toEqual([]);
    expect(text).toMatch(/[^\n]\n$/);
  });
});

describe('wrapText', () => {
  it('breaks at spaces, counts characters and not code units, and keeps long words whole', () => {
    expect(wrapText(`${'😀'.repeat(40)} ${'😀'.repeat(37)} x`)).toBe(`${'😀'.repeat(40)} ${'😀'.repeat(37)}\nx`);
    expect(wrapText(`a ${'b'.repeat(90)} c`)).toBe(`a\n${'b'.repeat(90)}\nc`);
  });
});
