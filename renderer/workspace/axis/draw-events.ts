import type { Outcome } from '../../../src/base/finding.ts';
import { shorten } from '../../../src/base/shorten.ts';
import type { LaneEvent } from './axis-data.ts';
import { drawLabel, labelFont, type LaneCanvas } from './lane-canvas.ts';
import { xOf } from './time-scale.ts';

const narrowest = 2;

/** Draws events in a row for each label: moments as strokes, spans as boxes, the label where there is room. */
export function drawEvents(
  lane: LaneCanvas,
  events: readonly LaneEvent[],
  labels: readonly string[],
  words: (label: string) => string,
): void {
  const { context, width, height, colours } = lane;
  const row = height / Math.max(1, labels.length);
  const lastLabelEnd = new Map<string, number>();
  for (const { startMs, endMs, label } of events) {
    const x = xOf(lane, startMs);
    const end = endMs === undefined ? x + narrowest : Math.max(x + narrowest, xOf(lane, endMs));
    if (end < 0) continue;
    if (x > width) break;
    const top = labels.indexOf(label) * row;
    context.fillStyle = colours.of(endMs === undefined ? '--text' : '--text-faint');
    context.fillRect(x, top + 2, end - x, row - 4);
    const from = Math.max(2, x + 4);
    if (row < 13 || from < (lastLabelEnd.get(label) ?? 0)) continue;
    const name = words(label);
    drawLabel(lane, name, from, top + (row - 13) / 2);
    lastLabelEnd.set(label, from + context.measureText(name).width + 8);
  }
}

/** A finding or bookmark with where it stands. */
export interface MarkedMoment {
  readonly startMs: number;
  readonly endMs?: number | undefined;
  readonly outcome?: Outcome;
  readonly words: string;
}

const outcomeToken: Readonly<Record<Outcome, string>> = {
  inconsistent: '--inconsistent',
  consistent: '--consistent',
  inconclusive: '--inconclusive',
  abstained: '--abstained',
  information: '--text-muted',
};

/** Draws findings by the shape and colour of their outcome, bookmarks as flags; spans as bars under them. */
export function drawMoments(lane: LaneCanvas, moments: readonly MarkedMoment[]): void {
  const { context, width, height, colours } = lane;
  context.font = labelFont(colours);
  const seen = moments.map(({ startMs }) => xOf(lane, startMs));
  moments.forEach(({ endMs, outcome, words }, i) => {
    const x = seen[i] ?? 0;
    const end = endMs === undefined ? x : xOf(lane, endMs);
    if (Math.max(x, end) < -8 || x > width + 8) return;
    context.fillStyle = context.strokeStyle = colours.of(outcome === undefined ? '--text' : outcomeToken[outcome]);
    if (end > x) context.fillRect(x, height - 6, Math.max(narrowest, end - x), 3);
    drawMark(context, outcome, x, height / 2 - 2);
    // Words only where they fit before the next mark; the value under the cursor has them otherwise.
    const from = Math.max(0, x) + 8;
    const room = Math.min(width, seen[i + 1] ?? width) - from - 12;
    const fitting = room < leastLabel ? '' : cutToWidth(context, words, room);
    if (fitting !== '') drawLabel(lane, fitting, from, height / 2 - 9);
  });
}

const leastLabel = 48;

function cutToWidth(context: CanvasRenderingContext2D, words: string, room: number): string {
  const each = context.measureText('m').width;
  return shorten(words, Math.max(1, Math.floor(room / Math.max(1, each)) - 1));
}

function drawMark(context: CanvasRenderingContext2D, outcome: Outcome | undefined, x: number, y: number): void {
  const size = 4;
  context.lineWidth = 1.5;
  context.beginPath();
  switch (outcome) {
    case 'inconsistent':
      context.moveTo(x, y - size);
      context.lineTo(x + size, y + size);
      context.lineTo(x - size, y + size);
      break;
    case 'inconclusive':
      context.moveTo(x, y - size);
      context.lineTo(x + size, y);
      context.lineTo(x, y + size);
      context.lineTo(x - size, y);
      break;
    case 'consistent':
    case 'abstained':
      context.arc(x, y, size - 0.5, 0, 2 * Math.PI);
      break;
    case 'information':
      context.arc(x, y, 2, 0, 2 * Math.PI);
      break;
    case undefined:
      // A flag on its pole.
      context.rect(x - 0.5, y - 8, 1.5, 16);
      context.rect(x, y - 8, 6, 5);
      break;
  }
  context.closePath();
  if (outcome === 'abstained') context.stroke();
  else context.fill();
}
