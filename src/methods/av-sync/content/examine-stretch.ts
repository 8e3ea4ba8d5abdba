import { cellSize } from './grey-levels.ts';
import { type FlowSeries, type HeadMotion } from './head-motion.ts';
import { lagCurve, lagGrid, laggedVoice, lagStepMs, type Candidate } from './lag-scan.ts';
import type { BlockFlow } from './measure-flow.ts';
import { mismatchedVoice } from './mismatched-voice.ts';
import { scoreElsewhere } from './other-speaker.ts';
import { pairOnsets, suddenOnsets, voiceOnsets } from './onset-pairs.ts';
import { highestPeak, nullPeaks, secondHeight } from './peak.ts';
import { scanStretch, stretchMotion, type StretchMotion } from './scan-stretch.ts';
import { soundingMap, type SoundingMap } from './sounding-map.ts';
import { suddenBursts } from './sudden-bursts.ts';
import { voiceStepMs } from './voice-bands.ts';
import { deviation, voiceOnset, type VoiceCharacter, type VoiceOnset } from './voice-onset.ts';

/** A rectangle in pixels of the analysed size. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What the kernel gets for one stretch: motion of its frames in blocks, and the voice over the same time and the search around it. */
export interface StretchInput {
  readonly blocks: readonly BlockFlow[];
  /** Times of all frames: one more than all pairs of all blocks. */
  readonly timesMs: Float64Array;
  /** Band powers from {@link voiceStartMs} on, as VoiceBands gives them. */
  readonly powers: Float32Array;
  readonly voiceStartMs: number;
  readonly searchMs: number;
  /** Length of the sliding windows; 0 for none. */
  readonly windowMs: number;
  readonly mismatches: number;
  readonly region: Box | undefined;
}

/** One sliding window at the stretch's own region. */
export interface WindowReading {
  readonly startMs: number;
  readonly endMs: number;
  /** Lag of the highest peak: negative when the sound comes first. */
  readonly lagMs: number;
  readonly score: number;
  readonly nullMean: number;
  readonly nullDeviation: number;
  /** Highest other peak against the highest. */
  readonly rivalShare: number;
  /** Loud voice and moving mouth: only then does a missing match say something. */
  readonly voiced: boolean;
}

/** What one stretch comes to: small, whatever the stretch's length. */
export interface StretchReport {
  readonly startMs: number;
  readonly endMs: number;
  readonly pairs: number;
  readonly candidates: number;
  readonly character: VoiceCharacter;
  /** Largest speed of opening of any candidate, pixels of its level in 40 ms. */
  readonly strongest: number;
  /** Moments, ms: sudden stops in the picture, and bursts of sound in the stretch and the search around it. */
  readonly events: { readonly stops: readonly number[]; readonly bursts: readonly number[] };
  readonly score: Float32Array;
  /** The same of places far from the best one alone: another speaker, if they have a lag of their own. */
  readonly elsewhere: Float32Array;
  readonly nulls: readonly Float32Array[];
  /** Of the place that fits best; absent where nothing moves. */
  readonly best?: {
    readonly region: Box;
    readonly curve: Float32Array;
    /** Standard deviation of the curve's rise per grid step where nothing matches. */
    readonly slopeNoise: number;
    readonly momentsMs: Float64Array;
    readonly motion: Float32Array;
    /** Shift of the region in each frame pair, analysed pixels. */
    readonly shiftX: Float32Array;
    readonly shiftY: Float32Array;
    /** Level of the voice over the stretch, without the search around it. */
    readonly energyDb: Float32Array;
    readonly energyStartMs: number;
    readonly energyStepMs: number;
    readonly windows: readonly WindowReading[];
    readonly map: SoundingMap;
    readonly onsets: {
      readonly density: Float32Array;
      readonly nulls: readonly Float32Array[];
      readonly picture: number;
      readonly sound: number;
    };
  };
}

/**
 * A frame repeats the one before where neighbours differ by less than this on average, and by less than that in any tile: a small
 * face in a still picture changes the average by next to nothing.
 */
const repeated = { onAverage: 0.02, inAnyTile: 0.2 };
const windowMismatches = 20;
/** Cells around the best place, and levels, that a window may choose among. */
const nearCells = 3;

/** Kernel: everything that one stretch can tell. */
export function examineStretch(input: StretchInput): StretchReport {
  return readStretch(readMotion(input), input);
}

/** The picture's half: it does not depend on the sound. */
export function readMotion(input: Pick<StretchInput, 'blocks' | 'timesMs' | 'region'>): StretchMotion {
  return stretchMotion(assemble(input), insideOf(input.region));
}

/** Holds the voice against the motion. */
export function readStretch(motion: StretchMotion, input: Omit<StretchInput, 'blocks'>): StretchReport {
  const voice = voiceOnset(input.powers, input.voiceStartMs);
  const scan = scanStretch(motion, voice.rise, voice.startMs, input.searchMs, input.mismatches);
  const peak = highestPeak(scan.profile.score);
  const strongest = motion.candidates.reduce(
    (most, { level, row, column }) =>
      Math.max(most, motion.speeds[level]!.strength[row * motion.speeds[level]!.columns + column]!),
    0,
  );
  const common = {
    startMs: input.timesMs[0] ?? 0,
    endMs: input.timesMs[input.timesMs.length - 1] ?? 0,
    pairs: motion.momentsMs.length,
    candidates: motion.candidates.length,
    character: voice.character,
    strongest,
    events: {
      stops: motion.stops.map(({ atMs }) => atMs),
      bursts: suddenBursts(input.powers, input.voiceStartMs),
    },
    score: scan.profile.score,
    elsewhere: new Float32Array(scan.profile.score.length),
    nulls: scan.nulls,
  };
  const index = peak === undefined ? -1 : scan.profile.candidate[peak.index]!;
  const place = motion.candidates[index];
  if (peak === undefined || place === undefined) return common;
  const n = motion.momentsMs.length;
  const row = motion.rows.subarray(index * n, (index + 1) * n);
  const lags = lagGrid(input.searchMs);
  const curve = lagCurve(row, laggedVoice(voice.rise, voice.startMs, motion.momentsMs, lags), lags.length);
  const map = soundingMap(motion, place, voice, (peak.index - (lags.length - 1) / 2) * lagStepMs);
  const scale = 2 ** place.level * cellSize;
  return {
    ...common,
    elsewhere: scoreElsewhere(
      motion,
      index,
      laggedVoice(voice.rise, voice.startMs, motion.momentsMs, lags),
      lags.length,
    ),
    best: {
      region: input.region ?? map.region,
      curve,
      slopeNoise: slopeNoise(row, voice, motion.momentsMs, lags),
      momentsMs: motion.momentsMs,
      motion: row.slice(),
      ...shiftsOf(motion.head, scale / 2 ** place.level, n),
      ...energyOf(voice, common.startMs, common.endMs),
      windows: windowReadings(motion, place, voice, input),
      map,
      onsets: onsetsOf(row, motion.momentsMs, voice, lags),
    },
  };
}

/** Joins the blocks, leaves repeated frames out: the pair after one starts where the first of them was shown. */
function assemble({ blocks, timesMs }: Pick<StretchInput, 'blocks' | 'timesMs'>): {
  levels: FlowSeries[];
  times: { fromMs: Float64Array; toMs: Float64Array };
} {
  const kept: { block: BlockFlow; pair: number; fromMs: number; toMs: number }[] = [];
  let at = 0;
  let fromMs = timesMs[0] ?? 0;
  for (const block of blocks)
    for (let pair = 0; pair < block.change.length; pair++, at++) {
      const toMs = timesMs[at + 1]!;
      if (isRepeated(block, pair)) continue;
      if (toMs > fromMs) kept.push({ block, pair, fromMs, toMs });
      fromMs = toMs;
    }
  const levels = (blocks[0]?.levels ?? []).map(({ columns, rows, right: any }, level) => {
    const cells = columns * rows;
    const down = new Int16Array(kept.length * cells);
    const right = new Int16Array(any.length === 0 ? 0 : kept.length * cells);
    kept.forEach(({ block, pair }, i) => {
      const series = block.levels[level]!;
      down.set(series.down.subarray(pair * cells, (pair + 1) * cells), i * cells);
      if (right.length > 0) right.set(series.right.subarray(pair * cells, (pair + 1) * cells), i * cells);
    });
    return { columns, rows, length: kept.length, down, right };
  });
  return {
    levels,
    times: {
      fromMs: Float64Array.from(kept, (pair) => pair.fromMs),
      toMs: Float64Array.from(kept, (pair) => pair.toMs),
    },
  };
}

function isRepeated({ change, mostChange }: BlockFlow, pair: number): boolean {
  return change[pair]! < repeated.onAverage && mostChange[pair]! < repeated.inAnyTile;
}

function energyOf(
  voice: VoiceOnset,
  startMs: number,
  endMs: number,
): { energyDb: Float32Array; energyStartMs: number; energyStepMs: number } {
  const part = slice(voice, startMs, endMs);
  return {
    energyDb: part.levelDb.filter((_, i) => i % 2 === 0),
    energyStartMs: part.startMs,
    energyStepMs: 2 * voiceStepMs,
  };
}

function insideOf(region: Box | undefined): ((c: Candidate) => boolean) | undefined {
  if (region === undefined) return undefined;
  return ({ level, row, column }) => {
    const size = cellSize * 2 ** level;
    const x = (column + 0.5) * size;
    const y = (row + 0.5) * size;
    return x >= region.x && x <= region.x + region.width && y >= region.y && y <= region.y + region.height;
  };
}

function shiftsOf(head: HeadMotion, headCellPixels: number, n: number): { shiftX: Float32Array; shiftY: Float32Array } {
  // The head is followed on the half-size level: its cells are twice as large in analysed pixels.
  const size = headCellPixels * 2;
  return {
    shiftX: Float32Array.from({ length: n }, (_, i) => head.right[i]! * size),
    shiftY: Float32Array.from({ length: n }, (_, i) => head.down[i]! * size),
  };
}

function slopeNoise(row: Float32Array, voice: VoiceOnset, momentsMs: Float64Array, lags: Float64Array): number {
  const slopes: number[] = [];
  for (let turn = 0; turn < windowMismatches / 2; turn++) {
    const other = mismatchedVoice(voice.rise, 1000 + turn);
    const curve = lagCurve(row, laggedVoice(other, voice.startMs, momentsMs, lags), lags.length);
    for (let i = 1; i < curve.length - 1; i++) slopes.push((curve[i + 1]! - curve[i - 1]!) / 2);
  }
  return deviation(Float32Array.from(slopes));
}

function windowReadings(
  motion: StretchMotion,
  place: Candidate,
  voice: VoiceOnset,
  { windowMs, searchMs }: Pick<StretchInput, 'windowMs' | 'searchMs'>,
): WindowReading[] {
  const { momentsMs, candidates, rows } = motion;
  const n = momentsMs.length;
  const first = momentsMs[0]!;
  const last = momentsMs[n - 1]!;
  if (windowMs === 0 || last - first < windowMs * 0.75) return [];
  const near = candidates.flatMap((candidate, index) => (isNear(candidate, place) ? [index] : []));
  const lags = lagGrid(searchMs);
  const readings: WindowReading[] = [];
  const hop = windowMs / 3;
  const loud = deviation(voice.levelDb);
  for (let start = first; start + windowMs * 0.75 <= last; start += hop) {
    const from = momentsMs.findIndex((at) => at >= start);
    let to = from;
    while (to < n && momentsMs[to]! < start + windowMs) to += 1;
    const moments = momentsMs.slice(from, to);
    const part = new Float32Array(near.length * moments.length);
    near.forEach((index, i) => {
      part.set(rows.subarray(index * n + from, index * n + to), i * moments.length);
    });
    const own = slice(voice, start - searchMs, start + windowMs + searchMs);
    const scan = scanStretch(
      { rows: part, candidates: near.map((index) => candidates[index]!), momentsMs: moments },
      own.rise,
      own.startMs,
      searchMs,
      windowMismatches,
    );
    const peak = highestPeak(scan.profile.score);
    if (peak === undefined) continue;
    const nulls = nullPeaks(scan.nulls.map((curve) => highestPeak(curve)?.height ?? 0));
    readings.push({
      startMs: start,
      endMs: Math.min(last, start + windowMs),
      lagMs: (peak.position - (lags.length - 1) / 2) * lagStepMs,
      score: peak.height,
      nullMean: nulls.mean,
      nullDeviation: nulls.deviation,
      rivalShare: secondHeight(scan.profile.score, peak, 5) / peak.height,
      voiced: deviation(own.levelDb) > 0.6 * loud && powerOf(part) > 0.4,
    });
  }
  return readings;
}

function powerOf(rows: Float32Array): number {
  let power = 0;
  for (const value of rows) power += value * value;
  return rows.length === 0 ? 0 : power / rows.length;
}

function isNear(a: Candidate, b: Candidate): boolean {
  const size = 2 ** Math.max(a.level, b.level);
  const dy = Math.abs((a.row + 0.5) * 2 ** a.level - (b.row + 0.5) * 2 ** b.level);
  const dx = Math.abs((a.column + 0.5) * 2 ** a.level - (b.column + 0.5) * 2 ** b.level);
  return dy <= nearCells * size && dx <= nearCells * size;
}

/** Part of a voice's rise; what lies outside is silence. */
function slice(voice: VoiceOnset, fromMs: number, toMs: number): VoiceOnset {
  const from = Math.max(0, Math.round((fromMs - voice.startMs) / voiceStepMs));
  const to = Math.min(voice.rise.length, Math.round((toMs - voice.startMs) / voiceStepMs));
  return {
    ...voice,
    startMs: voice.startMs + from * voiceStepMs,
    rise: voice.rise.slice(from, to),
    levelDb: voice.levelDb.slice(from, to),
  };
}

function onsetsOf(
  row: Float32Array,
  momentsMs: Float64Array,
  voice: VoiceOnset,
  lags: Float64Array,
): NonNullable<StretchReport['best']>['onsets'] {
  const picture = suddenOnsets(row, (i) => momentsMs[i]!);
  const sound = voiceOnsets(voice.rise, voice.startMs);
  const paired = pairOnsets(picture, sound, lags);
  return {
    density: paired.density,
    picture: picture.length,
    sound: sound.length,
    nulls: Array.from(
      { length: windowMismatches },
      (_, turn) =>
        pairOnsets(picture, voiceOnsets(mismatchedVoice(voice.rise, 2000 + turn), voice.startMs), lags).density,
    ),
  };
}
