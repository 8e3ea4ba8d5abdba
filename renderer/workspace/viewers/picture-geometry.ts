/** EXIF's eight orientations: how the stored picture is turned and mirrored to stand upright. */
export type Orientation = 1 | 2 | 3 | 4 | 5 | 6 | 7 | 8;

export interface Size {
  readonly width: number;
  readonly height: number;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Canvas matrix: X = a·x + c·y + e, Y = b·x + d·y + f. */
export type Matrix = readonly [a: number, b: number, c: number, d: number, e: number, f: number];

/** What of the upright picture a viewer shows: `zoom` 1 fits it; the centre in shares of its width and height. */
export interface Look {
  readonly zoom: number;
  readonly cx: number;
  readonly cy: number;
}

export const fitted: Look = { zoom: 1, cx: 0.5, cy: 0.5 };

/** Device pixels that one picture pixel fills at the most. */
const mostScale = 64;

/** The orientation of a film that players turn clockwise by so many degrees. */
export function orientationOfRotation(degrees: number): Orientation {
  const turns = ((Math.round(degrees / 90) % 4) + 4) % 4;
  return ([1, 6, 3, 8] as const)[turns] ?? 1;
}

/** An orientation as a file gives it; anything else than 1–8 is upright. */
export function readOrientation(value: number): Orientation {
  return Number.isInteger(value) && value >= 1 && value <= 8 ? (value as Orientation) : 1;
}

/** Size of the picture when it stands upright. */
export function uprightSize({ width, height }: Size, orientation: Orientation): Size {
  return orientation >= 5 ? { width: height, height: width } : { width, height };
}

/** Matrix from stored to upright pixels. */
export function uprightMatrix({ width: w, height: h }: Size, orientation: Orientation): Matrix {
  switch (orientation) {
    case 1:
      return [1, 0, 0, 1, 0, 0];
    case 2:
      return [-1, 0, 0, 1, w, 0];
    case 3:
      return [-1, 0, 0, -1, w, h];
    case 4:
      return [1, 0, 0, -1, 0, h];
    case 5:
      return [0, 1, 1, 0, 0, 0];
    case 6:
      return [0, 1, -1, 0, h, 0];
    case 7:
      return [0, -1, -1, 0, h, w];
    case 8:
      return [0, -1, 1, 0, 0, w];
  }
}

export function apply([a, b, c, d, e, f]: Matrix, { x, y }: Point): Point {
  return { x: a * x + c * y + e, y: b * x + d * y + f };
}

/** The matrix that undoes another; all of ours can be undone. */
export function invert([a, b, c, d, e, f]: Matrix): Matrix {
  const determinant = a * d - b * c;
  const [ia, ib, ic, id] = [d / determinant, -b / determinant, -c / determinant, a / determinant];
  return [ia, ib, ic, id, -(ia * e + ic * f), -(ib * e + id * f)];
}

/** How a viewer's canvas shows a picture, all in device pixels. */
export interface Shown {
  /** Device pixels that one picture pixel fills. */
  readonly scale: number;
  /** Matrix from stored picture pixels to device pixels. */
  readonly matrix: Matrix;
}

/**
 * Where the picture's pixels fall on a canvas. The origin lies on a whole device pixel, so that at whole scales every picture
 * pixel fills whole device pixels.
 */
export function showPicture(picture: Size, orientation: Orientation, canvas: Size, look: Look): Shown {
  const upright = uprightSize(picture, orientation);
  const scale = fitScale(upright, canvas) * look.zoom;
  const left = Math.round(canvas.width / 2 - look.cx * upright.width * scale);
  const top = Math.round(canvas.height / 2 - look.cy * upright.height * scale);
  const [a, b, c, d, e, f] = uprightMatrix(picture, orientation);
  return {
    scale,
    matrix: [a * scale, b * scale, c * scale, d * scale, e * scale + left, f * scale + top],
  };
}

/** Device pixels of one picture pixel when the upright picture just fits. */
export function fitScale(upright: Size, canvas: Size): number {
  return Math.max(1e-6, Math.min(canvas.width / upright.width, canvas.height / upright.height));
}

/** The look after zooming by a factor with the picture's point under `at` (device pixels) staying where it is. */
export function zoomAt(look: Look, factor: number, at: Point, upright: Size, canvas: Size): Look {
  const fit = fitScale(upright, canvas);
  const zoom = Math.min(Math.max(look.zoom * factor, 1), Math.max(1, mostScale / fit));
  const before = fit * look.zoom;
  const after = fit * zoom;
  const keep = (centre: number, length: number, place: number, half: number): number =>
    centre + ((place - half) / length) * (1 / before - 1 / after);
  return clampLook({
    zoom,
    cx: keep(look.cx, upright.width, at.x, canvas.width / 2),
    cy: keep(look.cy, upright.height, at.y, canvas.height / 2),
  });
}

/** The look after dragging the picture by so many device pixels. */
export function panBy(look: Look, by: Point, upright: Size, canvas: Size): Look {
  const scale = fitScale(upright, canvas) * look.zoom;
  return clampLook({
    ...look,
    cx: look.cx - by.x / (upright.width * scale),
    cy: look.cy - by.y / (upright.height * scale),
  });
}

/** A look whose centre lies on the picture; the fitted one is centred. */
export function clampLook(look: Look): Look {
  if (look.zoom <= 1) return fitted;
  const clamp = (share: number): number => Math.min(Math.max(share, 0), 1);
  return { zoom: look.zoom, cx: clamp(look.cx), cy: clamp(look.cy) };
}

/** The stored picture pixel under a place of the canvas; undefined beside the picture. */
export function pixelAt(shown: Shown, picture: Size, at: Point): Point | undefined {
  const { x, y } = apply(invert(shown.matrix), at);
  const pixel = { x: Math.floor(x), y: Math.floor(y) };
  const isInside = pixel.x >= 0 && pixel.y >= 0 && pixel.x < picture.width && pixel.y < picture.height;
  return isInside ? pixel : undefined;
}

/** The rectangle between two places of the canvas in whole stored pixels, cut at the picture's edges. */
export function pixelRectangle(shown: Shown, picture: Size, from: Point, to: Point): (Point & Size) | undefined {
  const inverse = invert(shown.matrix);
  const [p, q] = [apply(inverse, from), apply(inverse, to)];
  const left = Math.max(0, Math.floor(Math.min(p.x, q.x)));
  const top = Math.max(0, Math.floor(Math.min(p.y, q.y)));
  const right = Math.min(picture.width, Math.ceil(Math.max(p.x, q.x)));
  const bottom = Math.min(picture.height, Math.ceil(Math.max(p.y, q.y)));
  return right > left && bottom > top ? { x: left, y: top, width: right - left, height: bottom - top } : undefined;
}

/**
 * Width in pixels at which a frame is asked for: what the canvas can show, in steps so that small changes of the window
 * ask for nothing new; as stored where less would be seen.
 */
export function widthToAsk(picture: Size, orientation: Orientation, canvas: Size, look: Look): number | 'native' {
  const scale = fitScale(uprightSize(picture, orientation), canvas) * look.zoom;
  const needed = Math.ceil((picture.width * scale) / widthStep) * widthStep;
  return scale >= 1 || needed >= picture.width ? 'native' : Math.max(widthStep, needed);
}

const widthStep = 160;
