import { beforeAll, describe, expect, it } from 'vitest';
import type { Text } from '../../../src/base/text.ts';
import { bundleCheckCodes } from '../../../src/bundle/bundle-check.ts';
import { describeCheck } from '../../../src/base/describe-checks.ts';
import { englishText } from './bundle-fixture.ts';

let text: Text;

beforeAll(async () => {
  text = await englishText();
});

describe('the texts of bundles', () => {
  it('have a sentence for every check and outcome', () => {
    const missing = bundleCheckCodes.flatMap((code) =>
      ['passed', 'failed', 'not-checked'].filter((outcome) => !text.has(`bundle:checks.${code}.${outcome}`)),
    );
    expect(missing).toEqual([]);
  });

  it('say what failed and where', () => {
    const check = {
      area: 'integrity',
      code: 'zip-duplicate',
      outcome: 'failed',
      subject: 'a',
      details: { other: 'A' },
    } as const;
    expect(describeCheck(check, text).text).toBe('a and A would be the same file.');
  });
});
