import type { ByteSource } from '../base/bytes.ts';
import { detectFormat, detectionBytes } from './detect-format.ts';
import { walkGif } from './gif/walk-gif.ts';
import { walkIsobmff } from './isobmff/walk-isobmff.ts';
import { walkJpeg } from './jpeg/walk-jpeg.ts';
import { walkMatroska } from './matroska/walk-matroska.ts';
import { walkPng } from './png/walk-png.ts';
import { walkRiff } from './riff/walk-riff.ts';
import { StructureBuilder } from './structure-builder.ts';
import { defaultBounds, type ContainerFormat, type Structure, type WalkBounds } from './structure.ts';
import type { WalkContext } from './walk-context.ts';
import { WalkStopped } from './walk-stopped.ts';
import { WindowedReader } from './windowed-reader.ts';

const walkers: Readonly<Record<ContainerFormat, (walk: WalkContext) => Promise<void>>> = {
  isobmff: walkIsobmff,
  matroska: walkMatroska,
  riff: walkRiff,
  webp: walkRiff,
  jpeg: walkJpeg,
  png: walkPng,
  gif: walkGif,
  unknown: () => Promise.resolve(),
};

/**
 * Walks a file's structure: every box, element, chunk or segment with its place, what it is, and the fields that matter.
 * Media data is not read (a JPEG's is, to find where it ends).
 *
 * What is wrong with the file is in `errors`; nothing in a file makes this throw, loop, or read, nest or collect more than
 * the bounds allow. A format that no walker reads gives `unknown` without nodes. Only a source that cannot be read throws.
 */
export async function walkStructure(source: ByteSource, bounds: WalkBounds = defaultBounds): Promise<Structure> {
  const head = await source.read(0, detectionBytes);
  const format = detectFormat(head);
  const tree = new StructureBuilder(format, bounds);
  const reader = new WindowedReader(source, bounds.maxReadBytes);
  try {
    await walkers[format]({ reader, tree, bounds });
  } catch (error) {
    if (!(error instanceof WalkStopped)) throw error;
    tree.stoppedBy(error.bound);
  }
  return tree.finish();
}
