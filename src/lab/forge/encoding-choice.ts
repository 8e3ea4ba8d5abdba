import { z } from 'zod';

export const VideoCodec = z.enum(['h264', 'mpeg4', 'mjpeg', 'vp9', 'ffv1']);
export type VideoCodec = z.infer<typeof VideoCodec>;

export const SoundCodec = z.enum(['aac', 'pcm', 'mp3', 'opus']);
export type SoundCodec = z.infer<typeof SoundCodec>;

/** How one encoding is to be made; what is left out follows from the codec and the container. */
export const EncodingChoice = z.strictObject({
  codec: VideoCodec.optional(),
  /** The codec's own scale, low is good: H.264 CRF 0–51, VP9 CRF 0–63, MPEG-4 and MJPEG quantiser 1–31. */
  quality: z.number().min(0).max(63).optional(),
  /** Frames from one key frame to the next. */
  gop: z.number().int().min(1).max(1000).optional(),
  bFrames: z.number().int().min(0).max(8).optional(),
  soundCodec: SoundCodec.optional(),
  soundKbps: z.number().int().min(16).max(512).optional(),
});
export type EncodingChoice = z.infer<typeof EncodingChoice>;

/** Containers, by the extension of the clip's name. */
export const containers = ['mp4', 'mov', 'mkv', 'avi', 'webm'] as const;
export type Container = (typeof containers)[number];

/** The encoding with everything decided. */
export interface Encoding {
  readonly container: Container;
  readonly codec: VideoCodec;
  readonly quality: number;
  readonly gop: number;
  readonly bFrames: number;
  readonly soundCodec: SoundCodec;
  readonly soundKbps: number;
}

const usualQuality: Readonly<Record<VideoCodec, number>> = { h264: 23, mpeg4: 4, mjpeg: 4, vp9: 32, ffv1: 0 };
const highestQuality: Readonly<Record<VideoCodec, number>> = { h264: 51, mpeg4: 31, mjpeg: 31, vp9: 63, ffv1: 0 };
const usualCodec: Readonly<Record<Container, VideoCodec>> = {
  mp4: 'h264',
  mov: 'h264',
  mkv: 'h264',
  avi: 'mpeg4',
  webm: 'vp9',
};
const usualSound: Readonly<Record<Container, SoundCodec>> = {
  mp4: 'aac',
  mov: 'aac',
  mkv: 'aac',
  avi: 'pcm',
  webm: 'opus',
};
const holds: Readonly<Record<Container, readonly (VideoCodec | SoundCodec)[]>> = {
  mp4: ['h264', 'mpeg4', 'vp9', 'mjpeg', 'aac', 'mp3', 'opus'],
  mov: ['h264', 'mpeg4', 'mjpeg', 'aac', 'pcm', 'mp3'],
  mkv: ['h264', 'mpeg4', 'mjpeg', 'vp9', 'ffv1', 'aac', 'pcm', 'mp3', 'opus'],
  avi: ['h264', 'mpeg4', 'mjpeg', 'ffv1', 'pcm', 'mp3'],
  webm: ['vp9', 'opus'],
};

/** The container that a file name asks for; undefined for a name that asks for none of ours. */
export function containerOf(fileName: string): Container | undefined {
  const extension = fileName.slice(fileName.lastIndexOf('.') + 1).toLowerCase();
  return containers.find((container) => container === extension);
}

function withDetails(
  container: Container,
  codec: VideoCodec,
  soundCodec: SoundCodec,
  choice: EncodingChoice,
): Encoding {
  const low = codec === 'mpeg4' || codec === 'mjpeg' ? 1 : 0;
  return {
    container,
    codec,
    quality: Math.min(highestQuality[codec], Math.max(low, choice.quality ?? usualQuality[codec])),
    gop: codec === 'mjpeg' || codec === 'ffv1' ? 1 : (choice.gop ?? 50),
    bFrames: codec === 'h264' ? (choice.bFrames ?? 2) : codec === 'mpeg4' ? (choice.bFrames ?? 0) : 0,
    soundCodec,
    soundKbps: choice.soundKbps ?? 128,
  };
}

/** Decides an encoding into a container. What the container cannot hold is told as `impossible`. */
export function decideEncoding(
  container: Container,
  choice: EncodingChoice,
): Encoding | { readonly impossible: VideoCodec | SoundCodec } {
  const codec = choice.codec ?? usualCodec[container];
  const soundCodec = choice.soundCodec ?? usualSound[container];
  for (const wanted of [codec, soundCodec]) if (!holds[container].includes(wanted)) return { impossible: wanted };
  return withDetails(container, codec, soundCodec, choice);
}

/**
 * Decides an encoding that will be decoded again at once. The container is one that tells the encoder's delay to the
 * sample (Matroska rounds to the millisecond, AVI says nothing), so that sound and picture come back where they were.
 */
export function decideIntermediate(choice: EncodingChoice): Encoding {
  const codec = choice.codec ?? 'h264';
  const asked = choice.soundCodec ?? 'aac';
  if (codec === 'ffv1' || (codec === 'vp9' && asked === 'pcm')) return withDetails('mkv', codec, 'pcm', choice);
  return withDetails(asked === 'pcm' ? 'mov' : 'mp4', codec, asked, choice);
}

/**
 * How far container and codec put the sound ahead on their own, ms. AVI does not tell the 1105 samples of delay of LAME and
 * its decoder; ffmpeg's Matroska writer counts Opus's pre-skip of 6.5 ms twice, rounded to 7. Measured; held by a test.
 */
export function encoderLeadMs(encoding: Encoding, sampleRateHz: number): number {
  if (encoding.container === 'avi' && encoding.soundCodec === 'mp3') return (-1105 * 1000) / sampleRateHz;
  const matroska = encoding.container === 'mkv' || encoding.container === 'webm';
  return matroska && encoding.soundCodec === 'opus' ? 7 : 0;
}
