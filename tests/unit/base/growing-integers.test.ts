import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { GrowingIntegers } from '../../../src/base/growing-integers.ts';

const gathered = (values: readonly number[]) => {
  const numbers = new GrowingIntegers();
  for (const value of values) numbers.push(value);
  return numbers.view();
};

describe('GrowingIntegers', () => {
  it('gives back what was put in, whatever it was', () => {
    const anyNumber = fc.oneof(fc.integer(), fc.double(), fc.constant(NaN), fc.constant(2 ** 40));
    fc.assert(
      fc.property(fc.array(anyNumber, { maxLength: 4000, size: 'max' }), (values) => {
        // Minus nought is nought among integers.
        expect([...gathered(values)].map((value) => value + 0)).toEqual(values.map((value) => value + 0));
      }),
      { numRuns: 60 },
    );
  });

  it('holds whole numbers of 32 bits in half the memory, until one is larger or missing', () => {
    const whole = Array.from({ length: 5000 }, (_, i) => i * 1000 - 2000);
    expect(gathered(whole)).toBeInstanceOf(Int32Array);
    expect(gathered([...whole, 2 ** 31])).toBeInstanceOf(Float64Array);
    expect(gathered([...whole, NaN])).toBeInstanceOf(Float64Array);
    expect(gathered([...whole, 0.5]).at(-1)).toBe(0.5);
  });
});
