import { AssayError } from '../../base/errors.ts';
import { ticksToMs } from '../../base/rational.ts';
import { ffmpegRun } from '../../tools/ffmpeg-run.ts';
import { inputArguments } from '../../tools/media-input.ts';
import { parseFrameHashLine } from '../../tools/parse-framehash.ts';
import { parseFrameTime } from '../../tools/parse-metadata-print.ts';
import { readLines } from '../../tools/read-text.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { ExhibitMedia, ProbedStream } from '../exhibit-media.ts';
import { commonArguments, nativeScaler, printTimes, videoInputArguments } from './command.ts';
import { decodeTimeMs, defaultDecodeLimits } from './decode-limits.ts';
import { frameBytes, tapSize, type PixelSize } from './frame-size.ts';
import { readBlocks } from './read-blocks.ts';

/** One frame for looking at: RGB as stored, and the hash of the decoder's own picture that it was made from. */
export interface SeenFrame extends PixelSize {
  readonly pts: number;
  readonly rgb: Uint8Array;
  /** murmur3, as the `frame-hashes` tap gives it. */
  readonly hash: string;
}

export interface FrameStretch {
  readonly media: ExhibitMedia;
  readonly toolbox: Toolbox;
  readonly stream: number;
  /** Presentation times, in ticks, of the first and the last frame that are wanted. */
  readonly fromPts: number;
  readonly toPts: number;
  /** Frames that end the run early at the most. */
  readonly count: number;
  /** Scaled to this width, or as coded. */
  readonly width: number | 'native';
  readonly signal?: AbortSignal;
}

/**
 * Decodes a stretch of frames near a time and hands each over as soon as it is there: what a viewer needs when a person
 * steps or scrubs. ffmpeg seeks to the key frame before the stretch.
 *
 * FORENSIC: this serves looking, never measuring. A seek can land on other pictures in a damaged exhibit; so each frame
 * comes with its hash, and the viewer says whether it is that of the whole decode.
 *
 * Throws `frames-not-decodable`, `cancelled`, and what starting ffmpeg throws.
 */
export async function streamFrames(stretch: FrameStretch, take: (frame: SeenFrame) => void): Promise<void> {
  const { media, stream } = stretch;
  const probe = await media.probe();
  const probed = probe.status === 'ok' ? probe.value.streams.find(({ index }) => index === stream) : undefined;
  const limits = defaultDecodeLimits;
  const { width, height } = probed ?? {};
  if (probe.status !== 'ok' || probed === undefined || width === undefined || height === undefined)
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  if (width * height > limits.maxPixels)
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  const size = tapSize(stretch.width, width, height);
  const times: (number | null)[] = [];
  const hashes: string[] = [];
  const pixels: Uint8Array[] = [];
  let handed = 0;
  const handOver = (): void => {
    for (; handed < Math.min(times.length, hashes.length, pixels.length); handed++) {
      const [pts, hash, rgb] = [times[handed], hashes[handed], pixels[handed]];
      if (typeof pts === 'number' && hash !== undefined && rgb !== undefined) take({ ...size, pts, hash, rgb });
      // Handed over: from here on it is the taker's.
      pixels[handed] = new Uint8Array(0);
    }
  };
  const block = new Uint8Array(frameBytes('rgb24', size));
  await ffmpegRun(stretch.toolbox, stretchArguments(stretch, probed, probe.value.formatName, size), {
    folder: media.folder,
    outputs: {
      3: (pipe) =>
        readLines(pipe, (lines) => {
          for (const line of lines) {
            const parsed = parseFrameHashLine(line);
            if (parsed !== undefined) hashes.push(parsed.hash);
          }
          handOver();
        }),
      5: (pipe) =>
        readLines(pipe, (lines) => {
          for (const line of lines) {
            const time = parseFrameTime(line);
            if (time !== undefined) times.push(time.pts);
          }
          handOver();
        }),
      4: async (pipe) => {
        await readBlocks(pipe, block, () => {
          pixels.push(block.slice());
          handOver();
        });
      },
    },
    limits: { timeMs: decodeTimeMs(limits, probe.value.durationMs), memoryBytes: limits.memoryBytes },
    ...(stretch.signal === undefined ? {} : { signal: stretch.signal }),
  });
}

/** Arguments that send the hashes, RGB pixels and times of a stretch to the pipes 3, 4 and 5. */
export function stretchArguments(
  stretch: Pick<FrameStretch, 'fromPts' | 'toPts' | 'count' | 'width'> & { readonly media: { fileName: string } },
  stream: ProbedStream,
  formatName: string,
  size: PixelSize,
): string[] {
  const seconds = (ticksToMs(stretch.fromPts, stream.timeBase) / 1000).toFixed(6);
  const { num, den } = stream.timeBase;
  const flags = stretch.width === 'native' ? nativeScaler : 'area+accurate_rnd+bitexact';
  const output = ['-fps_mode', 'passthrough', '-enc_time_base', `${num}:${den}`, '-frames:v', String(stretch.count)];
  return [
    ...commonArguments,
    ...videoInputArguments(defaultDecodeLimits.maxPixels),
    ...['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seconds],
    ...inputArguments(stretch.media.fileName, formatName),
    '-filter_complex',
    `[0:${stream.index}]select='between(pts\\,${stretch.fromPts}\\,${stretch.toPts})',${printTimes(5)},split=2[h][s];` +
      `[s]scale=w=${size.width}:h=${size.height}:flags=${flags},format=rgb24[f]`,
    ...['-map', '[h]', ...output, '-flush_packets', '1', '-f', 'framehash', '-hash', 'murmur3', 'pipe:3'],
    ...['-map', '[f]', ...output, '-flush_packets', '1', '-f', 'rawvideo', 'pipe:4'],
  ];
}
