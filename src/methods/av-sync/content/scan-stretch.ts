import { headMotion, type FlowSeries, type HeadMotion } from './head-motion.ts';
import {
  candidateRows,
  chooseCandidates,
  lagGrid,
  laggedVoice,
  lagProfile,
  type Candidate,
  type LagProfile,
} from './lag-scan.ts';
import { mismatchedVoice } from './mismatched-voice.ts';
import { openingSpeed, type OpeningSpeed, type PairTimes } from './opening-speed.ts';
import { cellSize } from './grey-levels.ts';
import { suddenStops, type SuddenStop } from './sudden-stops.ts';

/** One stretch of a clip without a cut: the motion between its frames, finest level first. */
export interface Stretch {
  readonly levels: readonly FlowSeries[];
  readonly times: PairTimes;
}

/** The stretch's motion where something opens and closes. */
export interface StretchMotion {
  readonly head: HeadMotion;
  readonly speeds: readonly OpeningSpeed[];
  readonly candidates: readonly Candidate[];
  /** A row a candidate, see candidateRows. */
  readonly rows: Float32Array;
  /** Sudden stops anywhere in the picture. */
  readonly stops: readonly SuddenStop[];
  /** Middle of each frame pair. */
  readonly momentsMs: Float64Array;
}

/** Level on which the head is followed. */
export const headLevel = 1;

/** Follows the head and finds the places that open and close; `inside` limits them to a region that an analyst gave. */
export function stretchMotion({ levels, times }: Stretch, inside?: (c: Candidate) => boolean): StretchMotion {
  const head = headMotion(levels[headLevel]!, cellSize);
  const speeds = levels.map((flow, level) => openingSpeed(flow, head, 2 ** (headLevel - level), times));
  const candidates = chooseCandidates(speeds, inside);
  const momentsMs = times.fromMs.map((from, i) => (from + times.toMs[i]!) / 2);
  const stops = suddenStops(levels[levels.length - 1]!, times);
  return { head, speeds, candidates, rows: candidateRows(speeds, candidates), stops, momentsMs };
}

/** What the lag search found in one stretch. */
export interface StretchScan {
  readonly profile: LagProfile;
  /** The best score of each mismatched voice at each lag. */
  readonly nulls: readonly Float32Array[];
}

/** Searches the true voice and as many mismatched ones in exactly the same way. */
export function scanStretch(
  motion: Pick<StretchMotion, 'rows' | 'candidates' | 'momentsMs'>,
  rise: Float32Array,
  startMs: number,
  searchMs: number,
  mismatches: number,
): StretchScan {
  const lags = lagGrid(searchMs);
  const { rows, candidates, momentsMs } = motion;
  const profileOf = (voice: Float32Array): LagProfile =>
    lagProfile(rows, candidates, laggedVoice(voice, startMs, momentsMs, lags), lags.length);
  return {
    profile: profileOf(rise),
    nulls: Array.from({ length: mismatches }, (_, turn) => profileOf(mismatchedVoice(rise, turn)).score),
  };
}
