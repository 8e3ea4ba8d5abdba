import { articulate, type Articulation } from './articulation.ts';
import { addReflections, roomTone } from './room.ts';
import { composeScore, type Score } from './score.ts';
import { synthesise } from './synthesis.ts';
import { voiceOf, type Voice } from './voice.ts';

/** One speaker's utterance: what is said, and how lips and larynx play it. */
export interface Utterance {
  readonly seed: number;
  readonly voice: Voice;
  readonly score: Score;
  readonly articulation: Articulation;
}

/** Makes up what the speaker of a seed says from `startMs` to `endMs` on their own clock. */
export function utteranceOf(seed: number, startMs: number, endMs: number): Utterance {
  const voice = voiceOf(seed);
  const score = composeScore(seed, voice, startMs, endMs);
  return { seed, voice, score, articulation: articulate(score, voice, seed) };
}

/** How an utterance is recorded. */
export interface Recording {
  readonly sampleRateHz: number;
  readonly echo: number;
  readonly roomToneDb: number;
}

/** Sound of a whole utterance, mono; sample 0 is at its score's start. */
export function speak(utterance: Utterance, recording: Recording): Float32Array {
  const { articulation, voice, seed } = utterance;
  const dry = synthesise(articulation, voice, seed, recording.sampleRateHz);
  const wet = addReflections(dry, recording.sampleRateHz, recording.echo);
  const hush = roomTone(seed, wet.length, recording.roomToneDb);
  for (let i = 0; i < wet.length; i++) wet[i] = (wet[i] as number) + (hush[i] as number);
  return wet;
}
