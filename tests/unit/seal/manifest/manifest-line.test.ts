import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { formatManifestLine, parseManifestLine } from '../../../../src/seal/manifest/manifest-line.ts';

const sha256 = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

describe('formatManifestLine', () => {
  it('is what sha256sum prints', () => {
    expect(formatManifestLine({ path: 'a b/é', sha256 })).toBe(`${sha256}  a b/é`);
    expect(formatManifestLine({ path: ' *x', sha256 })).toBe(`${sha256}   *x`);
  });

  it('escapes backslash, newline and carriage return as sha256sum does', () => {
    expect(formatManifestLine({ path: 'a\\n\nb\rc', sha256 })).toBe(`\\${sha256}  a\\\\n\\nb\\rc`);
  });

  it('never breaks the line, and parses back to any path', () => {
    const path = fc.string({ unit: fc.constantFrom('\\', '\n', '\r', 'n', 'r', ' ', '*', 'я', '😀'), minLength: 1 });
    fc.assert(
      fc.property(fc.oneof(path, fc.string({ unit: 'grapheme', minLength: 1 })), (name) => {
        const line = formatManifestLine({ path: name, sha256 });
        expect(line).not.toMatch(/[\n\r]/);
        expect(parseManifestLine(line)).toEqual({ path: name, sha256 });
      }),
    );
  });
});

describe('parseManifestLine', () => {
  it('reads binary mode and capital digits too', () => {
    expect(parseManifestLine(`${sha256.toUpperCase()} *x`)).toEqual({ path: 'x', sha256 });
  });

  it.each([
    ['nothing', ''],
    ['no name', `${sha256}  `],
    ['one space', `${sha256} x`],
    ['a short hash', `${sha256.slice(1)}  x`],
    ['another digest', `${sha256}00  x`],
    ['an unknown escape', `\\${sha256}  a\\tb`],
    ['a lone backslash at the end', `\\${sha256}  a\\`],
    ['a comment', '# files'],
  ])('refuses %s', (_, line) => {
    expect(parseManifestLine(line)).toBeUndefined();
  });
});
