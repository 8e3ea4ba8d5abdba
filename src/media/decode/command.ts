import { inputArguments } from '../../tools/media-input.ts';
import type { Probe } from '../exhibit-media.ts';
import type { Tap } from '../taps.ts';
import { defaultDecodeLimits, type DecodeLimits } from './decode-limits.ts';
import {
  planDecode,
  sortedTimes,
  type DecodePlan,
  type PlannedAudio,
  type PlannedFrames,
  type PlannedVideo,
} from './plan.ts';

/**
 * The canonical command that makes the data of these taps alone, to be run in the exhibit's folder: what result.json records.
 * Its pipes are numbered from 3. Empty where none of the taps can be served.
 */
export function decodeCommand(
  probe: Probe,
  taps: readonly Tap[],
  fileName: string,
  limits: DecodeLimits = defaultDecodeLimits,
): string[] {
  const plan = planDecode(probe, taps, limits);
  return plan.streams.length === 0 ? [] : ['ffmpeg', ...decodeArguments(plan, fileName, limits)];
}

/** Arguments of the one ffmpeg run of a plan. */
export function decodeArguments(plan: DecodePlan, fileName: string, limits: DecodeLimits): string[] {
  const hasVideo = plan.streams.some(({ kind }) => kind === 'video');
  return [
    ...commonArguments,
    ...(hasVideo ? videoInputArguments(limits.maxPixels) : []),
    ...inputArguments(fileName, plan.formatName),
    // One graph a stream: in a common graph, the frames of one would be gathered in memory until the other begins.
    ...plan.streams.flatMap((stream) => [
      '-filter_complex',
      stream.kind === 'video' ? videoGraph(stream) : audioGraph(stream),
    ]),
    ...plan.streams.flatMap((stream) => (stream.kind === 'video' ? videoOutputs(stream) : audioOutputs(stream))),
  ];
}

/**
 * FORENSIC: one decoding thread. With more, ffmpeg's frame threads race where a stream is damaged, and the same file gives
 * other pictures each time (docs/adr/0007-one-decode-many-pipes.md has the measurement). Time stamps are the container's own.
 */
export const commonArguments: readonly string[] = [
  ...['-nostdin', '-hide_banner', '-loglevel', 'repeat+level+warning', '-nostats'],
  ...['-copyts', '-threads', '1', '-filter_threads', '1', '-filter_complex_threads', '1', '-max_error_rate', '1'],
];

/** Pictures as they are stored: no rotation, no other arithmetic on another processor, no frame beyond the bound. */
export function videoInputArguments(maxPixels: number): string[] {
  return [
    ...['-noautorotate', '-flags', '+bitexact', '-max_pixels', String(maxPixels)],
    // A graph that is built anew when the picture's size changes would count its frames from 0 again.
    ...['-reinit_filter', '0'],
  ];
}

/** The scaler's exact arithmetic; `area` is the mean over the pixels that a smaller pixel covers. */
const scaler = 'accurate_rnd+bitexact';

/** How a frame in its coded size becomes RGB: the stream's own matrix and range, or ffmpeg's default where it names none. */
export const nativeScaler = `bicubic+full_chroma_int+${scaler}`;

/** Writes one line for each frame to a pipe before the frame goes on. `add` gives it an entry, for without one nothing is printed. */
export function printTimes(fd: number): string {
  return `metadata=mode=add:key=n:value=1,metadata=mode=print:file='pipe\\:${fd}':direct=1`;
}

function videoGraph(video: PlannedVideo): string {
  const name = `v${video.stream}`;
  const hashes = video.hashes.map((_, i) => `[${name}h${i}]`);
  const frames = video.frames.map((_, i) => `[${name}s${i}]`);
  const split = `[0:${video.stream}]${printTimes(video.timesFd)},split=${hashes.length + frames.length}`;
  const chains = video.frames.map((planned, i) => `[${name}s${i}]${frameChain(planned)}[${name}f${i}]`);
  return [`${split}${[...hashes, ...frames].join('')}`, ...chains].join(';');
}

function frameChain(planned: PlannedFrames): string {
  const { tap, thinned, width, height } = planned;
  const flags = tap.width === 'native' ? nativeScaler : `area+${scaler}`;
  return [
    ...selection(planned),
    // Times that always rise: the pixels' muxer would drop a frame that repeats one.
    'setpts=N',
    ...(thinned === undefined ? [] : [`scale=w=${thinned.width}:h=${thinned.height}:flags=neighbor+bitexact`]),
    // The size is fixed, so that frames can be told apart in the pipe even if the picture's size changes on the way.
    `scale=w=${width}:h=${height}:flags=${flags}`,
    `format=${tap.pixelFormat}`,
  ].join(',');
}

function selection({ tap, indexFd }: PlannedFrames): string[] {
  if (indexFd === undefined || tap.select === 'all') return [];
  // `N` counts the stream's frames, so the time that is printed after the selection is the decode index.
  if (tap.select === 'key') return ['setpts=N', `select='key+eq(pict_type\\,I)'`, printTimes(indexFd)];
  const times = sortedTimes(tap.select.times).map((time) => `eq(pts\\,${time})`);
  return [`select='${times.length === 0 ? '0' : times.join('+')}'`, printTimes(indexFd)];
}

function videoOutputs(video: PlannedVideo): string[] {
  const { num, den } = video.timeBase;
  const passthrough = ['-fps_mode', 'passthrough', '-enc_time_base', `${num}:${den}`];
  return [
    ...video.hashes.flatMap(({ tap, fd }, i) => [
      ...['-map', `[v${video.stream}h${i}]`, ...passthrough],
      ...['-f', 'framehash', '-hash', tap.algorithm === 'sha256' ? 'SHA256' : tap.algorithm, `pipe:${fd}`],
    ]),
    ...video.frames.flatMap(({ fd }, i) => [
      '-map',
      `[v${video.stream}f${i}]`,
      ...passthrough,
      '-f',
      'rawvideo',
      `pipe:${fd}`,
    ]),
  ];
}

function audioGraph(audio: PlannedAudio): string {
  const name = `a${audio.stream}`;
  const pcm = audio.pcm.map((_, i) => `[${name}s${i}]`);
  const loudness = audio.loudness === undefined ? [] : [`[${name}l]`];
  return [
    `[0:${audio.stream}]asplit=${pcm.length + loudness.length}${[...pcm, ...loudness].join('')}`,
    ...audio.pcm.map(({ sampleRateHz, layout }, i) => {
      const layouts = layout === undefined ? '' : `:channel_layouts=${layout}`;
      return `[${name}s${i}]aformat=sample_fmts=flt:sample_rates=${sampleRateHz}${layouts}[${name}p${i}]`;
    }),
    ...(audio.loudness === undefined
      ? []
      : [
          `[${name}l]ebur128=metadata=1:peak=true,ametadata=mode=print:file='pipe\\:${audio.loudness.fd}':direct=1[${name}m]`,
        ]),
  ].join(';');
}

function audioOutputs(audio: PlannedAudio): string[] {
  return [
    ...audio.pcm.flatMap(({ fd, channels }, i) => [
      ...['-map', `[a${audio.stream}p${i}]`, '-ac', String(channels)],
      ...['-c:a', 'pcm_f32le', '-f', 'f32le', `pipe:${fd}`],
    ]),
    ...(audio.loudness === undefined ? [] : ['-map', `[a${audio.stream}m]`, '-f', 'null', '-']),
  ];
}
