import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseManifest } from '../../../../src/seal/manifest/parse-manifest.ts';

const hash = (digit: string): string => digit.repeat(64);

describe('parseManifest', () => {
  it('reads entries in their order, and nothing from an empty text', () => {
    expect(parseManifest(`${hash('a')}  x\n${hash('b')}  y/z\n`)).toEqual({
      entries: [
        { path: 'x', sha256: hash('a') },
        { path: 'y/z', sha256: hash('b') },
      ],
      problems: [],
    });
    expect(parseManifest('')).toEqual({ entries: [], problems: [] });
  });

  it('names what is wrong with each line, and keeps the others', () => {
    const text = `${hash('a')}  x\nnonsense\n${hash('b')}  ../x\n${hash('c')}  x\n\n${hash('d')}  y`;
    expect(parseManifest(text)).toEqual({
      entries: [{ path: 'x', sha256: hash('a') }],
      problems: [
        { line: 6, reason: 'end-missing' },
        { line: 2, reason: 'line-unreadable' },
        { line: 3, reason: 'path-outside' },
        { line: 4, reason: 'path-twice' },
        { line: 5, reason: 'line-unreadable' },
      ],
    });
  });

  it('reads any text without failing, and no path that leads out', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: fc.constantFrom('\n', '\\', '/', '.', ' ', `${hash('a')}  `), maxLength: 40 }),
        (text) => {
          for (const { path } of parseManifest(text).entries)
            expect(path.split('/')).not.toEqual(expect.arrayContaining(['..']));
        },
      ),
    );
  });
});
