import { describe, expect, it } from 'vitest';
import { keyName } from '../../../../renderer/state/commands.ts';

const pressed = (key: string, code: string, held: Partial<Parameters<typeof keyName>[0]> = {}): string =>
  keyName({ key, code, ctrlKey: false, metaKey: false, altKey: false, shiftKey: false, ...held });

describe('the name of a key', () => {
  it('is what is printed on it, with what is held down', () => {
    expect(pressed('j', 'KeyJ')).toBe('j');
    expect(pressed('L', 'KeyL', { shiftKey: true })).toBe('Shift+l');
    expect(pressed('?', 'Slash', { shiftKey: true })).toBe('?');
    expect(pressed('ArrowLeft', 'ArrowLeft', { shiftKey: true })).toBe('Shift+ArrowLeft');
    expect(pressed('k', 'KeyK', { metaKey: true })).toBe('Ctrl+k');
  });

  it('is that of its place where another alphabet is switched on', () => {
    const places = { о: 'j', л: 'k', д: 'l', ш: 'i', щ: 'o', и: 'b' };
    for (const [key, place] of Object.entries(places)) expect(pressed(key, `Key${place.toUpperCase()}`)).toBe(place);
    expect(pressed('Д', 'KeyL', { shiftKey: true })).toBe('Shift+l');
    expect(pressed('л', 'KeyK', { ctrlKey: true })).toBe('Ctrl+k');
    expect([
      pressed('б', 'Comma'),
      pressed('ю', 'Period'),
      pressed('х', 'BracketLeft'),
      pressed('ъ', 'BracketRight'),
    ]).toEqual([',', '.', '[', ']']);
    expect(pressed('і', 'Digit2', { altKey: true })).toBe('Alt+2');
  });

  it('stays what is printed where a Latin layout puts letters elsewhere', () => {
    expect(pressed('y', 'KeyZ')).toBe('y');
    expect(pressed('ß', 'IntlBackslash')).toBe('');
  });
});
