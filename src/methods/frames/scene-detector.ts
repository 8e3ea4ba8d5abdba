import { histogramBins, histogramDistance, lumaHistogram, meanDifference } from './compare-luma.ts';

/** How one frame differs from the one before it. */
export interface FrameChange {
  /** Mean absolute difference of brightness in levels. */
  readonly differenceLevels: number;
  /** Scene score in percent, as ffmpeg's `scdet` filter defines it. */
  readonly scenePercent: number;
  /** Share of pixels in percent whose brightness step is not in the frame before. */
  readonly histogramPercent: number;
}

/**
 * Compares each frame's brightness with the frame before it. The scene score is the smaller of the mean difference and
 * its change since the last frame, in percent of full scale: so a steady pan, which differs from frame to frame by the same
 * amount, is no change of scene (ffmpeg's `scdet`).
 */
export class SceneDetector {
  readonly #count: number;
  readonly #before: Uint8Array;
  #histogram = new Uint32Array(histogramBins);
  #histogramBefore = new Uint32Array(histogramBins);
  #differenceBefore = 0;
  #first = true;

  /** `count`: pixels of the luma plane, which is at the start of a yuv420p frame. */
  constructor(count: number) {
    this.#count = count;
    this.#before = new Uint8Array(count);
  }

  /** The change from the frame before; all zero for the first frame. */
  compare(frame: Uint8Array): FrameChange {
    const count = this.#count;
    lumaHistogram(frame, count, this.#histogram);
    let change: FrameChange = { differenceLevels: 0, scenePercent: 0, histogramPercent: 0 };
    if (!this.#first) {
      const differenceLevels = meanDifference(frame, this.#before, count);
      const jump = Math.abs(differenceLevels - this.#differenceBefore);
      change = {
        differenceLevels,
        scenePercent: (100 * Math.min(differenceLevels, jump)) / 256,
        histogramPercent: 100 * histogramDistance(this.#histogram, this.#histogramBefore, count),
      };
      this.#differenceBefore = differenceLevels;
    }
    this.#first = false;
    this.#before.set(frame.subarray(0, count));
    [this.#histogram, this.#histogramBefore] = [this.#histogramBefore, this.#histogram];
    return change;
  }
}
