/** Deterministic test signals; all in [-1, 1] and one channel unless said otherwise. */
export function sine(frequencyHz: number, amplitude: number, seconds: number, rate: number, phase = 0): Float32Array {
  return Float32Array.from(
    { length: Math.round(seconds * rate) },
    (_, n) => amplitude * Math.sin((2 * Math.PI * frequencyHz * n) / rate + phase),
  );
}

/** Uniform white noise in ±amplitude from a small generator with a seed. */
export function noise(amplitude: number, samples: number, seed = 1): Float32Array {
  let state = seed >>> 0;
  return Float32Array.from({ length: samples }, () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return amplitude * (state / 2147483648 - 1);
  });
}

/** Channels of equal length as interleaved samples. */
export function interleave(...channels: Float32Array[]): Float32Array {
  const out = new Float32Array(channels[0]!.length * channels.length);
  channels.forEach((samples, channel) => {
    for (let n = 0; n < samples.length; n++) out[n * channels.length + channel] = samples[n]!;
  });
  return out;
}

/** Windowed-sinc low-pass (Blackman, `taps` odd) of a signal: an edge of about 5.5·rate/taps at the cut-off. */
export function lowPass(signal: Float32Array, cutoffHz: number, rate: number, taps = 1023): Float32Array {
  const half = (taps - 1) / 2;
  const kernel = Float64Array.from({ length: taps }, (_, i) => {
    const x = i - half;
    const ideal = x === 0 ? (2 * cutoffHz) / rate : Math.sin((2 * Math.PI * cutoffHz * x) / rate) / (Math.PI * x);
    const p = (2 * Math.PI * i) / (taps - 1);
    return ideal * (0.42 - 0.5 * Math.cos(p) + 0.08 * Math.cos(2 * p));
  });
  const out = new Float32Array(signal.length);
  for (let n = 0; n < signal.length; n++) {
    let sum = 0;
    for (let i = Math.max(0, n - signal.length + 1); i < taps && i <= n; i++) sum += kernel[i]! * signal[n - i]!;
    out[n] = sum;
  }
  return out;
}

/** Cuts a signal into chunks of the given sizes, again and again until it is used up. */
export function chunks(signal: Float32Array, sizes: readonly number[], channels = 1): Float32Array[] {
  const parts: Float32Array[] = [];
  for (let at = 0, i = 0; at < signal.length; i++) {
    const size = Math.max(1, sizes[i % sizes.length]!) * channels;
    parts.push(signal.slice(at, at + size));
    at += size;
  }
  return parts;
}
