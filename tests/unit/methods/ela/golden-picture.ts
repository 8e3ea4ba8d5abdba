import type { RgbPicture } from '../../../../src/media/jpeg-resave.ts';

/** A picture with flat parts, edges, texture and noise, made with integers only: the same on every machine. */
export function goldenPicture(width = 203, height = 151): RgbPicture {
  const data = new Uint8Array(width * height * 3);
  let state = 20_250_101;
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
      const noise = (state >>> 24) & 15;
      const inside = (x - 60) * (x - 60) + (y - 70) * (y - 70) < 1600;
      const stripes = x > 120 && ((x + y) & 8) === 0;
      data.set(
        [
          inside ? 220 : ((x * 2) & 255) >> 1,
          stripes ? 30 + noise : 120 + noise,
          (inside ? 40 : 200 - (y & 127)) + (x < 30 ? 0 : noise),
        ],
        (y * width + x) * 3,
      );
    }
  }
  return { width, height, data };
}
