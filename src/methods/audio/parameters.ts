import { z } from 'zod';

const powerOfTwo = (from: number, to: number) =>
  z
    .number()
    .int()
    .min(from)
    .max(to)
    .refine((size) => (size & (size - 1)) === 0, 'a power of two');

export const AudioParams = z.strictObject({
  /** Whether the decoded sound is kept as a WAVE file. */
  keepPcm: z.boolean().default(true),
  /** Samples of the finest waveform bin. */
  waveformBin: powerOfTwo(16, 4096).default(256),
  /** Samples of one spectrum (Hann window); half of it is the step to the next. */
  fftSize: powerOfTwo(256, 16_384).default(2048),
  /** Level in dB that is drawn black; 0 dB, a full-scale sine, is white. */
  spectrogramFloorDb: z.number().min(-160).max(-40).default(-120),
  /** Percent of full scale from which on a sample counts as clipped, and how many of them in a row make a run. */
  clipPercent: z.number().min(50).max(100).default(99.99),
  clipMinimumSamples: z.number().int().min(2).max(1000).default(3),
  /** Level below which sound counts as silence, and how long a stretch has to be. */
  silenceDb: z.number().min(-120).max(-20).default(-60),
  silenceMinimumMs: z.number().min(1).max(60_000).default(500),
  /** Shortest stretch of samples that are exactly zero. */
  digitalSilenceMinimumMs: z.number().min(0.1).max(60_000).default(20),
  /** Fall of the average spectrum that counts as an edge. */
  cutoffMinimumDropDb: z.number().min(6).max(80).default(20),
  /** Most streams that are decoded; further ones are named as not examined. */
  maxStreams: z.number().int().min(1).max(32).default(8),
});
export type AudioParams = z.infer<typeof AudioParams>;
