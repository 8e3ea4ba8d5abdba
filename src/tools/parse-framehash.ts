/** One line of ffmpeg's `framehash` muxer, in ticks of the output's time base. */
export interface FrameHashLine {
  readonly durationTicks: number;
  readonly sizeBytes: number;
  readonly hash: string;
}

/**
 * Reads one line of `-f framehash` (`stream, dts, pts, duration, size, hash`, then hashes of side data); undefined for its
 * comment lines and for anything else.
 */
export function parseFrameHashLine(line: string): FrameHashLine | undefined {
  const match = /^\d+, *-?\w+, *-?\w+, *(-?\d+), *(\d+), *([0-9a-f]+)/.exec(line);
  if (!match) return undefined;
  return { durationTicks: Number(match[1]), sizeBytes: Number(match[2]), hash: match[3] ?? '' };
}
