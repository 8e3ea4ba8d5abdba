import { seededRandom } from '../../../base/random.ts';
import type { Rgb } from './colour.ts';

export type HairStyle = 'short' | 'swept' | 'fringe' | 'long' | 'bob' | 'bald';
export type Backdrop = 'office' | 'shelves' | 'studio' | 'window';

/** How one presenter and their room look. Lengths are in face heights (hairline to chin). */
export interface Look {
  readonly skin: Rgb;
  readonly lips: Rgb;
  readonly hair: Rgb;
  readonly iris: Rgb;
  readonly shirt: Rgb;
  readonly collar: Rgb;
  readonly wall: Rgb;
  readonly accent: Rgb;
  readonly hairStyle: HairStyle;
  readonly beard: number;
  readonly glasses: boolean;
  readonly backdrop: Backdrop;
  readonly halfWidth: number;
  /** Top of the skull above the middle of the face. */
  readonly crown: number;
  readonly jawTaper: number;
  readonly eyeSize: number;
  readonly noseWidth: number;
  readonly lipFullness: number;
  readonly browThickness: number;
  /** Seed of everything that is texture. */
  readonly grain: number;
}

const skins: readonly Rgb[] = [
  [236, 198, 172],
  [226, 182, 150],
  [208, 160, 124],
  [186, 136, 100],
  [148, 102, 72],
  [112, 76, 54],
];
const hairs: readonly Rgb[] = [
  [34, 27, 24],
  [52, 38, 30],
  [86, 58, 38],
  [128, 92, 56],
  [168, 132, 84],
  [132, 128, 124],
];
const irises: readonly Rgb[] = [
  [74, 50, 32],
  [96, 70, 40],
  [92, 108, 78],
  [92, 120, 146],
];
const shirts: readonly Rgb[] = [
  [44, 60, 92],
  [96, 42, 48],
  [58, 84, 72],
  [70, 70, 78],
  [150, 138, 118],
  [36, 40, 46],
];
const walls: readonly Rgb[] = [
  [168, 164, 154],
  [136, 152, 158],
  [182, 168, 146],
  [120, 132, 124],
  [150, 142, 156],
];
const accents: readonly Rgb[] = [
  [124, 84, 58],
  [70, 96, 112],
  [104, 112, 82],
  [142, 108, 66],
];

/** The look of a seed. */
export function lookOf(seed: number): Look {
  const random = seededRandom(seed).fork('look');
  const tone = random.integer(0, skins.length - 1);
  const skin = skins[tone] as Rgb;
  const hairStyle = random.pick<HairStyle>(['short', 'swept', 'fringe', 'long', 'bob', 'short', 'swept', 'bald']);
  const narrow = hairStyle === 'long' || hairStyle === 'bob';
  const wanted = random.unit() < 0.4 ? random.between(0.35, 0.9) : 0;
  return {
    skin,
    lips: [skin[0] * 0.8, skin[1] * 0.56, skin[2] * 0.57],
    hair: tone >= 3 ? (hairs[random.integer(0, 1)] as Rgb) : random.pick(hairs),
    iris: tone >= 3 ? (irises[0] as Rgb) : random.pick(irises),
    shirt: random.pick(shirts),
    collar: random.pick<Rgb>([
      [226, 226, 222],
      [64, 66, 72],
      [170, 178, 190],
    ]),
    wall: random.pick(walls),
    accent: random.pick(accents),
    hairStyle,
    beard: narrow ? 0 : wanted,
    glasses: random.unit() < 0.3,
    backdrop: random.pick<Backdrop>(['office', 'shelves', 'studio', 'window']),
    halfWidth: random.between(0.385, 0.425) - (narrow ? 0.01 : 0),
    crown: hairStyle === 'bald' ? 0.64 : 0.7,
    jawTaper: random.between(0.1, 0.24) + (narrow ? 0.05 : 0),
    eyeSize: random.between(0.94, 1.1) + (narrow ? 0.05 : 0),
    noseWidth: random.between(0.86, 1.16),
    lipFullness: random.between(0.85, 1.2) + (narrow ? 0.1 : 0),
    browThickness: random.between(0.8, 1.25) - (narrow ? 0.25 : 0),
    grain: random.uint32() | 0,
  };
}
