import type { FindingInput } from '../../../base/finding.ts';
import { ModelCard } from '../../../base/model-card.ts';
import type { SoundClock } from '../../../media/sound-clock.ts';
import type { ExtractedFrame, MethodContext } from '../../method.ts';
import { round } from '../container/round.ts';
import type { Box } from '../content/examine-stretch.ts';
import type { ContentReadings } from '../content/examine-content.ts';
import { highestPeak } from '../content/peak.ts';
import { clockAt, sampleAt } from '../content/sound-time.ts';
import { voiceRateHz } from '../content/voice-bands.ts';
import { percentile } from '../content/voice-onset.ts';
import type { AvSyncParams } from '../parameters.ts';
import type { ModelAnswer, ModelRun } from './run-model.ts';

/** Places of the clip that the model is shown. */
const places = 6;
const lagStepMs = 40;
/** Deviations of the peak above the other lags below which the model tells nothing. */
const leastStanding = 6;

export interface ModelMaterial {
  readonly readings: ContentReadings;
  readonly clock: SoundClock;
  /** Mono sound at 16 kHz, as it was decoded; the beginning of long clips. */
  readonly sound: Int16Array;
  /** Time of each frame by its decode index; NaN for those that were not looked at. */
  readonly frameTimesMs: readonly number[];
  readonly picture: number;
}

/** Runs a registered model beside the measurement; its finding never changes the other. */
export async function modelLagFinding(
  material: ModelMaterial,
  params: AvSyncParams,
  context: MethodContext,
): Promise<FindingInput> {
  const about = { code: 'model-lag', details: { model: params.model } };
  const refuse = (reason: string, details: Record<string, string> = {}): FindingInput => ({
    ...{ ...about, outcome: 'abstained', reason },
    details: { ...about.details, ...details },
    limits: ['model-is-a-strangers'],
  });
  const card = await readCard(context, params.model);
  const model = card === undefined ? undefined : await context.reference?.(card.sha256);
  if (card === undefined || model === undefined) return refuse('model-not-here');
  const words = { name: card.name, version: card.version, licence: card.licence };
  const lags = Array.from(
    { length: 2 * Math.floor(params.searchMs / lagStepMs) + 1 },
    (_, i) => (i - Math.floor(params.searchMs / lagStepMs)) * lagStepMs,
  );
  const pictures: Float32Array[] = [];
  const sounds: Float32Array[][] = [];
  for (const place of choosePlaces(material, card, params.searchMs)) {
    const frames = await context.extractFrames(material.picture, place.indexes);
    if (frames.length === 0) continue;
    pictures.push(pictureTensor(place.indexes, frames, place.box, card));
    sounds.push(lags.map((lag) => soundTensor(material, place.startMs + lag, card)));
  }
  if (pictures.length === 0) return refuse('model-no-place', words);
  const { channels, frames, height, width } = card.picture;
  const run: ModelRun = {
    ...{ model, pictures, sounds, pictureInput: card.picture.input, soundInput: card.sound.input },
    pictureShape: [1, channels === 'grey' ? 1 : 3, frames, height, width],
    output: card.output.name,
  };
  const answer = await context.compute<ModelAnswer>('runModel', run);
  if (answer.status !== 'ok') return refuse(answer.status, { ...words, message: answer.message });
  const sign = card.output.meaning === 'higher-corresponds' ? 1 : -1;
  const mean = lags.map(
    (_, lag) => (sign * answer.scores.reduce((sum, row) => sum + row[lag]!, 0)) / answer.scores.length,
  );
  const middle = percentile(mean, 0.5);
  const spread =
    1.4826 *
    percentile(
      mean.map((value) => Math.abs(value - middle)),
      0.5,
    );
  const peak = highestPeak(mean.map((value) => value - middle));
  const standing = peak === undefined || spread === 0 ? 0 : peak.height / spread;
  if (peak === undefined || standing < leastStanding) return refuse('model-flat', words);
  return {
    ...{ code: 'model-lag-told', outcome: 'information', details: { ...about.details, ...words } },
    measures: {
      modelLead: { value: round(-(lags[0]! + peak.position * lagStepMs), 1), unit: 'ms' },
      standing: { value: round(standing, 1), unit: '1' },
      places: { value: pictures.length, unit: '1' },
    },
    limits: ['model-is-a-strangers', 'normal-sync-never-clears'],
  };
}

async function readCard(context: MethodContext, digest: string): Promise<ModelCard | undefined> {
  const bytes = await context.reference?.(digest);
  if (bytes === undefined) return undefined;
  try {
    return ModelCard.parse(JSON.parse(new TextDecoder().decode(bytes)));
  } catch {
    return undefined;
  }
}

interface Place {
  readonly startMs: number;
  readonly indexes: readonly number[];
  /** Stored pixels. */
  readonly box: Box;
}

/** Moments spread evenly over what was read, where all frames and all sounds of the search are there. */
function choosePlaces(material: ModelMaterial, card: ModelCard, searchMs: number): Place[] {
  const { readings, frameTimesMs, clock, sound } = material;
  const spanMs = (card.picture.frames * 1000) / card.picture.rate;
  const used = readings.stretches.flatMap((stretch) => (stretch.best === undefined ? [] : [stretch.best]));
  const moments = used.flatMap((best) => Array.from(best.momentsMs, (at, i) => ({ at, i, best })));
  const own = clockAt(clock, voiceRateHz);
  const soundMs = (card.sound.samples * 1000) / voiceRateHz;
  const fitting = moments.filter(({ at, best }) => {
    const last = best.momentsMs[best.momentsMs.length - 1]!;
    const [from, to] = [sampleAt(own, at - searchMs), sampleAt(own, at + searchMs + soundMs)];
    return at + spanMs <= last && from >= 0 && to < sound.length;
  });
  return Array.from({ length: Math.min(places, fitting.length) }, (_, k) => {
    const { at, i, best } = fitting[Math.floor(((k + 0.5) * fitting.length) / places)] ?? fitting[k]!;
    const indexes = Array.from({ length: card.picture.frames }, (_, f) =>
      nearestFrame(frameTimesMs, at + (f * 1000) / card.picture.rate),
    );
    const { region } = best;
    const scale = readings.pixelScale;
    const whole = { x: 0, y: 0, width: readings.width, height: readings.height };
    const box =
      card.picture.region === 'picture'
        ? whole
        : { ...region, x: region.x + best.shiftX[i]!, y: region.y + best.shiftY[i]! };
    return {
      startMs: frameTimesMs[indexes[0]!]!,
      indexes,
      box: { x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale },
    };
  });
}

function nearestFrame(timesMs: readonly number[], at: number): number {
  let best = 0;
  timesMs.forEach((time, index) => {
    if (Math.abs(time - at) < Math.abs((timesMs[best] ?? NaN) - at) || Number.isNaN(timesMs[best]!)) best = index;
  });
  return best;
}

function pictureTensor(
  indexes: readonly number[],
  extracted: readonly ExtractedFrame[],
  box: Box,
  { picture }: ModelCard,
): Float32Array {
  const { width, height, frames, channels, mean, deviation } = picture;
  const planes = channels === 'grey' ? 1 : 3;
  const out = new Float32Array(planes * frames * height * width);
  indexes.forEach((index, f) => {
    const frame = extracted.find((one) => one.index === index) ?? extracted[0]!;
    for (let y = 0; y < height; y++)
      for (let x = 0; x < width; x++) {
        const sx = clamp(Math.floor(box.x + ((x + 0.5) * box.width) / width), frame.width - 1);
        const sy = clamp(Math.floor(box.y + ((y + 0.5) * box.height) / height), frame.height - 1);
        const at = 3 * (sy * frame.width + sx);
        const [r, g, b] = [frame.rgb[at]!, frame.rgb[at + 1]!, frame.rgb[at + 2]!];
        const levels = planes === 1 ? [0.299 * r + 0.587 * g + 0.114 * b] : [r, g, b];
        levels.forEach((level, plane) => {
          out[((plane * frames + f) * height + y) * width + x] = (level / 255 - mean) / deviation;
        });
      }
  });
  return out;
}

const clamp = (value: number, most: number): number => Math.max(0, Math.min(most, value));

function soundTensor({ sound, clock }: ModelMaterial, atMs: number, card: ModelCard): Float32Array {
  const { samples, mean, deviation } = card.sound;
  const first = Math.round(sampleAt(clockAt(clock, voiceRateHz), atMs));
  return Float32Array.from({ length: samples }, (_, i) => ((sound[first + i] ?? 0) / 32_768 - mean) / deviation);
}
