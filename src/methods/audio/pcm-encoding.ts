/** How sound is kept: whole numbers of 16 or 24 bits, or 32-bit floating point. */
export type PcmEncoding = 's16' | 's24' | 'f32';

export const bytesPerSample: Readonly<Record<PcmEncoding, number>> = { s16: 2, s24: 3, f32: 4 };

/** Codecs that give back whole numbers as they were; of all others 16 bits hold more than was coded. */
const losslessCodecs = /^(pcm_|flac$|alac$|wavpack$|tta$|ape$|mlp$|truehd$|shorten$|tak$|mp4als$)/;

/**
 * The narrowest encoding that keeps what the source held: 16 bits for lossy codecs and for 16-bit sources, 24 for
 * sources of 17 to 24 bits, floating point for deeper ones and for floating-point sources.
 */
export function encodingFor(source: { codec: string; sampleFormat: string; bitsPerSample: number }): PcmEncoding {
  const { codec, sampleFormat, bitsPerSample } = source;
  if (!losslessCodecs.test(codec)) return 's16';
  if (/^pcm_f(16|24|32|64)/.test(codec)) return 'f32';
  if (codec === 'wavpack' && /^(flt|dbl)/.test(sampleFormat)) return 'f32';
  const bits = bitsPerSample > 0 ? bitsPerSample : sampleFormat.startsWith('s32') ? 32 : 16;
  if (bits <= 16) return 's16';
  return bits <= 24 ? 's24' : 'f32';
}

/**
 * Samples in [-1, 1] as little-endian bytes: rounded to nearest without dither, so that the same samples always give the
 * same bytes and a source of whole numbers comes back exactly. What lies beyond full scale is cut and counted by the
 * caller; floating point keeps it.
 */
export function encodePcm(samples: Float32Array, encoding: PcmEncoding): Uint8Array {
  switch (encoding) {
    case 'f32':
      return new Uint8Array(samples.slice().buffer);
    case 's16':
      return encode16(samples);
    case 's24':
      return encode24(samples);
  }
}

function encode16(samples: Float32Array): Uint8Array {
  const whole = new Int16Array(samples.length);
  for (let i = 0; i < samples.length; i++) whole[i] = rounded(samples[i]! * 32768, 32768);
  return new Uint8Array(whole.buffer);
}

function encode24(samples: Float32Array): Uint8Array {
  const bytes = new Uint8Array(samples.length * 3);
  for (let i = 0, at = 0; i < samples.length; i++) {
    const whole = rounded(samples[i]! * 8388608, 8388608);
    bytes[at++] = whole;
    bytes[at++] = whole >> 8;
    bytes[at++] = whole >> 16;
  }
  return bytes;
}

/** Math.round with the result kept in −full…full−1; made positive first, since cutting off is ten times faster than rounding. */
function rounded(value: number, full: number): number {
  const held = value > full - 1 ? full - 1 : value < -full ? -full : value;
  return ((held + full + 0.5) | 0) - full;
}
