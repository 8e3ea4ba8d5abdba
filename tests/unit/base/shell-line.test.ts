import { execFileSync } from 'node:child_process';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { shellLine } from '../../../src/base/shell-line.ts';

describe('shellLine', () => {
  it('leaves plain arguments alone and quotes the others', () => {
    expect(shellLine(['ffmpeg', '-i', "it's here.mp4", '-map', '0:1', ''])).toBe(
      "ffmpeg -i 'it'\\''s here.mp4' -map 0:1 ''",
    );
  });

  it('gives a shell the same bytes back, on one line', () => {
    const argument = fc.string({ unit: 'grapheme' }).filter((text) => !text.includes('\0'));
    const hard = fc.constantFrom(
      "'",
      '\\',
      '$(id)',
      '`id`',
      '\n',
      '\t\u202e',
      '-rf',
      '!',
      '*',
      '~',
      '%s',
      'ё\u0301\u200b',
    );
    const lists = fc.sample(fc.array(fc.oneof(argument, hard), { minLength: 1, maxLength: 6 }), {
      numRuns: 60,
      seed: 7,
    });
    for (const list of lists) {
      const line = shellLine(list);
      expect(line).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      const back = execFileSync('bash', ['--norc', '-c', `printf '%s\\0' ${line}`], {
        encoding: 'utf8',
        env: { LC_ALL: 'C.UTF-8' },
      });
      expect(back.split('\0').slice(0, -1)).toEqual(list);
    }
  });
});
