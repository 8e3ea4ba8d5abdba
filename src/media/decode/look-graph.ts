import { nativeScaler, printTimes } from './command.ts';
import type { PixelSize } from './frame-size.ts';
import { lookPipes } from './gathered-frames.ts';

/** What the filters of a run for looking let through, and to which sizes they bring it. */
export interface Looked {
  /** First and last presentation time, in ticks. */
  readonly fromPts: number;
  readonly toPts: number;
  /** What the stream's times are told with added. */
  readonly shift: number;
  readonly width: number | 'native';
  readonly size: PixelSize;
  /** Size of the smaller picture of the first frame, where one is wanted. */
  readonly sketchSize: PixelSize | undefined;
  /** Filters between the times being printed and the frames being handed on. */
  readonly retime?: string;
}

/** Filters from a stream to the frames to be hashed, `[h]`, the smaller picture, `[k]`, which comes first, and the pictures, `[f]`. */
export function lookGraph({ fromPts, toPts, shift, width, size, sketchSize, retime }: Looked): string {
  const flags = width === 'native' ? nativeScaler : smaller;
  const scale = (to: PixelSize, how: string): string => `scale=w=${to.width}:h=${to.height}:flags=${how},format=rgb24`;
  const sketch = sketchSize === undefined ? `select=0` : `select='eq(n\\,0)',${scale(sketchSize, smaller)}`;
  return (
    `select='between(pts\\,${fromPts + shift}\\,${toPts + shift})',${printTimes(lookPipes.times)},` +
    `${retime === undefined ? '' : `${retime},`}split=3[h][p][s];[p]${sketch}[k];[s]${scale(size, flags)}[f]`
  );
}

const smaller = 'area+accurate_rnd+bitexact';

/** Outputs for what `lookGraph` gives, each frame handed over at once. `more` are further options of each. */
export function lookOutputs(timeBase: string, more: readonly string[] = []): string[] {
  const times = ['-fps_mode', 'passthrough', '-enc_time_base', timeBase];
  // Even "raw" pictures have an encoder, and with several threads it keeps as many frames back.
  const output = [...times, ...more, '-threads', '1', '-flush_packets', '1'];
  return [
    ...['-map', '[h]', ...output, '-f', 'framehash', '-hash', 'murmur3', `pipe:${lookPipes.hashes}`],
    ...['-map', '[k]', ...output, '-f', 'rawvideo', `pipe:${lookPipes.sketch}`],
    ...['-map', '[f]', ...output, '-f', 'rawvideo', `pipe:${lookPipes.pixels}`],
  ];
}
