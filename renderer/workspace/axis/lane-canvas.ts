import type { CanvasColours } from './canvas-colours.ts';
import type { TimeScale } from './time-scale.ts';

/** What a lane draws on: a context in CSS pixels with time over the width. */
export interface LaneCanvas extends TimeScale {
  readonly context: CanvasRenderingContext2D;
  readonly height: number;
  readonly colours: CanvasColours;
}

/** Font of the labels inside lanes and of the ruler, as the tokens have it. */
export function labelFont(colours: CanvasColours): string {
  return `${colours.of('--size-dense')} ${colours.of('--mono')}`;
}

/** Makes a canvas as sharp as the screen and clears it; undefined where it has no size. */
export function prepareCanvas(
  canvas: HTMLCanvasElement,
  width: number,
  height: number,
): CanvasRenderingContext2D | undefined {
  const ratio = window.devicePixelRatio;
  const [across, down] = [Math.round(width * ratio), Math.round(height * ratio)];
  if (across <= 0 || down <= 0) return undefined;
  if (canvas.width !== across || canvas.height !== down) {
    canvas.width = across;
    canvas.height = down;
  }
  const context = canvas.getContext('2d') ?? undefined;
  context?.setTransform(ratio, 0, 0, ratio, 0, 0);
  context?.clearRect(0, 0, width, height);
  return context;
}

const labelHeight = 13;

/** A label that stays readable over what is drawn. */
export function drawLabel(
  lane: LaneCanvas,
  words: string,
  x: number,
  y: number,
  align: CanvasTextAlign = 'left',
): void {
  const { context, colours } = lane;
  context.font = labelFont(colours);
  context.textAlign = align;
  context.textBaseline = 'top';
  const width = context.measureText(words).width;
  context.fillStyle = colours.of('--surface-1');
  context.fillRect(align === 'right' ? x - width - 2 : x - 2, y, width + 4, labelHeight);
  context.fillStyle = colours.of('--text-muted');
  context.fillText(words, x, y);
}
