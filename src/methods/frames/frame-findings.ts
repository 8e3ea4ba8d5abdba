import type { FindingInput } from '../../base/finding.ts';
import type { ProbedStream } from '../../media/exhibit-media.ts';
import type { VideoExamination } from './examine-video.ts';
import { frameTimeMs, type FrameArtefacts } from './frame-artefacts.ts';
import type { FramesParams } from './parameters.ts';
import type { Repeats } from './summarise-repeats.ts';

type Place = NonNullable<FindingInput['places']>[number];

/** Places that a finding lists; all of them are among the events. */
const mostPlaces = 20;

/** Codecs of animations and drawn pictures, which repeat frames by their nature. */
const animationCodecs: readonly string[] = [
  ...[
    'gif',
    'apng',
    'png',
    'webp',
    'qtrle',
    'flic',
    'flashsv',
    'flashsv2',
    'msvideo1',
    'rawvideo',
    'zmbv',
    'tscc',
    'rasc',
  ],
];

export interface ExaminedVideo {
  readonly examination: VideoExamination;
  readonly repeats: Repeats;
  readonly artefacts: FrameArtefacts;
  /** Packets that the container shows; undefined where packets could not be read. */
  readonly shownPackets: number | undefined;
}

/** A stream that gave no picture at all. */
export function noFrames({ index, codec }: ProbedStream): FindingInput {
  return {
    ...{ code: 'no-frames', outcome: 'abstained', reason: 'no-frames', details: { stream: index, codec } },
    places: [{ stream: index }],
  };
}

/** What the frames of one stream say. */
export function frameFindings(examined: ExaminedVideo, params: FramesParams): FindingInput[] {
  const about = { stream: examined.examination.stream.index, codec: examined.examination.stream.codec };
  return [
    decoded(examined, params, about),
    ...countDiffers(examined, about),
    ...times(examined, about),
    ...sizes(examined, about),
    scenes(examined, params, about),
    ...duplicates(examined, about),
    ...freezes(examined, about),
    ...repetitions(examined, about),
    ...sheet(examined, about),
  ];
}

type About = Readonly<Record<string, string | number>>;

function decoded({ examination, artefacts }: ExaminedVideo, params: FramesParams, about: About): FindingInput {
  const { list, stream } = examination;
  const pts = list.pts().filter((time) => !Number.isNaN(time));
  const first = frameTimeMs(pts[0] ?? NaN, stream);
  const last = frameTimeMs(pts.at(-1) ?? NaN, stream);
  const timed = first !== null && last !== null;
  return {
    ...{ code: timed ? 'frames-decoded' : 'frames-decoded-without-times', outcome: 'information' },
    measures: {
      frames: { value: list.count, unit: 'frames' },
      ...(timed ? { firstMs: { value: first, unit: 'ms' }, lastMs: { value: last, unit: 'ms' } } : {}),
    },
    details: { ...about, algorithm: params.hash, size: `${stream.width ?? 0}×${stream.height ?? 0}` },
    places: [{ stream: stream.index }],
    artefacts: [artefacts.index, artefacts.hashes],
    limits: ['hash-of-decoder'],
  };
}

function countDiffers({ examination, shownPackets }: ExaminedVideo, about: About): FindingInput[] {
  const { count } = examination.list;
  if (shownPackets === undefined || shownPackets === count) return [];
  return [
    {
      ...{ code: 'count-differs', outcome: 'information', details: { ...about } },
      measures: { frames: { value: count, unit: 'frames' }, packets: { value: shownPackets, unit: '1' } },
      places: [{ stream: examination.stream.index }],
      limits: ['fields-are-packets'],
    },
  ];
}

/** Frames without a time, and frames whose time is not after the one before. */
function times({ examination, artefacts }: ExaminedVideo, about: About): FindingInput[] {
  const { list, stream } = examination;
  const pts = list.pts();
  const without = pts.reduce((count, time) => count + (Number.isNaN(time) ? 1 : 0), 0);
  const notRising: number[] = [];
  for (let i = 1; i < pts.length; i += 1) if (pts[i]! <= pts[i - 1]!) notRising.push(i);
  const found: FindingInput[] = [];
  if (without > 0) {
    found.push({
      ...{ code: 'frames-without-time', outcome: 'information', details: { ...about }, artefacts: [artefacts.index] },
      measures: { count: { value: without, unit: 'frames' } },
    });
  }
  if (notRising.length > 0) {
    found.push({
      ...{ code: 'times-not-rising', outcome: 'information', details: { ...about }, artefacts: [artefacts.index] },
      measures: { count: { value: notRising.length, unit: 'frames' } },
      places: notRising.slice(0, mostPlaces).map((frame) => placeOf(examination, frame, 1)),
      limits: ['decoder-fills-in'],
    });
  }
  return found.map((finding) => ({ places: [{ stream: stream.index }], ...finding }));
}

function sizes({ examination }: ExaminedVideo, about: About): FindingInput[] {
  const { sizeChanges } = examination.list;
  if (sizeChanges.length === 0) return [];
  return [
    {
      ...{ code: 'size-changes', outcome: 'information', details: { ...about } },
      measures: { count: { value: sizeChanges.length, unit: '1' } },
      places: sizeChanges.slice(0, mostPlaces).map((frame) => placeOf(examination, frame, 1)),
      limits: ['scaled-to-first'],
    },
  ];
}

function scenes({ examination, artefacts }: ExaminedVideo, params: FramesParams, about: About): FindingInput {
  const { scenes: found } = examination;
  return {
    ...{
      code: found.length === 0 ? 'no-scene-changes' : 'scene-changes',
      outcome: 'information',
      details: { ...about },
    },
    measures: {
      count: { value: found.length, unit: '1' },
      threshold: { value: params.sceneThreshold, unit: 'percent' },
    },
    places: found.slice(0, mostPlaces).map((frame) => placeOf(examination, frame, 1)),
    artefacts: [artefacts.scenes, artefacts.motion, artefacts.events],
    limits: ['scenes-are-guessed'],
  };
}

function duplicates({ examination, repeats, artefacts }: ExaminedVideo, about: About): FindingInput[] {
  const { list, stream } = examination;
  const finding = {
    outcome: 'information',
    details: { ...about },
    artefacts: [artefacts.events, artefacts.hashes],
  } as const;
  if (repeats.duplicates === 0) {
    return [{ ...finding, code: 'no-duplicates', artefacts: [artefacts.hashes], places: [{ stream: stream.index }] }];
  }
  const byLength = [...repeats.runs].sort((a, b) => b.length - a.length || a.first - b.first);
  const share = Math.round((1e4 * repeats.duplicates) / list.count) / 100;
  const found: FindingInput[] = [
    {
      ...{ ...finding, artefacts: [...finding.artefacts], code: 'duplicates' },
      measures: {
        duplicates: { value: repeats.duplicates, unit: 'frames' },
        share: { value: share, unit: 'percent' },
        runs: { value: repeats.runs.length, unit: '1' },
        longestRun: { value: byLength[0]?.length ?? 0, unit: 'frames' },
      },
      places: byLength.slice(0, mostPlaces).map(({ first, length }) => placeOf(examination, first, length)),
      limits: ['duplicates-are-usual'],
    },
  ];
  if (repeats.regular !== undefined) {
    found.push({
      ...{ code: 'regular-duplicates', outcome: 'information', details: { ...about } },
      measures: {
        period: { value: repeats.regular.period, unit: 'frames' },
        share: { value: Math.round(repeats.regular.share * 1e4) / 100, unit: 'percent' },
      },
      places: [{ stream: stream.index }],
      limits: ['duplicates-are-usual'],
    });
  }
  return found;
}

function freezes({ examination, repeats, artefacts }: ExaminedVideo, about: About): FindingInput[] {
  const { freezes: found } = repeats;
  if (found.length === 0) return [];
  return [
    {
      ...{
        code: 'freezes',
        outcome: 'information',
        details: { ...about },
        artefacts: [artefacts.motion, artefacts.events],
      },
      measures: {
        count: { value: found.length, unit: '1' },
        longestRun: { value: found.reduce((most, { length }) => Math.max(most, length), 0), unit: 'frames' },
      },
      places: found.slice(0, mostPlaces).map(({ first, length }) => placeOf(examination, first, length)),
      limits: ['duplicates-are-usual', 'stalls-freeze'],
    },
  ];
}

/**
 * FORENSIC: only a run of many different frames of a moving picture, again bit for bit, is held against the proposition that each
 * picture was recorded once: two recordings of the same scene differ by their noise. Animations repeat by their nature.
 */
function repetitions({ examination, repeats, artefacts }: ExaminedVideo, about: About): FindingInput[] {
  const { sequences } = repeats;
  const [longest] = [...sequences].sort((a, b) => b.frames - a.frames || a.repeatedAtFrame - b.repeatedAtFrame);
  if (longest === undefined) return [];
  const { stream, list } = examination;
  const drawn = animationCodecs.includes(stream.codec);
  return [
    {
      code: drawn ? 'repeated-animation' : 'repeated-sequence',
      ...(drawn ? { outcome: 'information' } : { outcome: 'inconsistent', proposition: 'each-picture-recorded-once' }),
      measures: {
        sequences: { value: sequences.length, unit: '1' },
        frames: { value: longest.frames, unit: 'frames' },
        differentFrames: { value: longest.differentFrames, unit: 'frames' },
        motion: { value: Math.round(longest.motionLevels * 100) / 100, unit: 'levels' },
        originalFrame: { value: longest.firstFrame, unit: '1' },
        repeatedFrame: { value: longest.repeatedAtFrame, unit: '1' },
        originalMs: { value: frameTimeMs(list.pts()[longest.firstFrame] ?? NaN, stream) ?? 0, unit: 'ms' },
        repeatedMs: { value: frameTimeMs(list.pts()[longest.repeatedAtFrame] ?? NaN, stream) ?? 0, unit: 'ms' },
      },
      details: { ...about },
      places: sequences
        .slice(0, mostPlaces / 2)
        .flatMap(({ firstFrame, repeatedAtFrame, frames }) => [
          placeOf(examination, firstFrame, frames),
          placeOf(examination, repeatedAtFrame, frames),
        ]),
      artefacts: [artefacts.events, artefacts.hashes],
      limits: ['loops-repeat', 'repeats-before-encoding-hide'],
    },
  ];
}

function sheet({ examination, artefacts }: ExaminedVideo, about: About): FindingInput[] {
  if (artefacts.sheet === undefined || artefacts.cells === undefined) return [];
  const { stream } = examination;
  return [
    {
      ...{ code: 'contact-sheet', outcome: 'information' },
      details: { ...about, rotation: stream.rotationDeg ?? 0 },
      places: [{ stream: stream.index }],
      artefacts: [artefacts.sheet, artefacts.cells],
      limits: ['sheet-is-a-choice'],
    },
  ];
}

/** Frames `first`…`first + frames − 1` as a place: from the first one's time to the time of the frame after the last. */
function placeOf({ list, stream }: VideoExamination, first: number, frames: number): Place {
  const startMs = frameTimeMs(list.pts()[first] ?? NaN, stream);
  const endMs = frameTimeMs(list.pts()[Math.min(first + frames, list.count - 1)] ?? NaN, stream);
  return {
    ...{ stream: stream.index, frame: first },
    ...(startMs === null ? {} : { startMs }),
    ...(endMs === null || startMs === null || endMs <= startMs || frames === 1 ? {} : { endMs }),
  };
}
