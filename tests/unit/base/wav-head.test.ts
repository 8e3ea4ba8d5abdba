import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readWavHead, wavChannel, type WavHead } from '../../../src/base/wav-head.ts';
import { encodePcm } from '../../../src/methods/audio/pcm-encoding.ts';
import { wavHeader } from '../../../src/methods/audio/wav-header.ts';

const encodings = ['s16', 's24', 'f32'] as const;

describe('readWavHead', () => {
  it('reads every head that the sound method writes', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...encodings),
        fc.integer({ min: 1, max: 8 }),
        fc.integer({ min: 1, max: 384_000 }),
        fc.integer({ min: 0, max: 2 ** 40 }),
        (encoding, channels, sampleRateHz, dataBytes) => {
          const bytes = wavHeader({ encoding, channels, sampleRateHz }, dataBytes);
          expect(readWavHead(bytes)).toMatchObject({
            encoding,
            channels,
            sampleRateHz,
            dataBytes,
            dataOffset: bytes.length,
          });
        },
      ),
    );
  });

  it('says nothing of a head that is cut off, at any byte', () => {
    const bytes = wavHeader({ encoding: 's24', channels: 2, sampleRateHz: 48_000 }, 600);
    for (let length = 0; length < bytes.length; length++)
      expect(readWavHead(bytes.subarray(0, length))).toBeUndefined();
  });

  it('never throws, whatever the bytes', () => {
    const start = Uint8Array.from('RIFF\0\0\0\0WAVE', (letter) => letter.charCodeAt(0));
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => {
        readWavHead(bytes);
        readWavHead(Uint8Array.from([...start, ...bytes]));
      }),
    );
  });
});

describe('wavChannel', () => {
  const headOf = (encoding: WavHead['encoding'], bytes: number): WavHead => ({
    ...{ encoding, channels: 2, sampleRateHz: 8000, dataOffset: 0, dataBytes: bytes },
    frameBytes: ({ s16: 2, s24: 3, s32: 4, f32: 4 } as const)[encoding] * 2,
  });

  it.each(encodings)('gives back what was encoded as %s, channel by channel', (encoding) => {
    const interleaved = Float32Array.from([0.5, -0.5, -1, 0.25, 0, 0.125]);
    const bytes = encodePcm(interleaved, encoding);
    const head = headOf(encoding, bytes.length);
    expect([...wavChannel(bytes, head, 0)]).toEqual([0.5, -1, 0]);
    expect([...wavChannel(bytes, head, 1)]).toEqual([-0.5, 0.25, 0.125]);
  });

  it('leaves out a last sample that is cut off', () => {
    expect(wavChannel(new Uint8Array(7), headOf('s16', 7), 0)).toHaveLength(1);
  });
});
