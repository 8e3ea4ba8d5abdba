/** Pixels of the analysed picture: a face of half its height is about 135 pixels high. */
const area = 130_000;
const narrowest = 32;

/**
 * Size in which pictures are analysed: about 130,000 pixels whatever the shape, width a multiple of 8, never larger than stored.
 * The tap keeps the aspect, so the width alone decides.
 */
export function analysedSize(width: number, height: number): { readonly width: number; readonly height: number } {
  if (!(width > 0) || !(height > 0)) return { width: 320, height: 180 };
  const scale = Math.min(1, Math.sqrt(area / (width * height)));
  const analysed = Math.max(Math.min(narrowest, width), Math.round((width * scale) / 8) * 8);
  return { width: analysed, height: Math.max(2, 2 * Math.round((analysed * height) / width / 2)) };
}
