/** Bounds of one decode: what a hostile or enormous exhibit may cost. */
export interface DecodeLimits {
  /** Coded width × height above which a stream is refused before anything is decoded. */
  readonly maxPixels: number;
  readonly memoryBytes: number;
  /** Time that the run may take; without it, ten minutes and twenty times the exhibit's length. */
  readonly timeMs?: number;
}

/** 16,384 × 8,192 holds the largest pictures that video levels define (HEVC 6.2, AV1 6.3, VVC 6.3: 8,192 × 4,320). */
export const defaultDecodeLimits: DecodeLimits = {
  maxPixels: 16_384 * 8_192,
  memoryBytes: 6 * 1024 ** 3,
};

/** A header may claim any length; a day is believed. */
const longestBelievedMs = 24 * 3_600_000;

/** Time that a decode of an exhibit of this length may take. */
export function decodeTimeMs(limits: DecodeLimits, durationMs: number | null): number {
  const claimed = Math.min(Math.max(durationMs ?? 0, 0), longestBelievedMs);
  return limits.timeMs ?? 600_000 + 20 * claimed;
}
