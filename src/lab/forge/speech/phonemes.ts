/**
 * The sounds that the presenter can make. Formants (Hz, adult male) after Peterson and Barney 1952 and Klatt 1980;
 * lip shapes after the viseme classes of lip-reading: what counts is that opening goes with the first formant,
 * width with the second, and that /p b m/ shut the lips.
 */
export type Lips = 'free' | 'closed' | 'on-teeth';

export interface Noise {
  /** Centre and width of the noise band, Hz, and its level against a vowel (1 = as strong). */
  readonly hz: number;
  readonly bandwidthHz: number;
  readonly level: number;
}

export interface Phoneme {
  readonly symbol: string;
  readonly manner: 'vowel' | 'stop' | 'nasal' | 'fricative' | 'approximant' | 'pause';
  readonly formantsHz: readonly [number, number, number];
  readonly voiced: boolean;
  /** Opening of the lips in [0, 1] and their width in [-1 rounded, 1 spread], unless shut. */
  readonly opening: number;
  readonly width: number;
  readonly lips: Lips;
  /** Usual span of durations. A stop's is its closure alone. */
  readonly durationMs: readonly [number, number];
  /** Friction, or the burst of a stop. */
  readonly noise?: Noise;
}

function vowel(symbol: string, formantsHz: [number, number, number], opening: number, width: number): Phoneme {
  return { symbol, manner: 'vowel', formantsHz, voiced: true, opening, width, lips: 'free', durationMs: [80, 165] };
}

export const vowels: readonly Phoneme[] = [
  vowel('i', [285, 2250, 2950], 0.26, 0.85),
  vowel('e', [430, 2050, 2650], 0.46, 0.6),
  vowel('æ', [660, 1720, 2450], 0.82, 0.45),
  vowel('a', [740, 1180, 2480], 1, 0.1),
  vowel('ʌ', [610, 1200, 2550], 0.68, 0),
  vowel('ə', [500, 1480, 2500], 0.42, 0),
  vowel('ɔ', [570, 860, 2420], 0.72, -0.5),
  vowel('o', [450, 820, 2500], 0.46, -0.75),
  vowel('u', [315, 880, 2250], 0.2, -1),
];

function consonant(phoneme: Omit<Phoneme, 'lips'> & { lips?: Lips }): Phoneme {
  return { lips: 'free', ...phoneme };
}

export const bilabials: readonly Phoneme[] = [
  consonant({
    symbol: 'p',
    manner: 'stop',
    formantsHz: [260, 900, 2250],
    voiced: false,
    opening: 0,
    width: 0,
    lips: 'closed',
    durationMs: [75, 115],
    noise: { hz: 800, bandwidthHz: 1400, level: 0.5 },
  }),
  consonant({
    symbol: 'b',
    manner: 'stop',
    formantsHz: [240, 900, 2250],
    voiced: true,
    opening: 0,
    width: 0,
    lips: 'closed',
    durationMs: [65, 100],
    noise: { hz: 700, bandwidthHz: 1200, level: 0.28 },
  }),
  consonant({
    symbol: 'm',
    manner: 'nasal',
    formantsHz: [260, 950, 2200],
    voiced: true,
    opening: 0,
    width: 0,
    lips: 'closed',
    durationMs: [65, 105],
  }),
];

export const otherConsonants: readonly Phoneme[] = [
  consonant({
    symbol: 't',
    manner: 'stop',
    formantsHz: [260, 1750, 2650],
    voiced: false,
    opening: 0.24,
    width: 0.3,
    durationMs: [60, 95],
    noise: { hz: 4300, bandwidthHz: 2600, level: 0.42 },
  }),
  consonant({
    symbol: 'd',
    manner: 'stop',
    formantsHz: [250, 1720, 2600],
    voiced: true,
    opening: 0.26,
    width: 0.3,
    durationMs: [45, 80],
    noise: { hz: 3800, bandwidthHz: 2600, level: 0.24 },
  }),
  consonant({
    symbol: 'k',
    manner: 'stop',
    formantsHz: [270, 1950, 2350],
    voiced: false,
    opening: 0.34,
    width: 0.05,
    durationMs: [60, 95],
    noise: { hz: 1900, bandwidthHz: 900, level: 0.45 },
  }),
  consonant({
    symbol: 'g',
    manner: 'stop',
    formantsHz: [250, 1900, 2300],
    voiced: true,
    opening: 0.34,
    width: 0.05,
    durationMs: [45, 80],
    noise: { hz: 1750, bandwidthHz: 900, level: 0.24 },
  }),
  consonant({
    symbol: 'n',
    manner: 'nasal',
    formantsHz: [270, 1700, 2600],
    voiced: true,
    opening: 0.27,
    width: 0.25,
    durationMs: [55, 90],
  }),
  consonant({
    symbol: 's',
    manner: 'fricative',
    formantsHz: [320, 1700, 2650],
    voiced: false,
    opening: 0.15,
    width: 0.55,
    durationMs: [85, 130],
    noise: { hz: 6300, bandwidthHz: 3200, level: 0.3 },
  }),
  consonant({
    symbol: 'ʃ',
    manner: 'fricative',
    formantsHz: [320, 1800, 2600],
    voiced: false,
    opening: 0.22,
    width: -0.55,
    durationMs: [90, 130],
    noise: { hz: 3300, bandwidthHz: 1700, level: 0.36 },
  }),
  consonant({
    symbol: 'z',
    manner: 'fricative',
    formantsHz: [300, 1700, 2600],
    voiced: true,
    opening: 0.15,
    width: 0.5,
    durationMs: [65, 100],
    noise: { hz: 6000, bandwidthHz: 3000, level: 0.15 },
  }),
  consonant({
    symbol: 'f',
    manner: 'fricative',
    formantsHz: [330, 1100, 2250],
    voiced: false,
    opening: 0.1,
    width: 0.2,
    lips: 'on-teeth',
    durationMs: [80, 120],
    noise: { hz: 5200, bandwidthHz: 6500, level: 0.11 },
  }),
  consonant({
    symbol: 'v',
    manner: 'fricative',
    formantsHz: [280, 1100, 2250],
    voiced: true,
    opening: 0.1,
    width: 0.2,
    lips: 'on-teeth',
    durationMs: [55, 85],
    noise: { hz: 4800, bandwidthHz: 6000, level: 0.05 },
  }),
  consonant({
    symbol: 'l',
    manner: 'approximant',
    formantsHz: [360, 1300, 2700],
    voiced: true,
    opening: 0.34,
    width: 0.2,
    durationMs: [50, 80],
  }),
  consonant({
    symbol: 'r',
    manner: 'approximant',
    formantsHz: [330, 1250, 1700],
    voiced: true,
    opening: 0.3,
    width: -0.35,
    durationMs: [50, 80],
  }),
  consonant({
    symbol: 'j',
    manner: 'approximant',
    formantsHz: [280, 2250, 2950],
    voiced: true,
    opening: 0.24,
    width: 0.6,
    durationMs: [45, 70],
  }),
  consonant({
    symbol: 'w',
    manner: 'approximant',
    formantsHz: [300, 700, 2250],
    voiced: true,
    opening: 0.12,
    width: -1,
    durationMs: [50, 80],
  }),
];

/** Silence between phrases, with the lips resting together. */
export const pause: Phoneme = {
  symbol: '_',
  manner: 'pause',
  formantsHz: [500, 1500, 2500],
  voiced: false,
  opening: 0.02,
  width: 0,
  lips: 'free',
  durationMs: [240, 620],
};
