import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeNpy, encodeNpy, encodeNpyColumns, npyHeader } from '../../../src/base/npy.ts';

const latin1 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('latin1');

describe('npy', () => {
  it('writes the header that NumPy writes', () => {
    const file = encodeNpy(new Float64Array([1, 2, 3, 4, 5, 6]), [3, 2]);
    expect(latin1(file.subarray(0, 8))).toBe('\x93NUMPY\x01\x00');
    expect(latin1(file.subarray(10, 128)).trimEnd()).toBe(
      "{'descr': '<f8', 'fortran_order': False, 'shape': (3, 2), }",
    );
    expect(file[127]).toBe(0x0a);
    expect(file.length).toBe(128 + 48);
    expect([...file.subarray(128, 136)]).toEqual([0, 0, 0, 0, 0, 0, 0xf0, 0x3f]);
  });

  it('writes a single length with the comma that makes it a tuple', () => {
    expect(latin1(npyHeader('|u1', [7]))).toContain("'shape': (7,), }");
  });

  it('pads a head that is patched later to the same length', () => {
    expect(npyHeader('<f4', [0, 2], 128).length).toBe(npyHeader('<f4', [123456789, 2], 128).length);
  });

  it('lays columns side by side, a row a sample', () => {
    const { values, shape } = decodeNpy(encodeNpyColumns([[1, 2, 3], new Float32Array([4, 5, 6])]));
    expect(shape).toEqual([3, 2]);
    expect([...values]).toEqual([1, 4, 2, 5, 3, 6]);
  });

  it('refuses a shape that does not hold the values, and columns of different length', () => {
    expect(() => encodeNpy(new Uint8Array(5), [2, 2])).toThrow(RangeError);
    expect(() => encodeNpyColumns([[1], [1, 2]])).toThrow(RangeError);
  });

  it('gives back what it wrote, for every type and shape', () => {
    const arrays = fc.oneof(fc.float64Array(), fc.float32Array(), fc.int32Array(), fc.uint8Array(), fc.uint16Array());
    fc.assert(
      fc.property(arrays, (values) => {
        const back = decodeNpy(encodeNpy(values));
        expect(back.shape).toEqual([values.length]);
        expect(back.values.constructor).toBe(values.constructor);
        expect(Buffer.from(back.values.buffer).equals(Buffer.from(values.slice().buffer))).toBe(true);
      }),
    );
  });

  it('says so when a file is cut anywhere', () => {
    const file = encodeNpy(new Int32Array([1, 2, 3]));
    for (let length = 0; length < file.length; length += 1) {
      expect(() => decodeNpy(file.subarray(0, length))).toThrow(RangeError);
    }
  });
});
