import { renderFrames, renderSpeech } from './render.ts';
import type { ForgeSpecInput } from './spec.ts';
import type { FaceState } from './picture/presenter.ts';

/** One picture of two people side by side: luma alone, and where each face is. */
export interface PairFrame {
  readonly startMs: number;
  readonly width: number;
  readonly height: number;
  readonly grey: Uint8Array;
  readonly left: FaceState;
  /** In pixels of its own half. */
  readonly right: FaceState;
}

/** Two presenters in one picture, each in a half of it, as in a talk from two studios. */
export interface Pair {
  readonly left: ForgeSpecInput;
  readonly right: ForgeSpecInput;
}

/**
 * Draws two specifications of equal size, length and rate side by side. Who speaks when is told by the `turns` of each, and how far
 * their voices are ahead by the `audioLeadMs` of each: the two may differ, as where one line of a broadcast is late.
 */
export function* renderPairFrames({ left, right }: Pair): Generator<PairFrame> {
  const [width, height] = [left.width ?? 640, left.height ?? 360];
  if ((right.width ?? 640) !== width || (right.height ?? 360) !== height)
    throw new RangeError('Both halves of a pair have the same size.');
  const others = renderFrames(right);
  const grey = new Uint8Array(2 * width * height);
  for (const one of renderFrames(left)) {
    const other = others.next();
    if (other.done === true) return;
    for (let y = 0; y < height; y++) {
      grey.set(one.data.subarray(y * width, (y + 1) * width), 2 * y * width);
      grey.set(other.value.data.subarray(y * width, (y + 1) * width), (2 * y + 1) * width);
    }
    yield { startMs: one.startMs, width: 2 * width, height, grey, left: one.state, right: other.value.state };
  }
}

/** Both voices in one sound, mono. */
export function renderPairSpeech({ left, right }: Pair): Float32Array {
  const [one, other] = [renderSpeech(left), renderSpeech(right)];
  return one.map((value, i) => Math.max(-1, Math.min(1, value + (other[i] ?? 0))));
}
