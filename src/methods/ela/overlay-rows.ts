import type { ExamineRows } from './examine-rows.ts';

/** The share of the picture's own brightness that shows through where nothing lies over it. */
const dimmed = 0.55;

/**
 * The strip in dimmed grey with the amplified levels over it in orange to yellow: interleaved RGB, `reduce` times
 * smaller each way. A pixel shows the mean of the picture and the largest level of its square, so that nothing vanishes.
 */
export function overlayRows(strip: ExamineRows, map: Uint8Array): Uint8Array {
  const { original, width, rows, reduce, scale, mode } = strip;
  const across = Math.ceil(width / reduce);
  const down = Math.ceil(rows / reduce);
  const channels = mode === 'rgb' ? 3 : 1;
  const overlay = new Uint8Array(across * down * 3);
  for (let v = 0, target = 0; v < down; v += 1) {
    const yEnd = Math.min(rows, (v + 1) * reduce);
    for (let u = 0; u < across; u += 1, target += 3) {
      const xEnd = Math.min(width, (u + 1) * reduce);
      let luma = 0;
      let level = 0;
      for (let y = v * reduce; y < yEnd; y += 1) {
        for (let x = u * reduce; x < xEnd; x += 1) {
          const i = (y * width + x) * 3;
          luma += 77 * original[i]! + 150 * original[i + 1]! + 29 * original[i + 2]!;
          const m = (y * width + x) * channels;
          level = Math.max(level, map[m]!);
          if (channels === 3) level = Math.max(level, map[m + 1]!, map[m + 2]!);
        }
      }
      const grey = (luma / (256 * (yEnd - v * reduce) * (xEnd - u * reduce))) * dimmed;
      const heat = Math.min(255, level * scale) / 255;
      overlay[target] = Math.round(grey + (255 - grey) * heat);
      overlay[target + 1] = Math.round(grey + (200 * heat - grey) * heat);
      overlay[target + 2] = Math.round(grey * (1 - heat));
    }
  }
  return overlay;
}
