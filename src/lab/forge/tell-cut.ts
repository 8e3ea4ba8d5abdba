import type { Cut, EditTruth } from './cut.ts';
import type { Pass } from './encode-clip.ts';
import { encoderLeadMs } from './encoding-choice.ts';
import { startsMs } from './frame-slot.ts';
import { leadTimeline } from './lead-timeline.ts';
import { lengthOf } from './sound-track.ts';
import type { ChangeTruth } from './truth.ts';

type Told = Pick<
  ChangeTruth,
  | 'removedFrames'
  | 'repeatedFrames'
  | 'insertedFrames'
  | 'audioLead'
  | 'containerLeadMs'
  | 'encoderLeadMs'
  | 'frames'
  | 'sound'
  | 'edits'
  | 'passes'
>;

function spansOf(sound: NonNullable<Cut['sound']>): NonNullable<Told['sound']>['spans'] {
  const toMs = (samples: number): number => (samples * 1000) / sound.rateHz;
  let start = 0;
  return sound.map.map(({ length, source }) => {
    const times = { startMs: toMs(start), endMs: toMs(start + length) };
    start += length;
    if ('stranger' in source) return { ...times, apart: source.stranger };
    return { ...times, saysMs: toMs(source.start), rate: source.rate };
  });
}

/** The truth of a cut, of the edits and encodings that led to it. `untouched` is the number of frames that there were. */
export function tellCut(cut: Cut, edits: readonly EditTruth[], passes: readonly Pass[], untouched: number): Told {
  const encoding = passes.at(-1)?.encoding;
  const { slots } = cut.frames;
  const { starts } = startsMs(cut.frames);
  const shown = new Set(slots.map((slot) => slot.shows?.frame));
  const withRole = (role: string): number[] => slots.flatMap((slot, index) => (slot.role === role ? [index] : []));
  const { sound } = cut;
  return {
    edits: edits.map(({ removed, changed, added, ...rest }) => ({
      ...rest,
      ...(removed ? { removed: [...removed] } : {}),
      ...(changed ? { changed: [...changed] } : {}),
      ...(added ? { added: [...added] } : {}),
    })),
    removedFrames: Array.from({ length: untouched }, (_, i) => i).filter((i) => !shown.has(i)),
    repeatedFrames: withRole('repeated'),
    insertedFrames: withRole('inserted'),
    audioLead: leadTimeline(cut.frames, sound?.map, sound?.rateHz ?? 1),
    containerLeadMs: cut.containerLeadMs,
    encoderLeadMs: encoding && sound ? encoderLeadMs(encoding, sound.rateHz) : 0,
    passes: [...passes],
    frames: {
      startMs: starts,
      shows: slots.map((slot) => slot.shows?.frame ?? null),
      showsMs: slots.map((slot) => slot.shows?.ms ?? null),
    },
    sound: sound
      ? {
          sampleRateHz: sound.rateHz,
          channels: sound.channels.length,
          samples: lengthOf(sound),
          spans: spansOf(sound),
        }
      : null,
  };
}
