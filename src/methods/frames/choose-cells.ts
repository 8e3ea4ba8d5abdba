import type { SampledFrame } from './sample-frames.ts';

/** A frame on the contact sheet and why it is there. */
export interface SheetCell {
  readonly frame: SampledFrame;
  readonly because: 'scene-change' | 'regular';
}

/**
 * At most `most` frames in order of time: the first frame, frames that begin a scene (at most half of the sheet), and regular samples
 * for the rest, each the one furthest from all frames chosen before, so that a long scene gets more of them.
 */
export function chooseCells(
  regular: readonly SampledFrame[],
  scenes: readonly SampledFrame[],
  most: number,
): SheetCell[] {
  const chosen = new Map<number, SheetCell>();
  const add = (frame: SampledFrame, because: SheetCell['because']): void => {
    if (chosen.size < most && !chosen.has(frame.index)) chosen.set(frame.index, { frame, because });
  };
  const [first] = regular;
  if (first !== undefined) add(first, 'regular');
  for (const frame of scenes.slice(0, Math.floor(most / 2))) add(frame, 'scene-change');
  const left = regular.filter(({ index }) => !chosen.has(index));
  const distance = left.map(({ index }) =>
    Math.min(...[...chosen.keys()].map((other) => Math.abs(other - index)), Infinity),
  );
  while (chosen.size < most) {
    let furthest = -1;
    for (let i = 0; i < left.length; i += 1) {
      if (distance[i]! > 0 && (furthest < 0 || distance[i]! > distance[furthest]!)) furthest = i;
    }
    const frame = left[furthest];
    if (frame === undefined) break;
    add(frame, 'regular');
    left.forEach((other, i) => {
      distance[i] = Math.min(distance[i]!, Math.abs(other.index - frame.index));
    });
  }
  return [...chosen.values()].sort((a, b) => a.frame.index - b.frame.index);
}
