import { cosineOfTurns, sineOfTurns, smoothStep } from '../elementary.ts';
import { seededRandom } from '../../../base/random.ts';
import { trackAt, type Articulation } from '../speech/articulation.ts';
import type { FacePlace } from './backdrop.ts';
import { matrixForHeight, type ColourMatrix } from './colour.ts';
import { face } from './face-geometry.ts';
import { headSize } from './head-texture.ts';
import { Head } from './head.ts';
import { newPicture, type Picture } from './layer.ts';
import { lookOf, type Look } from './look.ts';
import { motionOf, type Motion } from './motion.ts';
import { lipsOf, type MouthPose } from './mouth.ts';
import { turnAt, type Scene } from './scene.ts';
import { sensorNoise, type SensorNoise } from './sensor-noise.ts';
import { surroundingsOf, type Surroundings } from './surroundings.ts';
import { lay, place, placed, type Placement } from './warp.ts';

/** An upright box in pixels of the picture; may reach beyond its edges where the face does. */
export interface PixelBox {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
}

/** What is in the picture at one instant: the truth of a frame. */
export interface FaceState {
  /** Hairline to chin, ear to ear. */
  readonly face: PixelBox;
  /** The outer edge of the lips. */
  readonly mouth: PixelBox;
  /** Gap between the lips in the middle of the mouth, pixels. */
  readonly gapPx: number;
  readonly pose: MouthPose;
}

/** Where a face of this height rests in the picture. */
export function restingPlace(scene: Scene): FacePlace {
  const random = seededRandom(scene.seed).fork('place');
  const share = scene.facePx / scene.height;
  const free = Math.max(0, 1 - share * 1.9);
  return {
    x: scene.width * (0.5 + 0.12 * free * random.between(-1, 1)),
    y: scene.height * (0.4 + 0.09 * smoothStep(0.15, 0.7, share) + 0.03 * free * random.between(-1, 1)),
    height: scene.facePx,
  };
}

/** Draws one presenter at any instant. The same instant and frame number give the same bytes, in any order of calls. */
export class Presenter {
  readonly #scene: Scene;
  readonly #look: Look;
  readonly #matrix: ColourMatrix;
  readonly #rest: FacePlace;
  readonly #motion: Motion;
  readonly #articulation: Articulation;
  readonly #restPitchHz: number;
  readonly #noise: SensorNoise;
  readonly #surroundings: Surroundings;
  readonly #picture: Picture;
  #head: Head | undefined;

  constructor(scene: Scene, articulation: Articulation, restPitchHz: number) {
    this.#scene = scene;
    this.#look = lookOf(scene.seed);
    this.#matrix = matrixForHeight(scene.height);
    this.#rest = restingPlace(scene);
    this.#motion = motionOf(scene.seed, scene.headMotion);
    this.#articulation = articulation;
    this.#restPitchHz = restPitchHz;
    this.#noise = sensorNoise(scene.seed, scene.noise);
    this.#surroundings = surroundingsOf(scene, this.#look, this.#rest, this.#matrix);
    this.#picture = newPicture(scene.width, scene.height);
  }

  /** Mouth at an instant of the scene: what will be heard `lipLeadMs` later. */
  mouthAt(sceneMs: number): MouthPose {
    const a = this.#articulation;
    const ms = sceneMs + this.#scene.lipLeadMs;
    const share = turnAt(this.#scene.turns, ms);
    const tuck = trackAt(a, a.tuck, ms) * share;
    return {
      opening: trackAt(a, a.opening, ms) * this.#scene.mouthMotion * share,
      width: trackAt(a, a.width, ms) * share,
      tuck: tuck * Math.min(1, this.#scene.mouthMotion),
      press: trackAt(a, a.press, ms),
    };
  }

  #placement(sceneMs: number): Placement {
    const pose = this.#motion.head(sceneMs);
    const off = this.#surroundings.shift(sceneMs);
    const { facePx } = this.#scene;
    const { originX, originY } = headSize(facePx);
    // The head turns about the neck, not about the nose.
    const pivot = 0.45 * facePx;
    return place(
      pose.scale,
      cosineOfTurns(pose.tilt),
      sineOfTurns(pose.tilt),
      originX,
      originY + pivot,
      this.#rest.x + pose.x * facePx + off.x,
      this.#rest.y + pivot + pose.y * facePx + off.y,
    );
  }

  /** Where face and mouth are at an instant. */
  stateAt(sceneMs: number): FaceState {
    const { facePx } = this.#scene;
    const { originX, originY } = headSize(facePx);
    const at = this.#placement(sceneMs);
    const pose = this.mouthAt(sceneMs);
    const lips = lipsOf(this.#look, pose);
    const half = this.#look.halfWidth;
    const box = (left: number, top: number, right: number, bottom: number): PixelBox => {
      const corners = [
        [left, top],
        [right, top],
        [left, bottom],
        [right, bottom],
      ].map(([x = 0, y = 0]) => placed(at, originX + x * facePx, originY + y * facePx));
      const xs = corners.map((c) => c.x);
      const ys = corners.map((c) => c.y);
      const x = Math.min(...xs);
      const y = Math.min(...ys);
      return { x, y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
    };
    const scale = Math.sqrt(at.a * at.a + at.b * at.b);
    return {
      face: box(-half, face.hairlineY, half, face.chinY + face.jawDrop * Math.min(1.3, pose.opening)),
      mouth: box(-lips.half, lips.top, lips.half, lips.bottom),
      gapPx: lips.gap * facePx * scale,
      pose,
    };
  }

  /** Draws the instant. `frame` chooses the noise. The picture is this object's own and changes with the next call. */
  draw(sceneMs: number, frame: number, withFace: boolean): Picture {
    const picture = this.#picture;
    this.#surroundings.behind(picture, sceneMs, withFace);
    if (withFace) {
      this.#head ??= new Head(this.#look, this.#scene.facePx, this.#matrix);
      const a = this.#articulation;
      const pitch = trackAt(a, a.pitchHz, sceneMs) / this.#restPitchHz;
      const emphasis = smoothStep(1.12, 1.3, pitch);
      const head = this.#head.pose(this.mouthAt(sceneMs), this.#motion.eyes(sceneMs, emphasis));
      lay(picture, head.layer, this.#placement(sceneMs));
    }
    this.#surroundings.before(picture, sceneMs, withFace);
    this.#noise.add(picture, frame);
    return picture;
  }
}
