import { rename, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join, resolve } from 'node:path';
import { z } from 'zod';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import { silent } from '../../base/progress.ts';
import { clipPictures } from './clip-pictures.ts';
import { readFrames, readSound, type ClipFrames, type ClipReading, type ClipSound } from './clip-reader.ts';
import type { Cut, CutContext } from './cut.ts';
import { digestFile } from './digest-file.ts';
import { Edit, type EditInput } from './edit.ts';
import { applyEdits, checkContainer, runStages, stagesOf } from './edit-stages.ts';
import { encodeClip } from './encode-clip.ts';
import type { EncodingChoice } from './encoding-choice.ts';
import { foreignPictures } from './foreign-pictures.ts';
import { fileSounds, type ForgeOptions } from './forge-clip.ts';
import { inOwnFolder } from './own-folder.ts';
import { untouchedFrames } from './frame-slot.ts';
import { presentationOf } from './presentation.ts';
import { sourcesOf } from './sound-sources.ts';
import { ForgeSpec } from './spec.ts';
import { tellCut } from './tell-cut.ts';
import { ChangeTruth, truthPath } from './truth.ts';

export interface EditOptions extends ForgeOptions {
  /** The encoding before any `re-encode`; its picture part only counts where the picture has to be encoded. */
  readonly encoding?: EncodingChoice;
}

/** Edits that leave every picture packet as it is. */
const soundOnly: ReadonlySet<Edit['kind']> = new Set<Edit['kind']>([
  ...(['shift-sound', 'drift-sound', 'offset-container', 'cut-sound', 'splice-sound'] as const),
  ...(['low-pass', 'mute', 'add-noise', 'music', 'cross-dub'] as const),
]);

/**
 * Edits any clip, with the exact truth of the change in `<clip>.truth.json` beside the result. The source is only read.
 *
 * Where only the sound is edited, the picture's packets are copied untouched and the sound is decoded, edited sample by
 * sample and encoded again (PCM in MKV, MOV and AVI keeps it exact; no list of edits at all gives the reference
 * that went through the same decoder and encoder). Otherwise the picture is decoded and encoded too. Frames and samples lie on
 * the clip's own clock, so that edit lists, priming and a late start of either stream are accounted for. Throws as
 * `forgeClip` does; `clip-not-made` also where the source cannot be decoded.
 */
export async function editClip(
  inputPath: string,
  edits: readonly EditInput[],
  outPath: string,
  options: EditOptions,
): Promise<ChangeTruth> {
  const asked = z.array(Edit).parse(edits);
  const { toolbox, signal, onRun } = options;
  const progress = options.progress ?? silent;
  const reading: ClipReading = { toolbox, ...(signal ? { signal } : {}), ...(onRun ? { onRun } : {}) };
  const choice = options.encoding ?? {};
  const stages = stagesOf(asked, choice, outPath);
  const ffmpeg = await toolbox.require('ffmpeg');
  const source = { file: basename(inputPath), ...(await digestSource(inputPath)) };
  const copies = stages.length === 1 && asked.every((edit) => soundOnly.has(edit.kind));
  const [clip, sound] = await Promise.all([
    readFrames(reading, inputPath, copies ? 'packets' : 'decoded'),
    readSound(reading, inputPath),
  ]);
  const start = cutOf(clip, sound);
  const lead = asked.reduce((sum, edit) => sum + (edit.kind === 'offset-container' ? edit.ms : 0), 0);
  const context: CutContext = {
    width: clip.width,
    height: clip.height,
    drawn: false,
    sounds: sourcesOf({ echo: 0.6, roomToneDb: -62 }, fileSounds(reading)),
  };

  return inOwnFolder(outPath, async (folder) => {
    const fileName = `clip${extname(outPath).toLowerCase()}`;
    const make = async (): Promise<Awaited<ReturnType<typeof runStages>>> => {
      const only = stages[0];
      if (only !== undefined && copies) {
        const { cut, truths } = await applyEdits(start, only.edits, context);
        const copied = { folder: dirname(resolve(inputPath)), fileName: basename(inputPath) };
        const job = { folder, fileName, shownAs: outPath, encoding: only.encoding, cut, picture: { copied }, progress };
        return { cut, truths, passes: [await encodeClip(reading, job)] };
      }
      checkContainer(stages.at(-1)?.encoding.container ?? 'mkv', start.frames, lead);
      const foreign = foreignPictures((seed) => presentationOf(sceneOf(clip, sound, seed)));
      return runStages(
        { reading, folder, fileName, shownAs: outPath, context, foreign, progress },
        stages,
        start,
        (cut) => clipPictures(reading, inputPath, clip, cut.frames.slots, foreign),
      );
    };
    const made = await make();
    const truth = ChangeTruth.parse({
      schema: 'assay.change/1',
      source,
      clip: { file: basename(outPath), ...(await digestFile(join(folder, fileName))) },
      ...tellCut(made.cut, made.truths, made.passes, start.frames.slots.length),
      ffmpeg: { version: ffmpeg.version, sha256: ffmpeg.sha256 },
    } satisfies ChangeTruth);
    await writeFile(join(folder, 'truth.json'), canonicalJsonFile(truth));
    await rename(join(folder, fileName), outPath);
    await rename(join(folder, 'truth.json'), truthPath(outPath));
    return truth;
  });
}

function cutOf(clip: ClipFrames, sound: ClipSound | undefined): Cut {
  const frames = untouchedFrames(clip.times);
  if (sound === undefined) return { frames, sound: undefined, containerLeadMs: 0 };
  const length = sound.channels[0]?.length ?? 0;
  return {
    frames,
    sound: { rateHz: sound.rateHz, channels: sound.channels, map: [{ length, source: { start: 0, rate: 1 } }] },
    containerLeadMs: 0,
  };
}

/** A specification whose presenter fits into the clip's picture and speaks as long as its sound. */
function sceneOf(clip: ClipFrames, sound: ClipSound | undefined, seed: number): ForgeSpec {
  const seconds = (sound?.channels[0]?.length ?? 0) / (sound?.rateHz ?? 1);
  const { width, height } = clip;
  return ForgeSpec.parse({ width, height, seed, seconds: Math.min(1800, Math.max(1, seconds)) });
}

/** Throws `file-not-found` or `file-not-readable` for a source that is not there or cannot be read. */
async function digestSource(path: string): Promise<{ sha256: string; sizeBytes: number }> {
  try {
    return await digestFile(path);
  } catch (cause) {
    const { code, message } = cause as NodeJS.ErrnoException;
    if (code === 'ENOENT') throw new AssayError('file-not-found', { path }, { cause });
    throw new AssayError('file-not-readable', { path, reason: message }, { cause });
  }
}
