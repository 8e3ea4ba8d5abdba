import { createHash } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { matrixForHeight, toRgb, toYuv } from '../../../../src/lab/forge/picture/colour.ts';
import { newPicture } from '../../../../src/lab/forge/picture/layer.ts';
import { sensorNoise } from '../../../../src/lab/forge/picture/sensor-noise.ts';
import { presentationOf } from '../../../../src/lab/forge/presentation.ts';
import { renderFrames } from '../../../../src/lab/forge/render.ts';
import { ForgeSpec, type ForgeSpecInput } from '../../../../src/lab/forge/spec.ts';

const small: ForgeSpecInput = { seconds: 0.4, width: 160, height: 120, seed: 3 };

function framesDigest(spec: ForgeSpecInput): string {
  const hash = createHash('sha256');
  for (const frame of renderFrames(spec)) hash.update(frame.data);
  return hash.digest('hex');
}

describe('the presenter', () => {
  it('is the same for the same seed, to the bit, and another for another seed', () => {
    expect(framesDigest(small)).toBe(framesDigest(small));
    expect(framesDigest(small)).not.toBe(framesDigest({ ...small, seed: 4 }));
  });

  it('keeps its pixels on every machine and version', () => {
    expect(framesDigest(small)).toBe('3658efdc3a849c8209e294b364bac9d93efd4f45caa252e5df214336eec850f2');
    const busy: ForgeSpecInput = { ...small, seed: 8, distractions: ['hands', 'passers', 'flicker', 'handheld'] };
    expect(framesDigest(busy)).toBe('2a2bcaf87add17c75c8189e093aa02861042b7c34546fb8d953a3c5614e22936');
  });

  it('draws an instant the same whatever was drawn before', () => {
    const { presenter } = presentationOf(ForgeSpec.parse(small));
    const first = Uint8Array.from(presenter.draw(1234, 7, true).data);
    presenter.draw(80, 1, true);
    presenter.draw(90, 2, false);
    expect(presenter.draw(1234, 7, true).data).toEqual(first);
    expect(presenter.draw(1234, 8, true).data).not.toEqual(first);
  });

  it('opens its mouth as the truth says: the gap is dark, and the darker the wider', () => {
    const spec = ForgeSpec.parse({
      width: 320,
      height: 240,
      seed: 2,
      seconds: 8,
      noise: 0,
      headMotion: 0,
      facePx: 150,
    });
    const { presenter } = presentationOf(spec);
    const gaps: number[] = [];
    const dark: number[] = [];
    for (let ms = 0; ms < 8000; ms += 40) {
      const { mouth, gapPx } = presenter.stateAt(ms);
      const picture = presenter.draw(ms, 0, true);
      let count = 0;
      const bottom = Math.ceil(mouth.y + mouth.height);
      for (let y = Math.floor(mouth.y); y < bottom; y++) {
        for (let x = Math.floor(mouth.x); x < mouth.x + mouth.width; x++) {
          if ((picture.y[y * 320 + x] ?? 255) < 55) count++;
        }
      }
      gaps.push(gapPx);
      dark.push(count);
    }
    const wide = gaps.flatMap((gap, i) => (gap > 9 ? [dark[i] ?? 0] : []));
    const shut = gaps.flatMap((gap, i) => (gap === 0 ? [dark[i] ?? 0] : []));
    expect(wide.length).toBeGreaterThan(5);
    expect(shut.length).toBeGreaterThan(5);
    expect(Math.min(...wide)).toBeGreaterThan(Math.max(...shut) + 20);
  });

  it('shows its lips earlier by the natural lead, and nothing else', () => {
    const base = ForgeSpec.parse({ ...small, seconds: 4 });
    const plain = presentationOf(base).presenter;
    const early = presentationOf({ ...base, lipLeadMs: 100 }).presenter;
    expect(early.mouthAt(1000)).toEqual(plain.mouthAt(1100));
    expect(early.stateAt(1000).face.x).toBe(plain.stateAt(1000).face.x);
  });

  it('keeps face and mouth where it says, at any size and face height', () => {
    fc.assert(
      fc.property(
        fc.record({
          seed: fc.nat(100_000),
          width: fc.integer({ min: 80, max: 330 }).map((w) => w * 2),
          height: fc.integer({ min: 60, max: 240 }).map((h) => h * 2),
          face: fc.double({ min: 0.08, max: 0.62, noNaN: true }),
          ms: fc.integer({ min: 0, max: 900 }),
        }),
        ({ seed, width, height, face, ms }) => {
          const facePx = Math.max(8, Math.min(width * 0.8, height) * face);
          const { presenter } = presentationOf(ForgeSpec.parse({ seed, width, height, facePx, seconds: 1 }));
          const state = presenter.stateAt(ms);
          expect(state.face.x).toBeGreaterThan(0);
          expect(state.face.x + state.face.width).toBeLessThan(width);
          expect(state.face.y + state.face.height).toBeLessThan(height);
          expect(state.face.height).toBeGreaterThan(facePx * 0.97);
          expect(state.mouth.x).toBeGreaterThan(state.face.x);
          expect(state.mouth.y).toBeGreaterThan(state.face.y + state.face.height * 0.55);
          expect(state.mouth.y + state.mouth.height).toBeLessThan(state.face.y + state.face.height);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('fills the whole picture, with every distraction and without a face', () => {
    for (const distractions of [[], ['passers'], ['handheld', 'hands']] as const) {
      const spec = ForgeSpec.parse({ ...small, noise: 0, distractions: [...distractions] });
      const { presenter } = presentationOf(spec);
      for (const withFace of [true, false]) {
        const { data } = presenter.draw(500, 0, withFace);
        // A pixel that nothing painted would have luma or chroma 0.
        expect(data.indexOf(0)).toBe(-1);
      }
    }
  });
});

describe('sensor noise', () => {
  it('has the deviation that was asked for at middle grey, less in the dark and more in the light', () => {
    const deviationAt = (level: number): number => {
      const picture = newPicture(256, 256);
      picture.data.fill(level);
      sensorNoise(1, 3).add(picture, 0);
      const mean = picture.y.reduce((sum, value) => sum + value, 0) / picture.y.length;
      expect(Math.abs(mean - level)).toBeLessThan(0.2);
      return Math.sqrt(picture.y.reduce((sum, value) => sum + (value - mean) ** 2, 0) / picture.y.length);
    };
    expect(deviationAt(118)).toBeGreaterThan(2.7);
    expect(deviationAt(118)).toBeLessThan(3.3);
    expect(deviationAt(30)).toBeLessThan(deviationAt(118) - 0.5);
    expect(deviationAt(200)).toBeGreaterThan(deviationAt(118) + 0.5);
  });

  it('leaves the picture alone at 0', () => {
    const picture = newPicture(16, 16);
    picture.data.fill(100);
    sensorNoise(1, 0).add(picture, 0);
    expect(picture.data.every((value) => value === 100)).toBe(true);
  });
});

describe('colour', () => {
  it('goes to YUV and back, within the steps of 8 bits', () => {
    fc.assert(
      fc.property(fc.nat(255), fc.nat(255), fc.nat(255), fc.constantFrom(480, 1080), (r, g, b, height) => {
        const matrix = matrixForHeight(height);
        const { y, u, v } = toYuv(matrix, r, g, b);
        const back = toRgb(matrix, Math.round(y), Math.round(u), Math.round(v));
        for (const [i, value] of [r, g, b].entries()) expect(Math.abs((back[i] ?? 0) - value)).toBeLessThanOrEqual(3);
      }),
    );
  });
});
