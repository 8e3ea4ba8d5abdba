import {
  containerLeadMs,
  contentLeadMs,
  golden,
  pastedRegion,
  repeatedFrame,
  validationPack,
} from './validation-pack.ts';
import { regionRatio } from './region-levels.ts';
import { equal, measureOf, near, textOf, type Trial } from './trial.ts';

const offset = 'offset.mp4';
const repeated = 'repeated.mkv';
const speaking = 'speaking.mkv';
const mute = 'mute.mkv';
const forged = 'forged.jpg';
const control = 'control.jpg';
const letters = validationPack.letters.name;

/** Frames of the lossless clip: 4 s at 25 frames a second, and those that were repeated. */
const framesOfRepeated = 100 + repeatedFrame.times;
/** A foreign region must stand out by this factor, and the same place without one must not. */
const leastRatio = 2;
const mostRatio = 0.5;

const hashing: readonly Trial[] = (
  [
    ['sha256', golden.sha256OfAbc],
    ['sha512', golden.sha512OfAbc],
    ['md5', golden.md5OfAbc],
  ] as const
).map(([digest, expected]) => ({
  id: `intake-${digest}`,
  area: 'intake',
  medium: letters,
  expected,
  ask: ({ record }) => equal(expected, record(letters)?.[digest]),
}));

const drawing: readonly Trial[] = (
  [
    ['frames', golden.forgedFrames],
    ['sound', golden.forgedSound],
  ] as const
).map(([part, expected]) => ({
  id: `forge-${part}`,
  area: 'forge',
  medium: repeated,
  expected,
  ask: ({ media }) => equal(expected, media.raw.get(repeated)?.[part] ?? undefined),
}));

const formats: readonly Trial[] = (
  [
    [offset, 'MP4'],
    [repeated, 'Matroska'],
    [forged, 'JPEG'],
  ] as const
).map(([medium, expected]) => ({
  id: 'format',
  area: 'file-type',
  medium,
  expected,
  ask: ({ finding }) => equal(expected, textOf(finding(medium, 'file-type', 'content-type'), 'format')),
}));

const structure: readonly Trial[] = [
  ...[offset, repeated, forged].map((medium): Trial => ({
    id: 'no-structure-errors',
    area: 'container',
    medium,
    expected: '0',
    ask: ({ finding }) => equal('0', textOf(finding(medium, 'container', 'structure'), 'errors')),
  })),
  {
    id: 'jpeg-quality',
    area: 'container',
    medium: control,
    expected: '92',
    ask: ({ finding }) => equal('92', textOf(finding(control, 'container', 'quantisation-standard'), 'quality')),
  },
];

const counting: readonly Trial[] = [
  {
    id: 'packet-count',
    area: 'packets',
    medium: offset,
    expected: '100',
    ask: ({ finding }) => equal('100', textOf(finding(offset, 'packets', 'stream-packets'), 'packets')),
  },
  {
    id: 'frame-rate',
    area: 'packets',
    medium: offset,
    expected: '25 Hz',
    ask: ({ finding }) =>
      near(measureOf(finding(offset, 'packets', 'constant-rate'), 'frameRate'), {
        value: 25,
        tolerance: 0,
        unit: 'Hz',
      }),
  },
  ...(
    [
      [offset, '100'],
      [repeated, String(framesOfRepeated)],
    ] as const
  ).map(([medium, expected]): Trial => ({
    id: 'frame-count',
    area: 'frames',
    medium,
    expected,
    ask: ({ finding }) => equal(expected, textOf(finding(medium, 'frames', 'frames-decoded'), 'frames')),
  })),
  {
    id: 'duplicates',
    area: 'frames',
    medium: repeated,
    expected: `${String(repeatedFrame.times)} @ ${String(repeatedFrame.frame)}`,
    ask: ({ finding, examination }) => {
      if (examination(repeated, 'frames')?.result.status !== 'completed') return undefined;
      const found = finding(repeated, 'frames', 'duplicates');
      const count = textOf(found, 'duplicates') ?? '0';
      const measured = `${count} @ ${String(found?.places[0]?.frame ?? '–')}`;
      return equal(`${String(repeatedFrame.times)} @ ${String(repeatedFrame.frame)}`, measured);
    },
  },
  {
    id: 'no-duplicates',
    area: 'frames',
    medium: offset,
    expected: '0',
    ask: ({ finding, examination }) =>
      examination(offset, 'frames')?.result.status === 'completed'
        ? equal('0', finding(offset, 'frames', 'no-duplicates') ? '0' : '≥ 1')
        : undefined,
  },
];

const sound: readonly Trial[] = [
  {
    id: 'sound-samples',
    area: 'audio',
    medium: repeated,
    expected: '201600',
    ask: ({ finding }) => equal('201600', textOf(finding(repeated, 'audio', 'decoded-sound'), 'samples')),
  },
  {
    id: 'sound-digest',
    area: 'audio',
    medium: repeated,
    expected: golden.decodedSound,
    ask: ({ finding }) => equal(golden.decodedSound, textOf(finding(repeated, 'audio', 'decoded-sound'), 'pcmSha256')),
  },
];

const sync: readonly Trial[] = [
  {
    id: 'container-lead',
    area: 'av-sync',
    medium: offset,
    expected: `${String(containerLeadMs)} ± 0.5 ms`,
    ask: ({ finding }) =>
      near(measureOf(finding(offset, 'av-sync', 'container-lead-ahead'), 'audioLeadMs'), {
        value: containerLeadMs,
        tolerance: 0.5,
        unit: 'ms',
      }),
  },
  {
    id: 'container-together',
    area: 'av-sync',
    medium: repeated,
    expected: '0 ± 0.5 ms',
    ask: ({ finding }) =>
      near(measureOf(finding(repeated, 'av-sync', 'container-lead-together'), 'audioLeadMs'), {
        value: 0,
        tolerance: 0.5,
        unit: 'ms',
      }),
  },
];

/** What the method's own tests hold it to on forged clips: half a frame. */
const contentToleranceMs = 20;

const lips: readonly Trial[] = [
  {
    id: 'content-lead',
    area: 'av-sync',
    medium: speaking,
    expected: `${String(contentLeadMs)} ± ${String(contentToleranceMs)} ms`,
    ask: ({ finding }) =>
      near(measureOf(finding(speaking, 'av-sync', 'content-lag-ahead'), 'audioLeadMs'), {
        value: contentLeadMs,
        tolerance: contentToleranceMs,
        unit: 'ms',
      }),
  },
  {
    id: 'content-abstains',
    area: 'av-sync',
    medium: mute,
    expected: 'abstained',
    ask: ({ finding, examination }) => {
      const result = examination(mute, 'av-sync')?.result;
      if (result?.status !== 'completed') return undefined;
      const told = result.findings.find(({ code }) => code.startsWith('content-lag-'));
      return equal('abstained', told?.outcome ?? finding(mute, 'av-sync', 'content-lag')?.outcome ?? '–');
    },
  },
];

const describing: readonly Trial[] = [
  {
    id: 'camera',
    area: 'metadata',
    medium: forged,
    expected: 'Assay / Synthetic presenter',
    ask: ({ finding }) => {
      const found = finding(forged, 'metadata', 'camera');
      return (
        found &&
        equal('Assay / Synthetic presenter', `${textOf(found, 'make') ?? ''} / ${textOf(found, 'model') ?? ''}`)
      );
    },
  },
  {
    id: 'changed-later',
    area: 'metadata',
    medium: forged,
    expected: 'inconsistent',
    ask: ({ finding }) => equal('inconsistent', finding(forged, 'metadata', 'changed-later')?.outcome),
  },
];

const errorLevels: readonly Trial[] = [
  {
    id: 'region-stands-out',
    area: 'ela',
    medium: forged,
    expected: `≥ ${String(leastRatio)}`,
    ask: async ({ examination }) =>
      judged(await regionRatio(examination(forged, 'ela'), pastedRegion), (ratio) => ratio >= leastRatio),
  },
  {
    id: 'region-stands-back',
    area: 'ela',
    medium: control,
    expected: `≤ ${String(mostRatio)}`,
    ask: async ({ examination }) =>
      judged(await regionRatio(examination(control, 'ela'), pastedRegion), (ratio) => ratio <= mostRatio),
  },
];

function judged(ratio: number | undefined, passes: (ratio: number) => boolean) {
  return ratio === undefined ? undefined : { measured: ratio.toFixed(2), passed: passes(ratio) };
}

const keeping: readonly Trial[] = [
  {
    id: 'repeatable',
    area: 'examination',
    expected: '100 %',
    ask: ({ reproduced }) => {
      if (reproduced.length === 0) return undefined;
      const same = reproduced.filter(({ outcome }) => outcome === 'identical').length;
      return { measured: `${String(same)} / ${String(reproduced.length)}`, passed: same === reproduced.length };
    },
  },
  {
    id: 'case-verifies',
    area: 'custody',
    expected: '0',
    ask: ({ caseChecks }) =>
      caseChecks.length === 0
        ? undefined
        : equal('0', String(caseChecks.filter(({ outcome }) => outcome === 'failed').length)),
  },
  {
    id: 'turned-bit',
    area: 'seal',
    expected: 'report.json',
    ask: ({ turnedBitIn: { turned, found } }) => equal(turned, found ?? '–'),
  },
];

/** Every question of the built-in pack, in the order in which the record lists them. */
export const trials: readonly Trial[] = [
  ...hashing,
  ...drawing,
  ...formats,
  ...structure,
  ...counting,
  ...sound,
  ...sync,
  ...lips,
  ...describing,
  ...errorLevels,
  ...keeping,
];
