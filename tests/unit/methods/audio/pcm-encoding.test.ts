import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { encodePcm, encodingFor } from '../../../../src/methods/audio/pcm-encoding.ts';

const whole = (bytes: Uint8Array, width: 2 | 3): number[] => {
  const buffer = Buffer.from(bytes);
  return Array.from({ length: bytes.length / width }, (_, i) => buffer.readIntLE(i * width, width));
};

describe('encoding sound for keeping', () => {
  it('gives every 16-bit and 24-bit sample back exactly', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -32768, max: 32767 })), (samples) => {
        expect(
          whole(
            encodePcm(
              Float32Array.from(samples, (s) => s / 32768),
              's16',
            ),
            2,
          ),
        ).toEqual(samples);
      }),
    );
    fc.assert(
      fc.property(fc.array(fc.integer({ min: -8388608, max: 8388607 })), (samples) => {
        expect(
          whole(
            encodePcm(
              Float32Array.from(samples, (s) => s / 8388608),
              's24',
            ),
            3,
          ),
        ).toEqual(samples);
      }),
    );
  });

  it('rounds to the nearest step', () => {
    const steps = Float32Array.from([1.6, -1.6, 1.4, -1.4, 0.4, -0.4], (step) => step / 32768);
    expect(whole(encodePcm(steps, 's16'), 2)).toEqual([2, -2, 1, -1, 0, 0]);
  });

  it('cuts what lies beyond full scale in whole numbers and keeps it in floating point', () => {
    const loud = Float32Array.of(1, 1.5, -1, -3);
    expect(whole(encodePcm(loud, 's16'), 2)).toEqual([32767, 32767, -32768, -32768]);
    expect(whole(encodePcm(loud, 's24'), 3)).toEqual([8388607, 8388607, -8388608, -8388608]);
    expect([...new Float32Array(encodePcm(loud, 'f32').slice().buffer)]).toEqual([...loud]);
  });

  it('takes only the part of a larger buffer that it is given', () => {
    const part = Float32Array.of(9, 0.5, 9).subarray(1, 2);
    expect(whole(encodePcm(part, 's16'), 2)).toEqual([16384]);
    expect(encodePcm(part, 'f32')).toHaveLength(4);
  });

  it.each([
    ['aac', 'fltp', 0, 's16'],
    ['opus', 'fltp', 0, 's16'],
    ['pcm_s16le', 's16', 16, 's16'],
    ['pcm_u8', 'u8', 8, 's16'],
    ['pcm_s24le', 's32', 24, 's24'],
    ['pcm_s32le', 's32', 32, 'f32'],
    ['pcm_f32le', 'flt', 32, 'f32'],
    ['pcm_mulaw', 's16', 8, 's16'],
    ['flac', 's16', 16, 's16'],
    ['flac', 's32', 24, 's24'],
    ['alac', 's32p', 24, 's24'],
    ['wavpack', 'fltp', 32, 'f32'],
    ['unheard-of', 's32', 32, 's16'],
  ])('keeps %s with %s samples of %i bits as %s', (codec, sampleFormat, bitsPerSample, wanted) => {
    expect(encodingFor({ codec, sampleFormat, bitsPerSample })).toBe(wanted);
  });
});
