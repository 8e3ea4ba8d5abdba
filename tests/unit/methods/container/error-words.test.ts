import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import texts from '../../../../resources/locales/en/methods/container.json' with { type: 'json' };

const folder = resolve(import.meta.dirname, '../../../../src/containers');

/** Codes that the walkers give, as they stand in their source: as an argument, alone or as one side of a choice. */
function codesInSource(): readonly string[] {
  const code = /'((?:[a-z]+-)+[a-z]+)'/g;
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.ts') && !/^(content|tiff)\//.test(name))
    .flatMap((name) => readFileSync(join(folder, name), 'utf8').split('\n'))
    .filter((line) => /error\(|code:|\? '|return '|keepRest\(/.test(line) && !/^\s*(import|\*|\/)/.test(line))
    .flatMap((line) => [...line.matchAll(code)].map((match) => match[1] ?? ''))
    .filter((found) => !/^(utf|graphic|application|comment|plain|x-)/.test(found));
}

describe('structure errors', () => {
  it('have a sentence each', () => {
    const codes = codesInSource();
    expect(codes.length).toBeGreaterThan(40);
    expect([...new Set(codes)].filter((code) => !Object.hasOwn(texts.errors, code))).toEqual([]);
  });

  it('that nothing gives have none', () => {
    const codes = new Set(codesInSource());
    expect(Object.keys(texts.errors).filter((code) => !codes.has(code))).toEqual([]);
  });
});
