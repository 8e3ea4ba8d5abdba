import { z } from 'zod';

export const FramesParams = z.strictObject({
  /** Hash of each frame. All three find the same duplicates; SHA-256 costs most and is collision resistant. */
  hash: z.enum(['murmur3', 'md5', 'sha256']).default('murmur3'),
  /** Pictures on the contact sheet. */
  sheetCells: z.number().int().min(1).max(60).default(24),
  /** Scene score in percent from which a frame begins a scene. */
  sceneThreshold: z.number().min(0).max(100).default(10),
  /** Share of pixels in percent whose brightness must have changed as well. */
  sceneHistogram: z.number().min(0).max(100).default(10),
  /** Different frames that must occur again in a row before a repetition is told. */
  leastRepeated: z.number().int().min(2).max(1000).default(8),
  /** Mean difference in levels between neighbours below which a scene counts as static. */
  motionLevels: z.number().min(0).max(255).default(1),
  /** Frames to be kept as PNG in full size, by decode index. */
  png: z.array(z.number().int().nonnegative()).max(24).default([]),
});
export type FramesParams = z.infer<typeof FramesParams>;
