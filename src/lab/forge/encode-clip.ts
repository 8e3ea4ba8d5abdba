import { AssayError } from '../../base/errors.ts';
import type { Progress } from '../../base/progress.ts';
import { inputArguments } from '../../tools/media-input.ts';
import { runTool } from '../../tools/run-tool.ts';
import type { ClipReading } from './clip-reader.ts';
import type { Cut } from './cut.ts';
import { outputArguments } from './encode-arguments.ts';
import type { Encoding } from './encoding-choice.ts';
import { pipeClip, type RawDigests } from './pipe-clip.ts';
import type { PictureSource } from './picture-source.ts';

/** One pass through an encoder, as the truth tells it. */
export interface Pass {
  readonly encoding: Encoding;
  /** Digest of the yuv420p frames that went in; null where the picture's packets were copied. */
  readonly framesSha256: string | null;
  /** Digest of the interleaved 16-bit samples that went in; null without sound. */
  readonly pcmSha256: string | null;
  /** Arguments of ffmpeg; names are relative to the folder it worked in. */
  readonly arguments: string[];
}

export interface EncodeJob {
  /** Folder to write in; ffmpeg may write nowhere else. */
  readonly folder: string;
  readonly fileName: string;
  /** What a person calls the clip, for messages. */
  readonly shownAs: string;
  readonly encoding: Encoding;
  readonly cut: Cut;
  /** Frames to draw, or the clip beside whose picture packets the sound is laid. */
  readonly picture: { readonly drawn: PictureSource } | { readonly copied: { folder: string; fileName: string } };
  readonly progress: Progress;
}

const limits = { timeMs: 4 * 60 * 60_000 };

function inputs(job: EncodeJob): string[] {
  const pipe = ['-protocol_whitelist', 'pipe,file', '-f', 'matroska', '-i', 'pipe:0'];
  if ('drawn' in job.picture) {
    return [...pipe, '-map', '0:v:0', ...(job.cut.sound ? ['-map', '0:a:0'] : [])];
  }
  const lead = job.cut.containerLeadMs / 1000;
  const picture = [...(lead > 0 ? ['-itsoffset', String(lead)] : []), ...inputArguments(job.picture.copied.fileName)];
  const sound = job.cut.sound ? [...(lead < 0 ? ['-itsoffset', String(-lead)] : []), ...pipe] : [];
  return [...picture, ...sound, '-map', '0:v:0?', ...(job.cut.sound ? ['-map', '1:a:0'] : [])];
}

/** Encodes a cut into a file. Throws `clip-not-made` with what ffmpeg said; a cancelled or failed file may be left. */
export async function encodeClip(reading: ClipReading, job: EncodeJob): Promise<Pass> {
  const { toolbox, signal, onRun } = reading;
  const ffmpeg = await toolbox.require('ffmpeg');
  const { cut, encoding, picture } = job;
  const drawn = 'drawn' in picture ? picture.drawn : undefined;
  const encoded = {
    height: drawn?.height ?? 0,
    constantRate: cut.frames.constant,
    hasPicture: drawn ? ('piped' as const) : ('copied' as const),
    hasSound: cut.sound !== undefined,
  };
  // Where the source's folder is the working folder, the output is named by its whole path.
  const folder = 'copied' in picture ? picture.copied.folder : job.folder;
  const output = 'copied' in picture ? `${job.folder}/${job.fileName}` : job.fileName;
  const args = [
    ...['-hide_banner', '-v', 'level+warning', '-nostdin'],
    ...inputs(job),
    ...outputArguments(encoding, encoded, output),
  ];
  let digests: RawDigests | undefined;
  const { run, messages } = await runTool(toolbox, ffmpeg, args, {
    folder,
    outputs: {},
    writable: [job.folder],
    limits,
    ...(signal ? { signal } : {}),
    ...(onRun ? { onRun } : {}),
    ...(drawn || cut.sound
      ? { stdin: async (stream) => void (digests = await pipeClip(cut, drawn, stream, job.progress)) }
      : {}),
  });
  if (run.exitCode !== 0) {
    throw new AssayError('clip-not-made', {
      path: job.shownAs,
      reason: messages.at(-1) ?? run.stoppedBy ?? `ffmpeg ${String(run.exitCode)}`,
    });
  }
  const shown = (argument: string): string => (argument === `file:${output}` ? `file:${job.fileName}` : argument);
  return {
    encoding,
    framesSha256: drawn ? (digests?.framesSha256 ?? null) : null,
    pcmSha256: digests?.pcmSha256 ?? null,
    arguments: args.map(shown),
  };
}
