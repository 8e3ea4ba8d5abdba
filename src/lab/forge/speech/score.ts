import { seededRandom, type SeededRandom } from '../../../base/random.ts';
import { bilabials, otherConsonants, pause, vowels, type Phoneme } from './phonemes.ts';
import type { Voice } from './voice.ts';

/** One sound as it is spoken. Times in ms on the speaker's own clock, where 0 is the clip's first instant. */
export interface Phone {
  readonly phoneme: Phoneme;
  readonly startMs: number;
  readonly endMs: number;
  /** A stop's closure ends and its burst starts here; for a nasal or fricative of the lips, they part here. */
  readonly releaseMs: number;
  /** End of the breath after a voiceless stop; equal to releaseMs where there is none. */
  readonly breathEndMs: number;
  readonly stressed: boolean;
  /** Factors on loudness and on how far the mouth opens: real speakers vary both, not always together. */
  readonly effort: number;
  readonly gesture: number;
}

export interface Phrase {
  readonly startMs: number;
  readonly endMs: number;
  /** 1 rises at its end (a question), -1 falls. */
  readonly ending: 1 | -1;
}

/** What is spoken and when: the sheet from which lips and voice are both played. */
export interface Score {
  readonly startMs: number;
  readonly endMs: number;
  readonly phones: readonly Phone[];
  readonly phrases: readonly Phrase[];
}

/** Share of consonants that shut the lips; about what Kazakh, Russian and English have, a little more. */
const bilabialShare = 0.27;

function consonantOf(random: SeededRandom, place: 'onset' | 'coda'): Phoneme {
  if (random.unit() < bilabialShare) return random.pick(bilabials);
  const phoneme = random.pick(otherConsonants);
  // Glides do not end a syllable: they would be vowels there.
  return place === 'coda' && phoneme.manner === 'approximant' ? random.pick(bilabials) : phoneme;
}

function syllable(random: SeededRandom): Phoneme[] {
  const sounds: Phoneme[] = [];
  if (random.unit() < 0.9) sounds.push(consonantOf(random, 'onset'));
  sounds.push(random.pick(vowels));
  if (random.unit() < 0.38) sounds.push(consonantOf(random, 'coda'));
  return sounds;
}

/**
 * Makes up an utterance in no language from `startMs` until it covers `endMs`. The same seed says the same from the
 * start whatever the end is. Times are whole milliseconds.
 */
export function composeScore(seed: number, voice: Voice, startMs: number, endMs: number): Score {
  const random = seededRandom(seed).fork('score');
  const phones: Phone[] = [];
  const phrases: Phrase[] = [];
  let now = startMs;

  const speak = (phoneme: Phoneme, stressed: boolean, lengthening: number): void => {
    const [short, long] = phoneme.durationMs;
    const span = (random.between(short, long) * lengthening * (stressed ? 1.12 : 0.94)) / voice.tempo;
    const releaseMs = now + Math.round(span);
    const isStop = phoneme.manner === 'stop';
    const breathEndMs = isStop ? releaseMs + (phoneme.voiced ? 8 : Math.round(random.between(22, 45))) : releaseMs;
    phones.push({
      phoneme,
      startMs: now,
      endMs: breathEndMs,
      releaseMs,
      breathEndMs,
      stressed,
      effort: random.between(0.7, 1.12) * (stressed ? 1.12 : 0.88),
      gesture: random.between(0.68, 1.15) * (stressed ? 1.08 : 0.92),
    });
    now = breathEndMs;
  };
  const rest = (durationMs: number): void => {
    const until = now + Math.round(durationMs);
    const still = { releaseMs: until, breathEndMs: until, stressed: false, effort: 0, gesture: 1 };
    phones.push({ phoneme: pause, startMs: now, endMs: until, ...still });
    now = until;
  };

  rest(random.between(60, 200));
  while (now < endMs) {
    const phraseStart = now;
    const words = random.integer(2, 6);
    for (let word = 0; word < words; word++) {
      const syllables = random.pick([1, 1, 2, 2, 2, 3, 3, 4]);
      const accent = random.integer(0, syllables - 1);
      for (let s = 0; s < syllables; s++) {
        const last = word === words - 1 && s === syllables - 1;
        const stressed = s === accent && random.unit() < 0.85;
        for (const phoneme of syllable(random)) speak(phoneme, stressed, last ? 1.35 : 1);
      }
      if (word < words - 1 && random.unit() < 0.22) rest(random.between(50, 130));
    }
    phrases.push({ startMs: phraseStart, endMs: now, ending: random.unit() < 0.25 ? 1 : -1 });
    rest(random.between(pause.durationMs[0], pause.durationMs[1]));
  }
  return { startMs, endMs: now, phones, phrases };
}
