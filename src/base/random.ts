/**
 * A stream of pseudo-random numbers that is the same on every machine: xoshiro128** (Blackman and Vigna, 2018)
 * seeded through SplitMix32 from an FNV-1a hash. Only 32-bit integer arithmetic and exact divisions are used.
 * For making exercises and tests; never for keys, salts or names of files.
 */
export interface SeededRandom {
  /** Whole number in [0, 2^32). */
  uint32(): number;
  /** Number in [0, 1), in steps of 2^-32. */
  unit(): number;
  /** Number in [low, high). */
  between(low: number, high: number): number;
  /** Whole number in [low, high], both included. */
  integer(low: number, high: number): number;
  /** One of the values, each equally likely. Throws a RangeError on an empty list. */
  pick<T>(values: readonly T[]): T;
  /** Nearly normal, mean 0, standard deviation 1, never beyond ±6 (sum of twelve uniforms: no logarithm, no cosine). */
  normal(): number;
  /** An independent stream for a named purpose; drawing from it does not move this one. */
  fork(label: string): SeededRandom;
}

/** 32-bit FNV-1a over the UTF-16 units of a text. */
function hashText(text: string): number {
  let hash = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i);
    hash = Math.imul(hash ^ (unit & 0xff), 0x01000193);
    hash = Math.imul(hash ^ (unit >>> 8), 0x01000193);
  }
  return hash >>> 0;
}

/** Starts a stream. Numbers and their decimal text give the same stream. */
export function seededRandom(seed: number | string): SeededRandom {
  const name = String(seed);
  let mix = hashText(name);
  const splitMix = (): number => {
    mix = (mix + 0x9e3779b9) >>> 0;
    let z = mix;
    z = Math.imul(z ^ (z >>> 16), 0x21f0aaad);
    z = Math.imul(z ^ (z >>> 15), 0x735a2d97);
    return (z ^ (z >>> 15)) >>> 0;
  };
  let a = splitMix();
  let b = splitMix();
  let c = splitMix();
  // xoshiro may not start at all zeros; one set bit excludes that without weakening the rest.
  let d = splitMix() | 1;

  const uint32 = (): number => {
    const product = Math.imul(b, 5);
    const result = Math.imul((product << 7) | (product >>> 25), 9) >>> 0;
    const shifted = b << 9;
    c ^= a;
    d ^= b;
    b ^= c;
    a ^= d;
    c ^= shifted;
    d = (d << 11) | (d >>> 21);
    return result;
  };
  const unit = (): number => uint32() / 4294967296;

  return {
    uint32,
    unit,
    between: (low, high) => low + (high - low) * unit(),
    integer: (low, high) => low + Math.floor(unit() * (high - low + 1)),
    pick: (values) => {
      if (values.length === 0) throw new RangeError('nothing to pick from');
      return values[Math.floor(unit() * values.length)] as (typeof values)[number];
    },
    normal: () => {
      let sum = -6;
      for (let i = 0; i < 12; i++) sum += unit();
      return sum;
    },
    fork: (label) => seededRandom(`${name}/${label}`),
  };
}
