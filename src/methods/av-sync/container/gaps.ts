/** A place where a stream's times jump against what the stream holds. */
export interface TimeJump {
  readonly kind: 'picture-gap' | 'sound-gap' | 'sound-overlap';
  /** From the end of what comes before to the start of what comes after; the other way round for an overlap. */
  readonly startMs: number;
  readonly endMs: number;
  /** Time that is missing (positive) or covered twice (negative). */
  readonly jumpMs: number;
}

/** Intervals between pictures that are longer than `gapFromMs`; what is missing is the interval less one usual frame. */
export function pictureGaps(startMs: Float64Array, frameMs: number, gapFromMs: number): TimeJump[] {
  const gaps: TimeJump[] = [];
  for (let i = 1; i < startMs.length; i++) {
    const interval = startMs[i]! - startMs[i - 1]!;
    if (interval <= gapFromMs) continue;
    gaps.push({
      kind: 'picture-gap',
      startMs: startMs[i - 1]! + frameMs,
      endMs: startMs[i]!,
      jumpMs: interval - frameMs,
    });
  }
  return gaps;
}

/** Packets that start later or earlier than the one before ends, by more than `toleranceMs`. */
export function soundJumps(startMs: Float64Array, lengthMs: Float64Array, toleranceMs: number): TimeJump[] {
  const jumps: TimeJump[] = [];
  for (let i = 1; i < startMs.length; i++) {
    const end = startMs[i - 1]! + lengthMs[i - 1]!;
    const jumpMs = startMs[i]! - end;
    if (!(Math.abs(jumpMs) > toleranceMs)) continue;
    jumps.push({
      kind: jumpMs > 0 ? 'sound-gap' : 'sound-overlap',
      startMs: Math.min(end, startMs[i]!),
      endMs: Math.max(end, startMs[i]!),
      jumpMs,
    });
  }
  return jumps;
}
