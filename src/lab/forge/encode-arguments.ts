import type { Encoding } from './encoding-choice.ts';
import { matrixForHeight } from './picture/colour.ts';

/** What an encoding's command line depends on besides the encoding. */
export interface Encoded {
  readonly height: number;
  readonly constantRate: boolean;
  readonly hasPicture: 'piped' | 'copied';
  readonly hasSound: boolean;
}

/** Threads of an encoder. FORENSIC: a fixed number, because x264's bytes depend on it and a machine's cores must not. */
const threads = '2';

function pictureArguments(encoding: Encoding, encoded: Encoded): string[] {
  const matrix = matrixForHeight(encoded.height).name === 'bt709' ? 'bt709' : 'smpte170m';
  const gop = String(encoding.gop);
  const colour = ['-colorspace', matrix, '-color_primaries', matrix, '-color_trc', matrix, '-color_range', 'tv'];
  // A variable rate needs a time base finer than its shortest frame; MPEG-4 allows at most 65535.
  const timing = encoded.constantRate ? [] : ['-enc_time_base', encoding.codec === 'mpeg4' ? '1:1000' : '1:90000'];
  const common = ['-fps_mode', 'passthrough', ...timing, '-threads', threads];
  switch (encoding.codec) {
    case 'h264':
      return [
        ...['-c:v', 'libx264', '-preset', 'veryfast', '-crf', String(encoding.quality), '-pix_fmt', 'yuv420p'],
        // Fixed GOPs: the truth states where key frames are.
        ...['-g', gop, '-keyint_min', gop, '-sc_threshold', '0', '-bf', String(encoding.bFrames)],
        ...colour,
        ...common,
      ];
    case 'mpeg4':
      return [
        ...['-c:v', 'mpeg4', '-q:v', String(encoding.quality), '-pix_fmt', 'yuv420p', '-g', gop],
        ...['-sc_threshold', '1000000000', '-bf', String(encoding.bFrames)],
        ...common,
      ];
    case 'mjpeg':
      return ['-c:v', 'mjpeg', '-q:v', String(encoding.quality), '-pix_fmt', 'yuvj420p', ...common];
    case 'vp9':
      return [
        ...['-c:v', 'libvpx-vp9', '-b:v', '0', '-crf', String(encoding.quality), '-pix_fmt', 'yuv420p', '-g', gop],
        ...['-deadline', 'realtime', '-cpu-used', '8', '-row-mt', '0'],
        ...colour,
        ...common,
      ];
    case 'ffv1':
      return ['-c:v', 'ffv1', '-level', '3', '-g', '1', '-pix_fmt', 'yuv420p', ...common];
  }
}

function soundArguments(encoding: Encoding): string[] {
  const rate = ['-b:a', `${encoding.soundKbps}k`];
  switch (encoding.soundCodec) {
    case 'aac':
      return ['-c:a', 'aac', ...rate];
    case 'mp3':
      return ['-c:a', 'libmp3lame', ...rate];
    case 'opus':
      return ['-c:a', 'libopus', ...rate];
    case 'pcm':
      return ['-c:a', 'pcm_s16le'];
  }
}

function containerArguments(encoding: Encoding, encoded: Encoded): string[] {
  switch (encoding.container) {
    case 'mp4':
    case 'mov':
      return encoded.constantRate || encoded.hasPicture === 'copied' ? [] : ['-video_track_timescale', '90000'];
    // Otherwise each run would write other random identifiers.
    case 'mkv':
    case 'webm':
      return ['-fflags', '+bitexact'];
    case 'avi':
      return [];
  }
}

/** Output arguments of one encoding into `file:<name>`, for streams that the input arguments before them opened. */
export function outputArguments(encoding: Encoding, encoded: Encoded, fileName: string): string[] {
  return [
    ...(encoded.hasPicture === 'copied' ? ['-c:v', 'copy'] : pictureArguments(encoding, encoded)),
    ...(encoded.hasSound ? soundArguments(encoding) : ['-an']),
    ...containerArguments(encoding, encoded),
    ...['-map_metadata', '-1', '-y', `file:${fileName}`],
  ];
}
