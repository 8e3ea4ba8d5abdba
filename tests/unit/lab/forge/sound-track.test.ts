import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addNoise,
  cutTrack,
  driftTrack,
  putIn,
  shiftTrack,
  spliceTracks,
} from '../../../../src/lab/forge/edit-sound.ts';
import { lowPass, resampleAt } from '../../../../src/lab/forge/resample.ts';
import { joinMaps, sliceMap, type SoundMap } from '../../../../src/lab/forge/sound-map.ts';
import { fitTrack, lengthOf, pcm16Of, silentTrack, type SoundTrack } from '../../../../src/lab/forge/sound-track.ts';

/** A sound whose sample n is n + 1, so that every sample tells where it came from. */
function counting(length: number, rateHz = 1000): SoundTrack {
  const samples = Float32Array.from({ length }, (_, i) => i + 1);
  return { rateHz, channels: [samples, samples], map: [{ length, source: { start: 0, rate: 1 } }] };
}

/** What a map says sample n is: its source's number, or 0 for a stranger. */
function told(map: SoundMap): number[] {
  return map.flatMap(({ length, source }) =>
    Array.from({ length }, (_, k) => ('stranger' in source ? 0 : source.start + k * source.rate + 1)),
  );
}

function heard(track: SoundTrack): number[] {
  return [...(track.channels[0] ?? [])];
}

describe('shifting sound', () => {
  it('moves every sample by exactly so many, ahead or behind, and fills the gap with silence', () => {
    expect(heard(shiftTrack(counting(5), 2, 'silence'))).toEqual([3, 4, 5, 0, 0]);
    expect(heard(shiftTrack(counting(5), -2, 'silence'))).toEqual([0, 0, 1, 2, 3]);
  });

  it('or with what fell off the other end', () => {
    expect(heard(shiftTrack(counting(5), 2, 'wrap'))).toEqual([3, 4, 5, 1, 2]);
    expect(heard(shiftTrack(counting(5), -2, 'wrap'))).toEqual([4, 5, 1, 2, 3]);
  });

  it('is undone by its opposite when it wraps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 300 }), fc.integer({ min: -400, max: 400 }), (length, by) => {
        const there = shiftTrack(counting(length), by, 'wrap');
        const limited = Math.max(-length, Math.min(length, by));
        expect(heard(shiftTrack(there, -limited, 'wrap'))).toEqual(heard(counting(length)));
      }),
    );
  });
});

describe('the story of a sound', () => {
  it('tells each sample of it, whatever was cut, put in and shifted', () => {
    const operation = fc.record({
      kind: fc.constantFrom('shift', 'wrap', 'cut', 'insert', 'replace', 'copy'),
      at: fc.nat(200),
      length: fc.integer({ min: 1, max: 60 }),
    });
    fc.assert(
      fc.property(fc.array(operation, { maxLength: 8 }), (operations) => {
        let track = counting(200);
        for (const { kind, at, length } of operations) {
          const total = lengthOf(track);
          const from = Math.min(at, total);
          const to = Math.min(total, from + length);
          if (kind === 'shift') track = shiftTrack(track, length - 30, 'silence');
          if (kind === 'wrap') track = shiftTrack(track, length - 30, 'wrap');
          if (kind === 'cut') track = cutTrack(track, from, to, 0);
          if (kind === 'insert') track = putIn(track, silentTrack(track, length), from, 0, 0);
          if (kind === 'replace') track = putIn(track, silentTrack(track, to - from), from, to - from, 0);
          if (kind === 'copy') track = putIn(track, counting(length), from, 0, 0);
          if (lengthOf(track) === 0) track = counting(10);
        }
        expect(told(track.map)).toEqual(heard(track));
        expect(told(track.map).length).toBe(lengthOf(track));
      }),
    );
  });

  it('has no more spans than it needs', () => {
    const whole: SoundMap = [{ length: 100, source: { start: 0, rate: 1 } }];
    expect(joinMaps(sliceMap(whole, 0, 40), sliceMap(whole, 40, 100))).toEqual(whole);
    expect(joinMaps(sliceMap(whole, 0, 40), sliceMap(whole, 41, 100))).toHaveLength(2);
  });
});

describe('drift', () => {
  it('lets the sound run ahead as told: sample n is read at n · (1 + rate)', () => {
    const length = 48_000;
    const hz = 437;
    const wave = (n: number): number => Math.sin((2 * Math.PI * hz * n) / 48_000);
    const samples = Float32Array.from({ length }, (_, n) => wave(n));
    const track = { rateHz: 48_000, channels: [samples], map: [{ length, source: { start: 0, rate: 1 } }] };
    const drifted = driftTrack(track, 600);
    expect(lengthOf(drifted)).toBe(length);
    for (const n of [1000, 20_000, 40_000]) expect(drifted.channels[0]?.[n]).toBeCloseTo(wave(n * 1.01), 4);
    expect(drifted.map[0]?.source).toEqual({ start: 0, rate: 1.01 });
    expect(told(drifted.map)[40_000]).toBeCloseTo(40_000 * 1.01 + 1, 6);
  });

  it('does nothing at 0', () => {
    const track = counting(100);
    expect(heard(driftTrack(track, 0))).toEqual(heard(track));
  });
});

describe('splices', () => {
  it('fade to silence on both sides of a seam, or are hard', () => {
    const ones = (n: number): SoundTrack => ({ ...counting(n), channels: [new Float32Array(n).fill(1)] });
    expect(heard(spliceTracks(0, ones(4), ones(4)))).toEqual(new Array(8).fill(1));
    expect(heard(spliceTracks(2, ones(4), ones(4)))).toEqual([1, 1, 0.75, 0.25, 0.25, 0.75, 1, 1]);
  });

  it('leave the sound they are made of alone', () => {
    const track = counting(8);
    spliceTracks(3, track, track);
    addNoise(track, 1, -20);
    expect(heard(track)).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
  });
});

describe('low-pass', () => {
  const tone = (hz: number, rateHz: number): Float32Array =>
    Float32Array.from({ length: 4000 }, (_, n) => Math.sin((2 * Math.PI * hz * n) / rateHz));
  const level = (samples: Float32Array): number =>
    Math.sqrt(samples.subarray(1000, 3000).reduce((sum, value) => sum + value * value, 0) / 2000);

  it('takes away what is above and neither weakens nor moves what is below', () => {
    const low = tone(1000, 16_000);
    const kept = lowPass(low, 16_000, 3000);
    for (let n = 1000; n < 3000; n += 50) expect(kept[n]).toBeCloseTo(low[n] ?? 0, 2);
    expect(level(lowPass(tone(3500, 16_000), 16_000, 3000))).toBeLessThan(0.002);
  });

  it('does nothing above half the sampling rate', () => {
    expect(lowPass(tone(1000, 16_000), 16_000, 8000)).toEqual(tone(1000, 16_000));
  });
});

describe('resampling', () => {
  it('gives whole samples back untouched and silence beyond the ends', () => {
    const samples = Float32Array.from([0.1, -0.4, 0.3]);
    const read = [...resampleAt(samples, -1, 1, 5)];
    for (const [i, value] of [0, 0.1, -0.4, 0.3, 0].entries()) expect(read[i]).toBeCloseTo(value, 6);
  });
});

describe('16-bit PCM', () => {
  it('comes back unchanged from floating point, every value of it', () => {
    const values = Int16Array.from({ length: 65_536 }, (_, i) => i - 32_768);
    const track = { rateHz: 8000, channels: [Float32Array.from(values, (v) => v / 32_768)], map: [] };
    expect(new Int16Array(pcm16Of(track).buffer)).toEqual(values);
  });

  it('is limited, interleaved and little-endian', () => {
    const track = { rateHz: 8000, channels: [Float32Array.from([2, 0]), Float32Array.from([-2, 1 / 32_768])], map: [] };
    expect([...pcm16Of(track)]).toEqual([0xff, 0x7f, 0x00, 0x80, 0, 0, 1, 0]);
  });

  it('is cut or filled with silence to a length', () => {
    expect(heard(fitTrack(counting(4), 2))).toEqual([1, 2]);
    expect(told(fitTrack(counting(2), 4).map)).toEqual([1, 2, 0, 0]);
  });
});
