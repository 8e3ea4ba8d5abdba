import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { frames } from '../../src/methods/frames/method.ts';
import { packets } from '../../src/methods/packets/method.ts';
import { makeMedia } from '../support/make-media.ts';
import { runMethod } from '../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-fuzz-media-'));
const file = (name: string): string => join(folder, name);
const names = ['a.mp4', 'a.mkv', 'a.avi', 'a.ts', 'a.gif'];

beforeAll(async () => {
  const input = ['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=10:duration=1', '-f', 'lavfi', '-i', 'sine=duration=1'];
  for (const name of names) await makeMedia([...input, '-g', '5', file(name)]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('damaged media', () => {
  it.each(names)('ends in a result for every damaged %s, never in a crash or a hang', async (name) => {
    const whole = readFileSync(file(name));
    const damage = fc.record({
      cut: fc.double({ min: 0, max: 1, noNaN: true }),
      // Most damage to the head, where the structure is.
      flips: fc.array(fc.tuple(fc.oneof(fc.nat(400), fc.nat(whole.length - 1)), fc.integer({ min: 1, max: 255 })), {
        maxLength: 12,
      }),
      truncates: fc.boolean(),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ cut, flips, truncates }) => {
        const bytes = Buffer.from(whole.subarray(0, truncates ? Math.floor(cut * whole.length) : whole.length));
        for (const [at, bits] of flips) if (at < bytes.length) bytes[at] = (bytes[at] ?? 0) ^ bits;
        writeFileSync(file(`damaged-${name}`), bytes);
        const limits = { limits: { timeMs: 20_000 } };
        const runs = [
          await runMethod(packets, file(`damaged-${name}`), {}, limits),
          await runMethod(frames, file(`damaged-${name}`), {}, limits),
        ];
        for (const { applicability, result } of runs) {
          if (applicability.applies) expect(result?.status).toMatch(/^(completed|not-completed)$/);
        }
      }),
      { numRuns: 6, endOnFailure: true },
    );
  });
});
