import type { SoundSources } from './cut.ts';
import { roomTone } from './speech/room.ts';
import { playMusic } from './speech/music.ts';
import { speak, utteranceOf, type Recording } from './speech/speak.ts';
import { marginMs } from './spec.ts';

/** Sounds made from seeds; those of files come from `file`. */
export function sourcesOf(recording: Omit<Recording, 'sampleRateHz'>, file: SoundSources['file']): SoundSources {
  return {
    voice: (seed, fromMs, length, rateHz) => {
      // Always from the same beginning, so that the same instant says the same wherever it is used.
      const utterance = utteranceOf(seed, -marginMs, Math.ceil(fromMs + (length * 1000) / rateHz) + 1);
      const sound = speak(utterance, { ...recording, sampleRateHz: rateHz });
      const first = Math.round(((fromMs + marginMs) * rateHz) / 1000);
      return sound.slice(first, first + length);
    },
    music: (seed, length, rateHz) => playMusic(seed, length, rateHz),
    room: (seed, length, levelDb) => roomTone(seed, length, levelDb),
    file,
  };
}
