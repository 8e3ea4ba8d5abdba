import { GrowingFloats } from '../../base/growing-floats.ts';
import type { ProbedStream } from '../../media/exhibit-media.ts';
import { subscribe, type Frame, type Subscription } from '../../media/taps.ts';
import { FrameList } from './frame-list.ts';
import type { FramesParams } from './parameters.ts';
import { HighestScores, RegularSampler } from './sample-frames.ts';
import { SceneDetector } from './scene-detector.ts';

/** Width of the small frames that are compared and shown: shared with other methods, so that one pipe serves all. */
export const smallWidth = 320;

/**
 * Gathers what is asked of one moving picture while it is decoded once. Holds eight bytes a frame for each quantity and a
 * bounded number of small pictures, whatever the length.
 */
export class VideoExamination {
  readonly stream: ProbedStream;
  readonly list = new FrameList();
  /** By decode index: mean difference in levels, scene score and histogram distance in percent, each from the frame before. */
  readonly difference = new GrowingFloats();
  readonly sceneScore = new GrowingFloats();
  readonly histogramDistance = new GrowingFloats();
  /** Decode indexes of frames that begin a scene. */
  readonly scenes: number[] = [];
  readonly regular: RegularSampler;
  readonly sceneFrames: HighestScores;
  readonly #params: FramesParams;
  #detector: SceneDetector | undefined;

  constructor(stream: ProbedStream, params: FramesParams) {
    this.stream = stream;
    this.#params = params;
    this.regular = new RegularSampler(2 * params.sheetCells);
    this.sceneFrames = new HighestScores(params.sheetCells >> 1);
  }

  subscriptions(): Subscription[] {
    const stream = this.stream.index;
    return [
      subscribe({ kind: 'frame-hashes', stream, algorithm: this.#params.hash }, (hash) => {
        this.list.add(hash);
      }),
      subscribe(
        { kind: 'frames', stream, width: smallWidth, pixelFormat: 'yuv420p', select: 'all', scaling: 'thinned' },
        (frame) => {
          this.#take(frame);
        },
      ),
    ];
  }

  #take(frame: Frame): void {
    this.#detector ??= new SceneDetector(frame.width * frame.height);
    const { differenceLevels, scenePercent, histogramPercent } = this.#detector.compare(frame.data);
    this.difference.push(differenceLevels);
    this.sceneScore.push(scenePercent);
    this.histogramDistance.push(histogramPercent);
    const { sceneThreshold, sceneHistogram } = this.#params;
    if (scenePercent >= sceneThreshold && histogramPercent >= sceneHistogram) {
      this.scenes.push(frame.index);
      this.sceneFrames.take(frame, scenePercent);
    }
    this.regular.take(frame);
  }
}
