import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { visibleLines, visibleText } from '../../../src/base/visible-text.ts';

describe('visibleText', () => {
  it('writes out what reorders or hides text', () => {
    expect(visibleText('report\u202egpj.exe')).toBe('report‹U+202E›gpj.exe');
    expect(visibleText('a\u0000b\nc\u200bd\ufeff')).toBe('a‹U+0000›b‹U+000A›c‹U+200B›d‹U+FEFF›');
    expect(visibleText('x\ud800y\u{e0041}')).toBe('x‹U+D800›y‹U+E0041›');
  });

  it('leaves letters of every script as they are', () => {
    const names = ['Қазақстан Ұлттық арнасы', 'Тоҷикистон ғарибӣ', 'O‘zbekiston', 'مقابلة', '中文 😀', 'é e\u0301'];
    expect(names.map(visibleText)).toEqual(names);
  });

  it('leaves nothing unseen in any string', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), (text) => {
        expect(visibleText(text)).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
      }),
    );
  });
});

describe('visibleLines', () => {
  it('keeps the lines that a person wrote', () => {
    expect(visibleLines('one\r\ntwo\tx\n\u202ethree')).toEqual(['one', 'two x', '‹U+202E›three']);
  });
});
