import type { FrameTap } from '../taps.ts';

export interface PixelSize {
  readonly width: number;
  readonly height: number;
}

/** A picture of 1 × 60,000 pixels scaled to a width of 320 must not become one of 19 million lines. */
const tallestRatio = 16;

/**
 * Size of a tap's frames: the coded size, or the asked width with the height that keeps the coded aspect, rounded to an even
 * number, at least 2 and at most sixteen times the width.
 */
export function tapSize(width: FrameTap['width'], codedWidth: number, codedHeight: number): PixelSize {
  if (width === 'native') return { width: codedWidth, height: codedHeight };
  const height = 2 * Math.round((width * codedHeight) / codedWidth / 2);
  return { width, height: Math.min(Math.max(height, 2), tallestRatio * width) };
}

/** Bytes of one frame without padding; chroma of yuv420p is rounded up, as ffmpeg lays it out. */
export function frameBytes(format: FrameTap['pixelFormat'], { width, height }: PixelSize): number {
  switch (format) {
    case 'gray':
      return width * height;
    case 'rgb24':
      return 3 * width * height;
    case 'yuv420p':
      return width * height + 2 * Math.ceil(width / 2) * Math.ceil(height / 2);
  }
}
