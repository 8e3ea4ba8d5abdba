import { Presenter } from './picture/presenter.ts';
import { facePxOf, marginMs, type ForgeSpec } from './spec.ts';
import { turnAt } from './picture/scene.ts';
import { addClaps } from './speech/clap.ts';
import type { SoundTrack } from './sound-track.ts';
import { speak, utteranceOf, type Utterance } from './speech/speak.ts';

/** One specification's presenter and what they say. */
export interface Presentation {
  readonly utterance: Utterance;
  readonly presenter: Presenter;
}

/** The presenter of a seed in the scene of a specification; their speech reaches `marginMs` beyond the clip. */
export function presentationOf(spec: ForgeSpec, seed: number = spec.seed): Presentation {
  const utterance = utteranceOf(seed, -marginMs, Math.ceil(spec.seconds * 1000) + marginMs);
  const scene = {
    seed,
    width: spec.width,
    height: spec.height,
    facePx: facePxOf(spec),
    headMotion: spec.headMotion,
    mouthMotion: spec.mouthMotion,
    noise: spec.noise,
    distractions: spec.distractions,
    claps: spec.claps,
    turns: spec.turns,
    lipLeadMs: spec.lipLeadMs,
  };
  return { utterance, presenter: new Presenter(scene, utterance.articulation, utterance.voice.pitchHz) };
}

/** By how many samples, and so by how many ms exactly, a specification's sound is ahead before any edit. */
export function leadSamples(spec: ForgeSpec): number {
  return Math.round((spec.audioLeadMs * spec.sampleRateHz) / 1000);
}

/** Leaves a voice in its turns alone; the lips that belong to it are seen `lipLeadMs` earlier. */
function keepTurns(samples: Float32Array, { turns, sampleRateHz }: ForgeSpec, startMs: number): void {
  if (turns.length === 0) return;
  for (let i = 0; i < samples.length; i++)
    samples[i] = (samples[i] as number) * turnAt(turns, startMs + (i * 1000) / sampleRateHz);
}

/** The sound of a specification before its edits: cut from the longer utterance where the lead says. */
export function presentedSound(spec: ForgeSpec, utterance: Utterance): SoundTrack {
  const all = speak(utterance, spec);
  keepTurns(all, spec, utterance.score.startMs);
  addClaps(all, spec.sampleRateHz, utterance.score.startMs, spec.claps, utterance.seed);
  const lead = leadSamples(spec);
  const first = Math.round((-utterance.score.startMs * spec.sampleRateHz) / 1000) + lead;
  const length = Math.round(spec.seconds * spec.sampleRateHz);
  const samples = all.slice(first, first + length);
  const channels = Array.from({ length: spec.channels }, () => samples);
  return { rateHz: spec.sampleRateHz, channels, map: [{ length, source: { start: lead, rate: 1 } }] };
}
