/** Where the number of samples of a packet is known from. */
export type SampleSource =
  /** The codec codes a fixed number of samples a packet (AAC 1024, MP3 1152, …). */
  | 'codec-frame'
  /** Uncompressed: bytes of the packet over bytes of a sample. */
  | 'packet-bytes'
  /** Only the container's duration says it: no clock apart from the container's own. */
  | 'declared-duration'
  | 'unknown';

export interface SamplesPerPacket {
  readonly source: SampleSource;
  /** Samples per channel of each packet; for `packet-bytes` the bytes of one sample of all channels. */
  readonly amount: number;
}

/**
 * Samples per channel that one packet of a codec can hold, at the rate that the stream plays at. AAC: ISO/IEC 14496-3
 * (1024 or 960, half for low delay, double where SBR doubles the rate); MPEG audio: ISO/IEC 11172-3, 13818-3; AC-3:
 * ETSI TS 102 366; Opus: RFC 6716 §3.1, always at 48 kHz; AMR: 3GPP TS 26.071, 26.171; MP3 and AAC never mix sizes.
 */
const frameSizes: Readonly<Record<string, readonly number[]>> = {
  aac: [1024, 2048, 960, 1920, 512, 480],
  aac_latm: [1024, 2048, 960, 1920],
  mp3: [1152, 576],
  mp3float: [1152, 576],
  mp2: [1152],
  mp1: [384],
  ac3: [1536],
  eac3: [1536, 768, 512, 256],
  opus: [960, 480, 240, 120, 1920, 2880],
  amr_nb: [160],
  amr_wb: [320],
};

/** Widest departure of the observed spacing from a codec's frame size that still counts as that size. */
const frameSizeTolerance = 0.03;

/** Bits of one sample in ffmpeg's names of uncompressed codecs: `pcm_s16le` 16, `pcm_f64be` 64; a-law and µ-law are 8. */
export function bitsOfPcmCodec(codec: string): number | undefined {
  if (codec === 'pcm_alaw' || codec === 'pcm_mulaw') return 8;
  const match = /^pcm_[suf](8|16|24|32|64)(?:le|be)?(?:_planar)?$/.exec(codec);
  return match ? Number(match[1]) : undefined;
}

/**
 * How many samples a packet of this stream holds, independent of the container's times where the codec fixes it.
 * `typicalSpacing` is the median distance of packets in samples, by which a codec's possible sizes are told apart.
 */
export function samplesPerPacket(
  codec: string,
  channels: number | undefined,
  typicalSpacing: number,
): SamplesPerPacket {
  const bits = bitsOfPcmCodec(codec);
  if (bits !== undefined && channels !== undefined && channels > 0)
    return { source: 'packet-bytes', amount: (bits / 8) * channels };
  const sizes = frameSizes[codec];
  if (sizes !== undefined && Number.isFinite(typicalSpacing)) {
    const nearest = sizes.reduce((best, size) =>
      Math.abs(size - typicalSpacing) < Math.abs(best - typicalSpacing) ? size : best,
    );
    if (Math.abs(nearest - typicalSpacing) <= nearest * frameSizeTolerance)
      return { source: 'codec-frame', amount: nearest };
  }
  return { source: Number.isFinite(typicalSpacing) ? 'declared-duration' : 'unknown', amount: 0 };
}
