import { describe, expect, it } from 'vitest';
import { below, folderNameFor, isAbsolute, lastName, steps } from '../../../../renderer/intake/path-parts.ts';

describe('paths of the file browser', () => {
  it('takes a path of Linux and macOS apart', () => {
    expect(steps('/home/user/a b')).toEqual([
      { name: '/', path: '/' },
      { name: 'home', path: '/home' },
      { name: 'user', path: '/home/user' },
      { name: 'a b', path: '/home/user/a b' },
    ]);
    expect(steps('/')).toEqual([{ name: '/', path: '/' }]);
  });

  it('takes a path of Windows apart, drives and shares', () => {
    expect(steps('C:\\Users\\x').map(({ path }) => path)).toEqual(['C:\\', 'C:\\Users', 'C:\\Users\\x']);
    expect(steps('\\\\server\\share\\clip').map(({ path }) => path)).toEqual([
      '\\\\server\\share\\',
      '\\\\server\\share\\clip',
    ]);
  });

  it('puts a name below a folder, whatever the folder ends with', () => {
    expect(below('/home', 'x')).toBe('/home/x');
    expect(below('/', 'x')).toBe('/x');
    expect(below('C:\\', 'x')).toBe('C:\\x');
  });

  it('names the last part', () => {
    expect(lastName('/media/stick')).toBe('stick');
    expect(lastName('/')).toBe('/');
  });

  it('knows a whole path from a part of one', () => {
    expect(['/a', 'C:\\a', 'C:/a', '\\\\server\\share'].map(isAbsolute)).toEqual([true, true, true, true]);
    expect(['', 'a/b', '~/a', 'C:a', '\\a'].map(isAbsolute)).toEqual([false, false, false, false, false]);
  });

  it('makes a folder name of a title in any script, and nothing of what has no letters', () => {
    expect(folderNameFor('2026-014/Қ «Сұхбат»')).toBe('2026-014-Қ-Сұхбат');
    expect(folderNameFor('../../etc')).toBe('etc');
    expect(folderNameFor(' … ')).toBe('');
    expect(folderNameFor('a'.repeat(200))).toHaveLength(60);
  });
});
