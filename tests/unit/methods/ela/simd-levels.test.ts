import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { assembleModule, i32, op, unsigned } from '../../../../src/methods/ela/assemble-wasm.ts';
import { openSimdLevels } from '../../../../src/methods/ela/simd-levels.ts';

/** Runs a function of two numbers that is assembled from instructions. */
function run(body: readonly (readonly number[])[], first: number, second: number): number {
  const module = new WebAssembly.Module(assembleModule({ name: 'f', parameters: 2, locals: [i32], body }, 1));
  const { f } = new WebAssembly.Instance(module).exports as { f: (a: number, b: number) => number };
  return f(first, second);
}

describe('the assembler', () => {
  it('writes numbers as the specification does', () => {
    expect(unsigned(0)).toEqual([0]);
    expect(unsigned(624_485)).toEqual([0xe5, 0x8e, 0x26]);
  });

  it('assembles arithmetic, constants of either sign, and a loop', () => {
    fc.assert(
      fc.property(fc.integer(), fc.integer(), (constant, value) => {
        expect(run([op.localGet(0), op.i32Const(constant), op.i32Add], value, 0)).toBe((value + constant) | 0);
      }),
    );
    // Adds the second number as often as the first says.
    const sum = [
      op.loopWhile(
        [...op.localGet(2), ...op.localGet(1), ...op.i32Add, ...op.localSet(2)],
        [...op.localGet(0), ...op.i32Const(1), ...op.i32Sub, ...op.localSet(0), ...op.localGet(0)],
      ),
      op.localGet(2),
    ];
    expect(run(sum, 7, 6)).toBe(42);
  });
});

describe('the vectors', () => {
  const [before, after, map, sums, largest] = [0, 512, 1024, 2048, 4096];

  it('work out one vector that can be checked by hand', () => {
    const { memory, levels } = openSimdLevels(8192)!;
    const bytes = new Uint8Array(memory.buffer);
    bytes.set([10, 20, 30, 255, 0, 7], before);
    bytes.set([12, 17, 30, 0, 0, 0], after);
    expect(levels(before, after, map, sums, largest, 1, 1, 48, 16, 0)).toBe(14);
    expect([...bytes.subarray(map, map + 3)]).toEqual([3, 255, 0]);
    expect(new Uint16Array(memory.buffer)[sums / 2]).toBe(258);
    expect([...bytes.subarray(largest, largest + 2)]).toEqual([3, 255]);
  });

  it('keep to the memory that they are given, and grow it where it is too small', () => {
    const { memory, levels } = openSimdLevels(200_000)!;
    expect(memory.buffer.byteLength).toBe(4 * 65_536);
    const bytes = new Uint8Array(memory.buffer).fill(9);
    levels(before, after, map, sums, largest, 2, 3, 96, 96, 1);
    expect([...bytes.subarray(map + 3 * 96, map + 3 * 96 + 8)]).toEqual([9, 9, 9, 9, 9, 9, 9, 9]);
    expect([...bytes.subarray(largest + 32, largest + 40)]).toEqual([9, 9, 9, 9, 9, 9, 9, 9]);
  });
});
