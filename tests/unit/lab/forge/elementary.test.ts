import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { amplitudeOfDb, cosineOfTurns, exponential, sineOfTurns } from '../../../../src/lab/forge/elementary.ts';

const forge = join(import.meta.dirname, '../../../../src/lab/forge');

describe('the forge', () => {
  it('uses no function whose last bits ECMAScript leaves to the engine', () => {
    const files = readdirSync(forge, { recursive: true, encoding: 'utf8' }).filter((name) => name.endsWith('.ts'));
    expect(files.length).toBeGreaterThan(30);
    for (const name of [...files, '../../base/random.ts']) {
      const code = readFileSync(join(forge, name), 'utf8').replaceAll(/\/\*[\s\S]*?\*\/|\/\/.*/g, '');
      const found = /Math\.(a?(sin|cos|tan)h?|atan2|exp|expm1|log\w*|pow|hypot|cbrt|random)\b|[\w)\]] \*\* /.exec(code);
      expect(found?.[0], name).toBeUndefined();
    }
  });
});

describe('elementary functions', () => {
  it('agree with the platform to 13 digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -40, max: 40, noNaN: true }), (x) => {
        expect(Math.abs(sineOfTurns(x) - Math.sin(2 * Math.PI * (x - Math.round(x))))).toBeLessThan(1e-13);
        expect(Math.abs(cosineOfTurns(x) - Math.cos(2 * Math.PI * (x - Math.round(x))))).toBeLessThan(1e-13);
        expect(Math.abs(exponential(x) / Math.exp(x) - 1)).toBeLessThan(1e-13);
      }),
    );
  });

  it('are exact where a sample depends on it', () => {
    expect([sineOfTurns(0), sineOfTurns(0.5), exponential(0)]).toEqual([0, 0, 1]);
    expect(sineOfTurns(0.25)).toBeCloseTo(1, 15);
    expect(amplitudeOfDb(-20)).toBeCloseTo(0.1, 13);
  });
});
