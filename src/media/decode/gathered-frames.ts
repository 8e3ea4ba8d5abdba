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
export const lookPipes = { hashes: 3, pixels: 4, times: 5 } as const;

/**
 * Options of an output that hands each frame over at once. Even "raw" pictures have an encoder, and with several threads it keeps as many
 * frames back.
 */
export const lookOutput: readonly string[] = ['-threads', '1', '-flush_packets', '1'];

/** Takes a frame; a promise holds the run up until it settles. */
export type TakeFrame = (frame: SeenFrame) => void | Promise<void>;

/**
 * Puts a run's three pipes together: the n-th hash, picture and time are the n-th frame, handed over as soon as all three are there.
 * `shift` is taken from the printed times. While a taker holds the run up, no further picture is read.
 */
export function gatherFrames(size: PixelSize, shift: number, take: TakeFrame): Readonly<Record<number, OutputReader>> {
  const times: (number | null)[] = [];
  const hashes: string[] = [];
  const pixels: Uint8Array[] = [];
  let handed = 0;
  let held: Promise<void> | undefined;
  const handOver = (): void => {
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
