import { describeFinding } from '../../../src/base/describe-finding.ts';
import { shorten } from '../../../src/base/shorten.ts';
import { standingNotes } from '../../../src/base/standing-notes.ts';
import type { Text } from '../../../src/base/text.ts';
import { visibleText } from '../../../src/base/visible-text.ts';
import type { Note } from '../../../src/contract/window-operations.ts';
import type { KeptExamination } from '../kept-examination.ts';
import type { MarkedMoment } from './draw-events.ts';
import type { TimeOfFrame } from './use-frame-moments.ts';

/** Characters of a sentence that a lane shows; the panel shows it in full. */
const longestWords = 80;

/** Frames that findings and bookmarks name without a time. */
export function framesWithoutTime(
  examinations: readonly KeptExamination[],
  notes: readonly Note[],
  exhibit: string,
): number[] {
  const places = [
    ...examinations.flatMap(({ findings }) => findings.flatMap((finding) => finding.places)),
    ...notes.flatMap(({ body }) => (body.kind === 'bookmark' && body.exhibit === exhibit ? [body] : [])),
  ];
  return places.flatMap(({ startMs, frame }) => (startMs === undefined && frame !== undefined ? [frame] : []));
}

/** The places in time of all findings, in order. What has neither time nor frame is in the panel of findings only. */
export function findingMoments(
  examinations: readonly KeptExamination[],
  text: Text,
  timeOf: TimeOfFrame,
): MarkedMoment[] {
  return inOrder(
    examinations.flatMap(({ findings }) =>
      findings.flatMap((finding) => {
        const { observation } = describeFinding(text, finding.method, finding);
        const words = shorten(visibleText(observation), longestWords);
        return finding.places.flatMap(({ startMs, endMs, frame }): MarkedMoment[] => {
          const at = startMs ?? (frame === undefined ? undefined : timeOf(frame));
          return at === undefined ? [] : [{ startMs: at, endMs, outcome: finding.outcome, words }];
        });
      }),
    ),
  );
}

/** The bookmarks of an exhibit that stand, and what was read by hand. */
export function bookmarkMoments(notes: readonly Note[], exhibit: string, timeOf: TimeOfFrame): MarkedMoment[] {
  return inOrder(
    standingNotes(notes, ({ body }) => body.kind).flatMap(({ body }): MarkedMoment[] => {
      if ((body.kind !== 'bookmark' && body.kind !== 'hand-reading') || body.exhibit !== exhibit) return [];
      const frame = body.kind === 'bookmark' ? body.frame : undefined;
      const startMs = body.startMs ?? (frame === undefined ? undefined : timeOf(frame));
      if (startMs === undefined) return [];
      const words = shorten(visibleText(body.words), longestWords);
      return [{ startMs, endMs: body.endMs, words }];
    }),
  );
}

function inOrder(moments: MarkedMoment[]): MarkedMoment[] {
  return moments.sort((a, b) => a.startMs - b.startMs);
}
