import type { OutputReader } from '../../tools/run-tool.ts';
import { parseFrameHashLine } from '../../tools/parse-framehash.ts';
import { parseFrameTime } from '../../tools/parse-metadata-print.ts';
import { readLines } from '../../tools/read-text.ts';
import { frameBytes, type PixelSize } from './frame-size.ts';
import { readBlocks } from './read-blocks.ts';

/** One frame for looking at: RGB as stored, and the hash of the decoder's own picture that it was made from. */
export interface SeenFrame extends PixelSize {
  readonly pts: number;
  readonly rgb: Uint8Array;
  /** murmur3, as the `frame-hashes` tap gives it. */
  readonly hash: string;
}

/** Pipes that a run for looking writes to. */
export const lookPipes = { hashes: 3, pixels: 4, times: 5, sketch: 7 } as const;

/** A smaller picture of a stretch's first frame, handed over before it. */
export interface Sketch {
  readonly width: number;
  readonly take: (frame: SeenFrame) => void;
}

/** Takes a frame; a promise holds the run up until it settles. */
export type TakeFrame = (frame: SeenFrame) => void | Promise<void>;

/**
 * Puts a run's three pipes together: the n-th hash, picture and time are the n-th frame, handed over as soon as all three are there.
 * `shift` is taken from the printed times. While a taker holds the run up, no further picture is read.
 */
export function gatherFrames(
  size: PixelSize,
  shift: number,
  take: TakeFrame,
  sketch?: PixelSize & Pick<Sketch, 'take'>,
): Readonly<Record<number, OutputReader>> {
  const times: (number | null)[] = [];
  const hashes: string[] = [];
  const pixels: Uint8Array[] = [];
  let handed = 0;
  let held: Promise<void> | undefined;
  let sketched: Uint8Array | undefined;
  const handOverSketch = (): void => {
    const [time, hash, rgb] = [times[0], hashes[0], sketched];
    if (sketch === undefined || typeof time !== 'number' || hash === undefined || rgb === undefined) return;
    sketched = undefined;
    sketch.take({ width: sketch.width, height: sketch.height, pts: time - shift, hash, rgb });
  };
  const handOver = (): void => {
    handOverSketch();
    while (held === undefined && handed < Math.min(times.length, hashes.length, pixels.length)) {
      const at = handed++;
      const [time, hash, rgb] = [times[at], hashes[at], pixels[at]];
      // Handed over: from here on it is the taker's.
      pixels[at] = new Uint8Array(0);
      if (typeof time !== 'number' || hash === undefined || rgb === undefined) continue;
      const holds = take({ ...size, pts: time - shift, hash, rgb });
      if (holds !== undefined) {
        held = holds.finally(() => {
          held = undefined;
          handOver();
        });
      }
    }
  };
  const block = new Uint8Array(frameBytes('rgb24', size));
  const linesOf =
    (takeLine: (line: string) => void): OutputReader =>
    (pipe) =>
      readLines(pipe, (lines) => {
        lines.forEach(takeLine);
        handOver();
      });
  return {
    [lookPipes.hashes]: linesOf((line) => {
      const parsed = parseFrameHashLine(line);
      if (parsed !== undefined) hashes.push(parsed.hash);
    }),
    [lookPipes.times]: linesOf((line) => {
      const time = parseFrameTime(line);
      if (time !== undefined) times.push(time.pts);
    }),
    ...(sketch && {
      [lookPipes.sketch]: async (pipe) => {
        const whole = new Uint8Array(frameBytes('rgb24', sketch));
        await readBlocks(pipe, whole, () => {
          sketched = whole;
          handOverSketch();
        });
      },
    }),
    [lookPipes.pixels]: async (pipe) => {
      await readBlocks(pipe, block, () => {
        pixels.push(block.slice());
        handOver();
        // Whichever pipe came last: the pictures are what takes the memory.
        return held;
      });
    },
  };
}
