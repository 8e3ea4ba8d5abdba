import { clamp, smoothStep } from '../elementary.ts';
import type { ColourMatrix } from './colour.ts';
import { paintEyes, eyesBox, type EyePose } from './eyes.ts';
import { face } from './face-geometry.ts';
import { headSize, paintHead } from './head-texture.ts';
import type { Layer, Texture } from './layer.ts';
import type { Look } from './look.ts';
import { paintMouth, type MouthPose } from './mouth.ts';
import type { HeadLayer } from './patch.ts';

/** Where, and by what share, skin follows the jaw. One share a texel of the rows from `firstRow`, in 1/256. */
interface JawField {
  readonly firstRow: number;
  readonly lastRow: number;
  readonly share: Uint16Array;
}

function jawField(texture: Texture, facePx: number, originX: number, originY: number): JawField {
  const rowOf = (y: number): number => Math.floor(y * facePx + originY);
  const firstRow = rowOf(face.mouthY);
  const lastRow = Math.min(texture.height - 1, rowOf(face.chinY + face.jawDrop + 0.1));
  const share = new Uint16Array((lastRow - firstRow + 1) * texture.width);
  for (let row = firstRow; row <= lastRow; row++) {
    const y = (row + 0.5 - originY) / facePx;
    for (let column = 0; column < texture.width; column++) {
      const x = Math.abs((column + 0.5 - originX) / facePx);
      // At the cheeks the movement begins gently, or the outline would show a step beside the mouth.
      const down = smoothStep(face.mouthY, face.mouthY + 0.055 + 0.2 * smoothStep(0.12, 0.3, x), y);
      share[(row - firstRow) * texture.width + column] = 256 * down * smoothStep(0.46, 0.2, x);
    }
  }
  return { firstRow, lastRow, share };
}

/** Redraws the rows that follow the jaw, moved down by up to `drop` rows, between rows by a straight line. */
function lowerJaw(from: Texture, to: Texture, field: JawField, drop: number): void {
  const { width } = from;
  const drop256 = Math.floor(drop * 256 + 0.5);
  for (let row = field.firstRow, i = 0; row <= field.lastRow; row++) {
    for (let column = 0; column < width; column++, i++) {
      const shift = ((field.share[i] as number) * drop256) >> 8;
      const at = row * width + column;
      if (shift === 0) {
        to.texels[at] = from.texels[at] as number;
        continue;
      }
      const rows = shift >> 8;
      const part = shift & 255;
      const near = at - rows * width;
      to.texels[at] = sumOf(from.texels[near] as number, from.texels[near - width] as number, part);
    }
  }
}

/** Weighted mean of two texels, lane by lane; `part` of 256 is the second's. */
function sumOf(a: number, b: number, part: number): number {
  const rest = 256 - part;
  const value = ((a >>> 16) * rest + (b >>> 16) * part + 128) >> 8;
  const alpha = ((a & 255) * rest + (b & 255) * part + 128) >> 8;
  return (value << 16) | alpha;
}

function copyOf(texture: Texture): Texture {
  return { width: texture.width, height: texture.height, texels: Uint32Array.from(texture.texels) };
}

/** A head that can open its mouth, look about and blink. Poses are independent of each other and of their order. */
export class Head {
  readonly #still: Layer;
  readonly #posed: HeadLayer;
  readonly #look: Look;
  readonly #matrix: ColourMatrix;
  readonly #jaw: JawField;
  readonly #jawHalf: JawField;

  constructor(look: Look, facePx: number, matrix: ColourMatrix) {
    this.#look = look;
    this.#matrix = matrix;
    this.#still = paintHead(look, facePx, matrix);
    const { originX, originY } = headSize(facePx);
    const { width, height, luma, u, v } = this.#still;
    const layer = { width, height, luma: copyOf(luma), u: copyOf(u), v: copyOf(v) };
    this.#posed = { layer, facePx, originX, originY };
    this.#jaw = jawField(luma, facePx, originX, originY);
    this.#jawHalf = jawField(u, facePx / 2, originX / 2, originY / 2);
  }

  /** The head in this pose. The layer is this object's own and changes with the next call. */
  pose(mouth: MouthPose, eyes: EyePose): HeadLayer {
    const { layer, facePx, originY } = this.#posed;
    const drop = face.jawDrop * facePx * clamp(mouth.opening, 0, 1.3);
    lowerJaw(this.#still.luma, layer.luma, this.#jaw, drop);
    lowerJaw(this.#still.u, layer.u, this.#jawHalf, drop / 2);
    lowerJaw(this.#still.v, layer.v, this.#jawHalf, drop / 2);
    for (const [from, to, step] of [
      [this.#still.luma, layer.luma, 1],
      [this.#still.u, layer.u, 2],
      [this.#still.v, layer.v, 2],
    ] as const) {
      // Rows above the jaw that any pose paints on: eyes and brows, and the upper lip.
      const first = Math.max(0, Math.floor((eyesBox.top * facePx + originY) / step) - 1);
      const end = step === 1 ? this.#jaw.firstRow : this.#jawHalf.firstRow;
      to.texels.set(from.texels.subarray(first * from.width, end * from.width), first * from.width);
    }
    paintEyes(this.#posed, this.#look, this.#matrix, eyes);
    paintMouth(this.#posed, this.#look, this.#matrix, mouth);
    return this.#posed;
  }
}
