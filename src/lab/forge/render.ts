import { AssayError } from '../../base/errors.ts';
import type { Cut } from './cut.ts';
import { applyEdits } from './edit-stages.ts';
import type { Edit, EditOf } from './edit.ts';
import { foreignPictures } from './foreign-pictures.ts';
import { frameTimes } from './frame-rate.ts';
import { startsMs, untouchedFrames } from './frame-slot.ts';
import type { FaceState } from './picture/presenter.ts';
import { drawnPictures, frameBytes, renderSlot } from './picture-source.ts';
import { presentationOf, presentedSound } from './presentation.ts';
import { sourcesOf } from './sound-sources.ts';
import { ForgeSpec, type ForgeSpecInput } from './spec.ts';

/** One frame of a specification: yuv420p bytes, valid until the next one is asked for, and its truth. */
export interface RenderedFrame {
  readonly index: number;
  readonly startMs: number;
  readonly data: Uint8Array;
  readonly state: FaceState;
}

/** Draws a specification's frames without its edits, without any program: the raw frames of the untouched clip. */
export function* renderFrames(input: ForgeSpecInput): Generator<RenderedFrame> {
  const spec = ForgeSpec.parse(input);
  const { presenter } = presentationOf(spec);
  const { starts } = startsMs(untouchedFrames(frameTimes(spec.frameRate, spec.seconds, spec.seed)));
  for (const [index, startMs] of starts.entries()) {
    const { data } = presenter.draw(startMs, index, true);
    yield { index, startMs, data, state: presenter.stateAt(startMs) };
  }
}

/** Speaks a specification's sound without its edits: mono, in [-1, 1], at its sample rate. */
export function renderSpeech(input: ForgeSpecInput): Float32Array {
  const spec = ForgeSpec.parse(input);
  return presentedSound(spec, presentationOf(spec).utterance).channels[0] ?? new Float32Array();
}

/**
 * A specification after its edits, as it goes into the first encoder. Edits after a re-encoding need that encoder and are
 * refused as a `defect`; so is the sound of files.
 */
export async function renderEdited(
  input: ForgeSpecInput,
): Promise<{ readonly cut: Cut; readonly frames: () => AsyncGenerator<Uint8Array> }> {
  const spec = ForgeSpec.parse(input);
  const presentation = presentationOf(spec);
  const frames = untouchedFrames(frameTimes(spec.frameRate, spec.seconds, spec.seed));
  const start: Cut = { frames, sound: presentedSound(spec, presentation.utterance), containerLeadMs: 0 };
  const noFile = (): Promise<Float32Array> =>
    Promise.reject(new AssayError('defect', { what: 'no program is at hand to read a file' }));
  const { cut } = await applyEdits(start, spec.edits.map(withoutEncoding), {
    width: spec.width,
    height: spec.height,
    drawn: true,
    sounds: sourcesOf(spec, noFile),
  });
  const foreign = foreignPictures((seed) => presentationOf(spec, seed));
  const source = drawnPictures(spec, presentation.presenter, startsMs(frames).starts, foreign);
  return {
    cut,
    frames: async function* () {
      for (const slot of cut.frames.slots) {
        const pixels = new Uint8Array(frameBytes(source));
        await renderSlot(source, slot, pixels);
        yield pixels;
      }
    },
  };
}

function withoutEncoding(edit: Edit): Exclude<Edit, EditOf<'re-encode'>> {
  if (edit.kind === 're-encode') throw new AssayError('defect', { what: 're-encode without an encoder' });
  return edit;
}
