import { createHash } from 'node:crypto';
import type { ExtractedPicture } from './decode/extract-frames.ts';
import { encodePng } from './png.ts';

/** One decoded frame as a file, with the hashes that tie it to the exhibit. */
export interface FramePng {
  readonly index: number;
  readonly pts: number | null;
  /** PNG, 8-bit RGB, as stored: not rotated, no aspect correction. */
  readonly png: Uint8Array;
  readonly pngSha256: string;
  /** murmur3 of the frame in the decoder's own pixel format: what the `frame-hashes` tap and `ffmpeg -f framehash` give. */
  readonly frameHash: string;
}

/** Encodes a frame that `extractFrames` took. */
export async function framePng(picture: ExtractedPicture): Promise<FramePng> {
  const { width, height, rgb, index, pts, hash } = picture;
  const png = await encodePng({ width, height, channels: 3, data: rgb });
  return { index, pts, png, pngSha256: createHash('sha256').update(png).digest('hex'), frameHash: hash };
}
