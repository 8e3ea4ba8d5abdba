import { cosineOfTurns, sineOfTurns, smoothStep } from '../elementary.ts';
import type { FacePlace } from './backdrop.ts';
import type { ColourMatrix } from './colour.ts';
import type { Picture } from './layer.ts';
import type { Look } from './look.ts';
import { paintHand } from './props.ts';
import { lay, place } from './warp.ts';

/** How long before a clap the hands start towards each other, how long they then stay together, and how long they take back. */
const closingMs = 170;
const togetherMs = 110;
const partingMs = 330;
/** How far apart the hands are at rest, and half a hand's thickness, in face heights. */
const apart = 0.5;
const halfHand = 0.11;

/** Share of their rest distance at which the hands are: fastest just before they meet, still from that instant on. */
export function handsApart(ms: number, claps: readonly number[]): number {
  let nearest = 1;
  for (const clap of claps) {
    const since = ms - clap;
    if (since <= -closingMs || since >= togetherMs + partingMs) continue;
    const left = 1 + since / closingMs;
    const share = since < 0 ? 1 - left * left : smoothStep(togetherMs, togetherMs + partingMs, since);
    nearest = Math.min(nearest, share);
  }
  return nearest;
}

/** Two hands beside the face that meet at the given instants: each is drawn at exactly where it is at the frame's instant. */
export class ClappingHands {
  readonly #claps: readonly number[];
  readonly #hands: readonly ReturnType<typeof paintHand>[];
  readonly #face: FacePlace;
  readonly #middle: { readonly x: number; readonly y: number };

  constructor(claps: readonly number[], look: Look, face: FacePlace, width: number, matrix: ColourMatrix) {
    this.#claps = claps;
    this.#face = face;
    this.#hands = [false, true].map((mirrored) => paintHand(look, face.height * 0.6, mirrored, matrix));
    // On the side of the face that has more room.
    const side = face.x > width / 2 ? -1 : 1;
    this.#middle = { x: face.x + side * face.height * 1.05, y: face.y + face.height * 0.75 };
  }

  draw(picture: Picture, ms: number, off: { readonly x: number; readonly y: number }): void {
    const share = handsApart(ms, this.#claps);
    for (const [index, hand] of this.#hands.entries()) {
      const side = index === 0 ? -1 : 1;
      const x = this.#middle.x + side * this.#face.height * (halfHand + 0.5 * apart * share) + off.x;
      const turn = side * 0.02 * share;
      const at = place(1, cosineOfTurns(turn), sineOfTurns(turn), hand.pivotX, hand.pivotY, x, this.#middle.y + off.y);
      lay(picture, hand.layer, at);
    }
  }
}
