import { rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import { silent, type Progress } from '../../base/progress.ts';
import type { ToolRun } from '../../tools/run-tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import { readSound, type ClipReading } from './clip-reader.ts';
import type { Cut, SoundSources } from './cut.ts';
import { checkContainer, encodingFor, runStages, stagesOf } from './edit-stages.ts';
import { digestFile } from './digest-file.ts';
import { foreignPictures } from './foreign-pictures.ts';
import { frameTimes } from './frame-rate.ts';
import { startsMs, untouchedFrames } from './frame-slot.ts';
import { inOwnFolder } from './own-folder.ts';
import { matrixForHeight } from './picture/colour.ts';
import type { PixelBox } from './picture/presenter.ts';
import { drawnPictures } from './picture-source.ts';
import { presentationOf, presentedSound, type Presentation } from './presentation.ts';
import { sourcesOf } from './sound-sources.ts';
import { ForgeSpec, type ForgeSpecInput } from './spec.ts';
import { tellCut } from './tell-cut.ts';
import { Truth, truthPath } from './truth.ts';

export interface ForgeOptions {
  readonly toolbox: Toolbox;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly onRun?: (run: ToolRun) => void;
}

/** Sound of media files for cross-dubbing, mixed to one channel. */
export function fileSounds(reading: ClipReading): SoundSources['file'] {
  return async (path, rateHz) => {
    const sound = await readSound(reading, path, { rateHz, mono: true });
    const samples = sound?.channels[0];
    if (samples === undefined) throw new AssayError('edit-needs-sound', { edit: 'cross-dub' });
    return samples;
  };
}

/**
 * Makes a talking-head clip out of nothing, with `<clip>.truth.json` beside it. The container follows from the name's
 * extension (mp4, mov, mkv, avi, webm).
 *
 * The same specification always gives the same raw frames and PCM, bit by bit (their digests are in the truth); the
 * same ffmpeg then gives the same file. Nothing is left behind where it fails. Throws `setting-invalid` errors of zod's
 * as `ZodError`, `encoding-impossible`, the edit codes, `tool-missing`, `clip-not-made` and `cancelled`.
 */
export async function forgeClip(input: ForgeSpecInput, outPath: string, options: ForgeOptions): Promise<Truth> {
  const spec = ForgeSpec.parse(input);
  const progress = options.progress ?? silent;
  const { toolbox, signal, onRun } = options;
  const reading: ClipReading = { toolbox, ...(signal ? { signal } : {}), ...(onRun ? { onRun } : {}) };
  const stages = stagesOf(spec.edits, spec.encoding, outPath);
  const { container } = encodingFor(outPath, stages.at(-1)?.encoding ?? spec.encoding);
  const ffmpeg = await toolbox.require('ffmpeg');

  const presentation = presentationOf(spec);
  const frames = untouchedFrames(frameTimes(spec.frameRate, spec.seconds, spec.seed));
  const start: Cut = { frames, sound: presentedSound(spec, presentation.utterance), containerLeadMs: 0 };
  const lead = spec.edits.reduce((sum, edit) => sum + (edit.kind === 'offset-container' ? edit.ms : 0), 0);
  checkContainer(container, frames, lead);
  const foreign = foreignPictures((seed) => presentationOf(spec, seed));

  return inOwnFolder(outPath, async (folder) => {
    const fileName = `clip.${container}`;
    const made = await runStages(
      {
        reading,
        folder,
        fileName,
        shownAs: outPath,
        context: {
          width: spec.width,
          height: spec.height,
          drawn: true,
          sounds: sourcesOf({ echo: spec.echo, roomToneDb: spec.roomToneDb }, fileSounds(reading)),
        },
        foreign,
        progress,
      },
      stages,
      start,
      () => Promise.resolve(drawnPictures(spec, presentation.presenter, startsMs(frames).starts, foreign)),
    );
    const clip = await digestFile(join(folder, fileName));
    const truth = Truth.parse({
      schema: 'assay.truth/1',
      spec,
      clip: { file: basename(outPath), ...clip },
      ...tellCut(made.cut, made.truths, made.passes, frames.slots.length),
      ffmpeg: { version: ffmpeg.version, sha256: ffmpeg.sha256 },
      picture: tellPicture(spec, presentation, made.cut),
      speech: tellSpeech(spec, presentation),
    } satisfies Truth);
    await writeFile(join(folder, 'truth.json'), canonicalJsonFile(truth));
    await rename(join(folder, fileName), outPath);
    await rename(join(folder, 'truth.json'), truthPath(outPath));
    return truth;
  });
}

function tellPicture(spec: ForgeSpec, presentation: Presentation, cut: Cut): Truth['picture'] {
  const cents = (value: number): number => Math.round(value * 100) / 100 + 0;
  const box = (b: PixelBox): [number, number, number, number] => [
    cents(b.x),
    cents(b.y),
    cents(b.width),
    cents(b.height),
  ];
  const states = cut.frames.slots.map((slot) =>
    slot.shows !== undefined && slot.face ? presentation.presenter.stateAt(slot.shows.ms) : undefined,
  );
  return {
    width: spec.width,
    height: spec.height,
    pixelFormat: 'yuv420p',
    matrix: matrixForHeight(spec.height).name,
    timeBase: { ...cut.frames.timeBase },
    durationMs: startsMs(cut.frames).endMs,
    face: states.map((state) => (state ? box(state.face) : null)),
    mouth: states.map((state) => (state ? box(state.mouth) : null)),
    gapPx: states.map((state) => (state ? cents(state.gapPx) : null)),
    opening: states.map((state) => (state ? Math.round(state.pose.opening * 1e4) / 1e4 : null)),
  };
}

function tellSpeech(spec: ForgeSpec, presentation: Presentation): Truth['speech'] {
  const { score, voice } = presentation.utterance;
  const from = Math.min(0, spec.audioLeadMs);
  const to = spec.seconds * 1000 + Math.max(0, spec.audioLeadMs);
  return {
    pitchHz: Math.round(voice.pitchHz * 10) / 10,
    phones: score.phones
      .filter((phone) => phone.endMs > from && phone.startMs < to)
      .map(({ phoneme, startMs, releaseMs, endMs, stressed }) => ({
        symbol: phoneme.symbol,
        startMs,
        releaseMs,
        endMs,
        lips: phoneme.lips,
        stressed,
      })),
  };
}
