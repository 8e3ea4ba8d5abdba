import { readdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { describe, expect, it } from 'vitest';
import { custodyDetails } from '../../../src/case/custody/custody-action.ts';

const root = resolve(import.meta.dirname, '../../..');
const texts = JSON.parse(readFileSync(join(root, 'resources/locales/en/case.json'), 'utf8')) as {
  actions: Record<string, string>;
  checks: Record<string, Record<string, string>>;
};
const source = readdirSync(join(root, 'src/case'), { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(join(root, 'src/case', file), 'utf8'))
  .join('\n');

/** Codes of checks, as the sources write them down. */
function codes(): Set<string> {
  const written = [...source.matchAll(/checks\.(?:passed|failed|notChecked)\(\s*'[a-z]+',\s*'([a-z-]+)'/g)];
  const points = ['custody-head', 'custody-last-seen', 'custody-sealed'].flatMap((code) => [
    code,
    `${code}-truncated`,
    `${code}-differs`,
  ]);
  const chain = ['malformed', 'altered', 'missing', 'out-of-order', 'unlinked'].map((kind) => `custody-${kind}`);
  const folders = ['case-record', 'exhibit-record', 'examination-files', 'report-files', 'lock-left', 'case-in-use'];
  return new Set([...written.flatMap((match) => match[1] ?? []), ...points, ...chain, ...folders]);
}

describe('the texts of a case', () => {
  it('say every action of the custody log', () => {
    expect(Object.keys(texts.actions).sort()).toEqual(Object.keys(custodyDetails).sort());
  });

  it('say every check in each of its three outcomes, and no check that there is not', () => {
    expect(codes().size).toBeGreaterThan(25);
    expect(Object.keys(texts.checks).sort()).toEqual([...codes()].sort());
    for (const outcomes of Object.values(texts.checks))
      expect(Object.keys(outcomes).sort()).toEqual(['failed', 'not-checked', 'passed']);
  });
});
