import { describe, expect, it } from 'vitest';
import { isPathBelow } from '../../../../src/seal/manifest/manifest-path.ts';

describe('isPathBelow', () => {
  it.each(['a', 'a/b', '..a', 'a..', '...', ' ', 'a\\b', 'C:x'])('takes %j', (path) => {
    expect(isPathBelow(path, 'linux')).toBe(true);
  });

  it.each(['', '/etc/passwd', '..', '../x', 'a/../b', 'a//b', 'a/', './a', 'a/.', 'a\0b'])('refuses %j', (path) => {
    expect(isPathBelow(path, 'linux')).toBe(false);
  });

  it.each(['a\\b', '..\\x', 'C:x', 'a:stream'])('refuses %j on Windows', (path) => {
    expect(isPathBelow(path, 'win32')).toBe(false);
  });
});
