import { AssayError } from '../../base/errors.ts';
import { ticksToMs } from '../../base/rational.ts';
import { ffmpegRun } from '../../tools/ffmpeg-run.ts';
import { inputArguments } from '../../tools/media-input.ts';
import { parseFrameHashLine } from '../../tools/parse-framehash.ts';
import { parseFrameTime } from '../../tools/parse-metadata-print.ts';
import { readLines } from '../../tools/read-text.ts';
import type { ToolRun } from '../../tools/run-tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { ExhibitMedia, ProbedStream } from '../exhibit-media.ts';
import { commonArguments, nativeScaler, printTimes, videoInputArguments } from './command.ts';
import { decodeTimeMs, defaultDecodeLimits, type DecodeLimits } from './decode-limits.ts';
import { frameBytes } from './frame-size.ts';
import { readBlocks } from './read-blocks.ts';

/** One decoded frame in its coded size, as stored (no rotation), and the hash of the decoder's own picture. */
export interface ExtractedPicture {
  readonly index: number;
  readonly pts: number | null;
  readonly width: number;
  readonly height: number;
  /** 8-bit RGB, interleaved. */
  readonly rgb: Uint8Array;
  /** murmur3 of the frame in the decoder's pixel format: equals the frame's line of the `frame-hashes` tap. */
  readonly hash: string;
}

/** What an earlier decode said of a frame. */
export interface KnownFrame {
  readonly pts: number | null;
  readonly hash: string;
}

export interface ExtractRequest {
  readonly media: ExhibitMedia;
  readonly toolbox: Toolbox;
  readonly stream: number;
  /** Decode indexes. */
  readonly indexes: readonly number[];
  /** By decode index. With it, frames are looked for near their time first, which takes a moment in a long exhibit. */
  readonly known?: ReadonlyMap<number, KnownFrame>;
  readonly signal?: AbortSignal;
  readonly limits?: Partial<DecodeLimits>;
  /** Told each run with the canonical command that gives these frames. */
  readonly onRun?: (run: ToolRun, canonical: readonly string[]) => void;
}

/**
 * Decodes the frames with these decode indexes, in order of index. An index past the end has no frame in the answer.
 *
 * FORENSIC: decoding starts at the beginning, so that the n-th frame is the n-th frame of the whole decode. Where `known` is
 * given, ffmpeg seeks to the time of the first frame instead, and the answer is only used when every frame's hash is the known
 * one; otherwise decoding starts at the beginning after all.
 *
 * Throws `cancelled`, `tool-missing`, `tool-changed`, `tool-unusable`, and `frames-not-decodable` where the stream cannot be decoded at all.
 */
export async function extractFrames(request: ExtractRequest): Promise<readonly ExtractedPicture[]> {
  const { media, stream, known } = request;
  const limits = { ...defaultDecodeLimits, ...request.limits };
  const indexes = [...new Set(request.indexes)].sort((a, b) => a - b);
  const probe = await media.probe();
  const probed = probe.status === 'ok' ? probe.value.streams.find(({ index }) => index === stream) : undefined;
  if (probe.status !== 'ok' || probed?.width === undefined || probed.height === undefined) {
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  }
  if (probed.width * probed.height > limits.maxPixels) {
    throw new AssayError('frames-not-decodable', { file: media.originalName, stream });
  }
  if (indexes.length === 0) return [];
  const { formatName, durationMs } = probe.value;
  const canonical = [
    'ffmpeg',
    ...extractArguments({ stream: probed, indexes, fileName: media.fileName, formatName, limits }),
  ];
  const run = (args: readonly string[], frames: readonly number[]): Promise<ExtractedPicture[]> =>
    runExtraction(request, probed, args, frames, limits, decodeTimeMs(limits, durationMs), canonical);

  const seek = known === undefined ? undefined : seekPoint(indexes, known, probed);
  if (known !== undefined && seek !== undefined) {
    const near = extractArguments({ stream: probed, indexes, fileName: media.fileName, formatName, limits, seek });
    const pictures = await run(near, indexes);
    if (
      pictures.length === indexes.length &&
      pictures.every((picture) => picture.hash === known.get(picture.index)?.hash)
    ) {
      return pictures;
    }
  }
  return run(canonical.slice(1), indexes);
}

interface SeekPoint {
  readonly seconds: string;
  readonly pts: readonly number[];
}

/** Where to seek to; undefined when a frame's time is not known or is not its own. */
function seekPoint(
  indexes: readonly number[],
  known: ReadonlyMap<number, KnownFrame>,
  stream: ProbedStream,
): SeekPoint | undefined {
  const pts = indexes.map((index) => known.get(index)?.pts ?? null);
  const times = pts.filter((time) => time !== null);
  if (times.length !== indexes.length || new Set(times).size !== times.length) return undefined;
  if (times.some((time, i) => i > 0 && time < (times[i - 1] ?? time))) return undefined;
  return { seconds: (ticksToMs(times[0] ?? 0, stream.timeBase) / 1000).toFixed(6), pts: times };
}

interface Extraction {
  readonly stream: ProbedStream;
  readonly indexes: readonly number[];
  readonly fileName: string;
  readonly formatName: string;
  readonly limits: DecodeLimits;
  readonly seek?: SeekPoint;
}

/** Arguments that send the times, hashes and RGB pixels of single frames to the pipes 3, 4 and 5. */
export function extractArguments(extraction: Extraction): string[] {
  const { stream, indexes, fileName, formatName, limits, seek } = extraction;
  const selection = seek === undefined ? selectIndexes(indexes) : seek.pts.map((pts) => `eq(pts\\,${pts})`).join('+');
  const size = `w=${stream.width ?? 1}:h=${stream.height ?? 1}`;
  const { num, den } = stream.timeBase;
  const output = ['-fps_mode', 'passthrough', '-enc_time_base', `${num}:${den}`, '-frames:v', String(indexes.length)];
  return [
    ...commonArguments,
    ...videoInputArguments(limits.maxPixels),
    ...(seek === undefined ? [] : ['-seek_timestamp', '1', '-noaccurate_seek', '-ss', seek.seconds]),
    ...inputArguments(fileName, formatName),
    '-filter_complex',
    `[0:${stream.index}]select='${selection}',${printTimes(3)},split=2[h][s];` +
      `[s]setpts=N,scale=${size}:flags=${nativeScaler},format=rgb24[f]`,
    ...['-map', '[h]', ...output, '-f', 'framehash', '-hash', 'murmur3', 'pipe:4'],
    ...['-map', '[f]', ...output, '-f', 'rawvideo', 'pipe:5'],
  ];
}

/** Runs of neighbours become one `between`, which keeps the expression short. */
function selectIndexes(indexes: readonly number[]): string {
  const runs: [number, number][] = [];
  for (const index of indexes) {
    const last = runs.at(-1);
    if (last?.[1] === index - 1) last[1] = index;
    else runs.push([index, index]);
  }
  return runs.map(([first, last]) => `between(n\\,${first}\\,${last})`).join('+');
}

async function runExtraction(
  request: ExtractRequest,
  stream: ProbedStream,
  args: readonly string[],
  indexes: readonly number[],
  limits: DecodeLimits,
  timeMs: number,
  canonical: readonly string[],
): Promise<ExtractedPicture[]> {
  const size = { width: stream.width ?? 1, height: stream.height ?? 1 };
  const times: (number | null)[] = [];
  const hashes: string[] = [];
  const pixels: Uint8Array[] = [];
  const block = new Uint8Array(frameBytes('rgb24', size));
  await ffmpegRun(request.toolbox, args, {
    folder: request.media.folder,
    outputs: {
      3: (stdout) =>
        readLines(stdout, (lines) => {
          for (const line of lines) {
            const time = parseFrameTime(line);
            if (time !== undefined) times.push(time.pts);
          }
        }),
      4: (stdout) =>
        readLines(stdout, (lines) => {
          for (const line of lines) {
            const parsed = parseFrameHashLine(line);
            if (parsed !== undefined) hashes.push(parsed.hash);
          }
        }),
      5: async (stdout) => {
        await readBlocks(stdout, block, () => {
          pixels.push(block.slice());
        });
      },
    },
    limits: { timeMs, memoryBytes: limits.memoryBytes },
    ...(request.signal === undefined ? {} : { signal: request.signal }),
    onRun: (run) => {
      request.onRun?.(run, canonical);
    },
  });
  return pixels.slice(0, indexes.length).flatMap((rgb, i) => {
    const hash = hashes[i];
    return hash === undefined ? [] : [{ index: indexes[i] ?? i, pts: times[i] ?? null, ...size, rgb, hash }];
  });
}
