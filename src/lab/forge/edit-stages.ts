import { basename, join } from 'node:path';
import { AssayError } from '../../base/errors.ts';
import type { Progress } from '../../base/progress.ts';
import { applyEdit } from './apply-edit.ts';
import { clipPictures } from './clip-pictures.ts';
import { readFrames, readSound, type ClipReading } from './clip-reader.ts';
import type { Cut, CutContext, EditTruth } from './cut.ts';
import type { Edit, EditOf } from './edit.ts';
import { encodeClip, type Pass } from './encode-clip.ts';
import {
  containerOf,
  containers,
  decideEncoding,
  decideIntermediate,
  type Container,
  type Encoding,
  type EncodingChoice,
} from './encoding-choice.ts';
import { settled, type FrameTrack } from './frame-slot.ts';
import type { PictureSource } from './picture-source.ts';
import { fitTrack, lengthOf } from './sound-track.ts';

/** The edits between two encodings, and the encoding that ends them. */
export interface Stage {
  readonly edits: readonly Exclude<Edit, EditOf<'re-encode'>>[];
  readonly encoding: Encoding;
}

/** Splits a list of edits at its re-encodings. Throws `encoding-impossible` where the clip's container cannot hold the last. */
export function stagesOf(edits: readonly Edit[], first: EncodingChoice, outPath: string): Stage[] {
  const parts: { edits: Exclude<Edit, EditOf<'re-encode'>>[]; choice: EncodingChoice }[] = [
    { edits: [], choice: first },
  ];
  for (const edit of edits) {
    if (edit.kind === 're-encode') parts.push({ edits: [], choice: edit });
    else parts.at(-1)?.edits.push(edit);
  }
  return parts.map(({ edits: own, choice }, index) => ({
    edits: own,
    encoding: index === parts.length - 1 ? encodingFor(outPath, choice) : decideIntermediate(choice),
  }));
}

/** Decides an encoding for a clip's name. Throws `encoding-impossible`. */
export function encodingFor(path: string, choice: EncodingChoice): Encoding {
  const container = containerOf(path);
  if (container === undefined) {
    throw new AssayError('encoding-impossible', { container: basename(path), wanted: containers.join(', ') });
  }
  const encoding = decideEncoding(container, choice);
  if ('impossible' in encoding) throw new AssayError('encoding-impossible', { container, wanted: encoding.impossible });
  return encoding;
}

/** AVI has a fixed rate and starts all its streams together. Throws `encoding-impossible`. */
export function checkContainer(container: Container, frames: FrameTrack, containerLeadMs: number): void {
  if (container !== 'avi') return;
  if (!frames.constant) throw new AssayError('encoding-impossible', { container, wanted: 'variable frame rate' });
  if (containerLeadMs !== 0) throw new AssayError('encoding-impossible', { container, wanted: 'offset' });
}

/** Makes the edits of one stage, in order. */
export async function applyEdits(
  cut: Cut,
  edits: Stage['edits'],
  context: CutContext,
): Promise<{ cut: Cut; truths: EditTruth[] }> {
  let now = cut;
  const truths: EditTruth[] = [];
  for (const edit of edits) {
    const applied = await applyEdit(now, edit, context);
    now = applied.cut;
    truths.push(applied.truth);
  }
  return { cut: now, truths };
}

export interface StagesRun {
  readonly reading: ClipReading;
  /** Folder for this run alone. */
  readonly folder: string;
  readonly fileName: string;
  readonly shownAs: string;
  readonly context: CutContext;
  readonly foreign: PictureSource['foreign'];
  readonly progress: Progress;
}

/**
 * Draws, edits and encodes stage by stage; each stage but the first works on what the one before it encoded. The
 * last file is `fileName` in `folder`. A container's lead is only written into the last file.
 */
export async function runStages(
  run: StagesRun,
  stages: readonly Stage[],
  start: Cut,
  firstSource: (cut: Cut) => Promise<PictureSource>,
): Promise<{ cut: Cut; truths: EditTruth[]; passes: Pass[] }> {
  const passes: Pass[] = [];
  const truths: EditTruth[] = [];
  let cut = start;
  let before: string | undefined;
  for (const [index, stage] of stages.entries()) {
    const last = index === stages.length - 1;
    const context = { ...run.context, drawn: run.context.drawn && index === 0 };
    const edited = await applyEdits(cut, stage.edits, context);
    cut = edited.cut;
    truths.push(...edited.truths);
    const fileName = last ? run.fileName : `stage-${index}.${stage.encoding.container}`;
    const source = before === undefined ? await firstSource(cut) : await clipSource(run, before, cut);
    try {
      const drawn = last ? cut : { ...cut, containerLeadMs: 0 };
      passes.push(
        await encodeClip(run.reading, {
          folder: run.folder,
          fileName,
          shownAs: run.shownAs,
          encoding: stage.encoding,
          cut: drawn,
          picture: { drawn: source },
          progress: run.progress,
        }),
      );
    } finally {
      await source.close();
    }
    if (!last) {
      before = join(run.folder, fileName);
      cut = await decodedCut(run, before, cut);
    }
  }
  return { cut, truths, passes };
}

async function clipSource(run: StagesRun, path: string, cut: Cut): Promise<PictureSource> {
  const clip = await readFrames(run.reading, path);
  return clipPictures(run.reading, path, clip, cut.frames.slots, run.foreign);
}

/** A cut as an encoding left it: same frames and story, the sound as it decodes. */
async function decodedCut(run: StagesRun, path: string, cut: Cut): Promise<Cut> {
  const frames = settled(cut.frames);
  if (cut.sound === undefined) return { ...cut, frames };
  const sound = await readSound(run.reading, path, { rateHz: cut.sound.rateHz });
  // A codec may round the end up to its own frame length; what it adds is nobody's.
  const decoded = { ...cut.sound, channels: sound?.channels ?? cut.sound.channels };
  const fitted = fitTrack(decoded, lengthOf(cut.sound));
  return { ...cut, frames, sound: { ...fitted, map: cut.sound.map } };
}
