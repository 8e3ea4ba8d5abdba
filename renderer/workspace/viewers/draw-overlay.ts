import {
  apply,
  pixelAt,
  uprightMatrix,
  type Orientation,
  type Point,
  type Shown,
  type Size,
} from './picture-geometry.ts';

export interface Overlay {
  readonly geometry: Shown;
  readonly size: Size;
  readonly picture: Size;
  readonly region: (Point & Size) | undefined;
  /** In stored picture pixels. */
  readonly pointer: Point | undefined;
  /** Draws a cross at the pointer: it is in another viewer. */
  readonly cross: boolean;
  readonly loupe: { readonly source: OffscreenCanvas; readonly orientation: Orientation } | undefined;
  readonly colours: { readonly mark: string; readonly dark: string; readonly light: string };
}

const loupeScale = 8;
const loupePixels = 19;

/** Draws what lies over a picture: the marked region, the linked pointer, the loupe. All in device pixels. */
export function drawOverlay(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  overlay: Overlay,
): void {
  const { geometry, region, pointer, cross, colours } = overlay;
  if (region !== undefined) {
    const p = apply(geometry.matrix, region);
    const q = apply(geometry.matrix, { x: region.x + region.width, y: region.y + region.height });
    outline(
      context,
      Math.min(p.x, q.x),
      Math.min(p.y, q.y),
      Math.abs(q.x - p.x),
      Math.abs(q.y - p.y),
      colours.dark,
      colours.mark,
    );
  }
  if (pointer === undefined) return;
  const at = apply(geometry.matrix, pointer);
  if (cross) drawCross(context, at, colours);
  if (overlay.loupe !== undefined) drawLoupe(context, overlay, overlay.loupe, pointer, at);
}

function outline(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  x: number,
  y: number,
  width: number,
  height: number,
  dark: string,
  light: string,
): void {
  for (const [colour, line] of [
    [dark, 4],
    [light, 2],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.strokeRect(x, y, width, height);
  }
}

function drawCross(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  { x, y }: Point,
  colours: Overlay['colours'],
): void {
  for (const [colour, line] of [
    [colours.dark, 3],
    [colours.light, 1],
  ] as const) {
    context.strokeStyle = colour;
    context.lineWidth = line;
    context.beginPath();
    for (const [dx, dy] of [
      [1, 0],
      [-1, 0],
      [0, 1],
      [0, -1],
    ] as const) {
      context.moveTo(x + dx * 4, y + dy * 4);
      context.lineTo(x + dx * 14, y + dy * 14);
    }
    context.stroke();
  }
}

/** A square beside the pointer with the pixels around it, each a square, the one under the pointer outlined. */
function drawLoupe(
  context: OffscreenCanvasRenderingContext2D | CanvasRenderingContext2D,
  { size, picture, geometry, colours }: Overlay,
  { source, orientation }: NonNullable<Overlay['loupe']>,
  pointer: Point,
  at: Point,
): void {
  const pixel = pixelAt(geometry, picture, at) ?? pointer;
  const scale = Math.max(loupeScale, Math.ceil(geometry.scale * 2));
  const side = loupePixels * scale;
  const gap = 24;
  const left = Math.round(at.x + gap + side <= size.width ? at.x + gap : at.x - gap - side);
  const top = Math.round(Math.min(Math.max(at.y - side / 2, 0), Math.max(0, size.height - side)));
  const [a, b, c, d, e, f] = uprightMatrix(picture, orientation);
  const centre = apply([a, b, c, d, e, f], { x: Math.floor(pixel.x) + 0.5, y: Math.floor(pixel.y) + 0.5 });
  context.save();
  context.beginPath();
  context.rect(left, top, side, side);
  context.clip();
  context.fillStyle = colours.dark;
  context.fillRect(left, top, side, side);
  context.imageSmoothingEnabled = false;
  const moveX = left + side / 2 - centre.x * scale;
  const moveY = top + side / 2 - centre.y * scale;
  context.setTransform(a * scale, b * scale, c * scale, d * scale, e * scale + moveX, f * scale + moveY);
  context.drawImage(source, 0, 0, picture.width, picture.height);
  context.restore();
  outline(context, left, top, side, side, colours.dark, colours.light);
  outline(context, left + (side - scale) / 2, top + (side - scale) / 2, scale, scale, colours.dark, colours.mark);
}
