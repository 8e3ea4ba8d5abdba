import { seededRandom } from '../../../base/random.ts';
import { cosineOfTurns, sineOfTurns } from '../elementary.ts';
import { latticeValue, smoothNoise1d } from '../lattice-noise.ts';
import { paintBody, paintRoom, type FacePlace } from './backdrop.ts';
import { ClappingHands } from './clapping-hands.ts';
import type { ColourMatrix } from './colour.ts';
import { Canvas, type Layer, type Picture } from './layer.ts';
import type { Look } from './look.ts';
import { paintHand, paintPasser } from './props.ts';
import type { Scene } from './scene.ts';
import { lay, place } from './warp.ts';

interface Prop {
  readonly layer: Layer;
  readonly pivotX: number;
  readonly pivotY: number;
}

/** Everything around the head. `behind` and `before` draw what the head covers and what covers it. */
export interface Surroundings {
  /** How far the camera is off at this time, pixels. */
  shift(ms: number): { x: number; y: number };
  behind(picture: Picture, ms: number, withBody: boolean): void;
  before(picture: Picture, ms: number, withBody: boolean): void;
}

/** How many times in 100 s someone walks past. */
const passesPer100s = 24;

export function surroundingsOf(scene: Scene, look: Look, face: FacePlace, matrix: ColourMatrix): Surroundings {
  const { width, height } = scene;
  const random = seededRandom(scene.seed).fork('surroundings');
  const salt = random.uint32() | 0;
  const has = (name: Scene['distractions'][number]): boolean => scene.distractions.includes(name);
  const moves = has('handheld') || has('passers');
  // Layers end half a texel before their edge, so even a still camera needs a little more room than it shows.
  const margin = has('handheld') ? Math.ceil(height / 64) * 2 : 2;

  const shift = (ms: number): { x: number; y: number } => {
    if (!has('handheld')) return { x: 0, y: 0 };
    const reach = margin * 0.45;
    return {
      x: reach * (smoothNoise1d(salt + 1, ms / 900) + 0.5 * smoothNoise1d(salt + 2, ms / 260)),
      y: reach * (smoothNoise1d(salt + 3, ms / 800) + 0.5 * smoothNoise1d(salt + 4, ms / 240)),
    };
  };

  // Painted when first needed: a clip with a face throughout never needs the empty room alone.
  const flat = new Map<boolean, Picture>();
  const flatRoom = (withBody: boolean): Picture => {
    const known = flat.get(withBody);
    if (known !== undefined) return known;
    const canvas = paintRoom(look, width, height, 0);
    if (withBody) paintBody(canvas, look, face);
    const picture = canvas.toPicture(matrix);
    flat.set(withBody, picture);
    return picture;
  };
  const room = moves ? paintRoom(look, width, height, margin).toLayer(matrix) : undefined;
  const bodyLayer = (): Layer => {
    const canvas = new Canvas(width + 2 * margin, height + 2 * margin);
    paintBody(canvas, look, { ...face, x: face.x + margin, y: face.y + margin });
    return canvas.toLayer(matrix);
  };
  const body = moves ? bodyLayer() : undefined;
  const passers: Prop[] = has('passers')
    ? (
        [
          [72, 78, 96],
          [120, 70, 60],
          [70, 92, 76],
        ] as const
      ).map((coat) => paintPasser(coat, face.height * 2.1, matrix))
    : [];
  const hands: Prop[] = has('hands')
    ? [false, true].map((mirrored) => paintHand(look, face.height * 0.72, mirrored, matrix))
    : [];

  const clapping = scene.claps.length === 0 ? undefined : new ClappingHands(scene.claps, look, face, width, matrix);

  const layPassers = (picture: Picture, ms: number, offX: number, offY: number): void => {
    const span = 100_000 / passesPer100s;
    for (let k = Math.floor(ms / span) - 1; k <= Math.floor(ms / span); k++) {
      const start = (k + 0.4 * (latticeValue(salt + 5, k, 0) + 1)) * span;
      const crossing = span * (0.8 + 0.3 * latticeValue(salt + 5, k, 1));
      const t = (ms - start) / crossing;
      if (t < 0 || t > 1) continue;
      const direction = latticeValue(salt + 5, k, 2) < 0 ? -1 : 1;
      const x = width * (0.5 + direction * (t - 0.5) * 1.5);
      const bob = 0.02 * face.height * sineOfTurns((ms / 1000) * 1.8);
      const prop = passers[((k % passers.length) + passers.length) % passers.length];
      if (prop)
        lay(
          picture,
          prop.layer,
          place(1, 1, 0, prop.pivotX, prop.pivotY, x + offX, face.y + 0.45 * face.height + bob + offY),
        );
    }
  };

  return {
    shift,
    behind: (picture, ms, withBody) => {
      if (room === undefined) {
        picture.data.set(flatRoom(withBody).data);
        return;
      }
      const off = shift(ms);
      const at = place(1, 1, 0, margin, margin, off.x, off.y);
      lay(picture, room, at);
      layPassers(picture, ms, off.x, off.y);
      if (withBody && body) lay(picture, body, at);
    },
    before: (picture, ms, withBody) => {
      const off = shift(ms);
      if (withBody) {
        for (const [index, hand] of hands.entries()) {
          const side = index === 0 ? -1 : 1;
          const seed = salt + 11 + index * 10;
          const rest = Math.min(face.y + 1.12 * face.height, height - 0.12 * face.height);
          const x = face.x + side * face.height * (0.62 + 0.2 * smoothNoise1d(seed, ms / 420)) + off.x;
          const y = rest + face.height * 0.26 * smoothNoise1d(seed + 1, ms / 330) + off.y;
          const turn = side * 0.03 + 0.07 * smoothNoise1d(seed + 2, ms / 380);
          const at = place(1, cosineOfTurns(turn), sineOfTurns(turn), hand.pivotX, hand.pivotY, x, y);
          lay(picture, hand.layer, at);
        }
      }
      clapping?.draw(picture, ms, off);
      if (has('flicker')) flicker(picture, 1 + 0.07 * smoothNoise1d(salt + 7, ms / 140));
    },
  };
}

/** Makes the whole picture lighter or darker, as a lamp does. */
function flicker(picture: Picture, factor: number): void {
  const table = new Uint8Array(256);
  for (let y = 0; y < 256; y++) table[y] = Math.max(0, Math.min(255, Math.floor(16 + (y - 16) * factor + 0.5)));
  const { y } = picture;
  for (let i = 0; i < y.length; i++) y[i] = table[y[i] as number] as number;
}
