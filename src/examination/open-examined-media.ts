import { decodeCommand } from '../media/decode/command.ts';
import { decode } from '../media/decode/decode.ts';
import { extractFrames } from '../media/decode/extract-frames.ts';
import { openExhibitMedia } from '../media/open-exhibit-media.ts';
import { packetsArguments } from '../tools/ffprobe-packets.ts';
import { probeArguments } from '../tools/ffprobe-probe.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { ExaminedMedia, RunRecord } from './examine-exhibit.ts';

/** The read-only copy that is examined. */
export interface ExaminedFile {
  /** Absolute folder of the copy. */
  readonly folder: string;
  readonly fileName: string;
  readonly originalName: string;
  readonly sha256: string;
}

/** Opens an exhibit's copy for one examination, with every external program that reading it starts kept for the record. */
export async function openExaminedMedia(
  file: ExaminedFile,
  toolbox: Toolbox,
  signal: AbortSignal,
): Promise<ExaminedMedia> {
  const reading: RunRecord[] = [];
  const media = await openExhibitMedia({
    ...file,
    toolbox,
    signal,
    onRun: (run) => reading.push(run),
  });
  return {
    media,
    readingRuns: () => reading,
    readingCommands: () => [
      ['ffprobe', ...probeArguments(media.fileName)],
      ['ffprobe', ...packetsArguments(media.fileName)],
    ],
    decode: (subscriptions, signalOfRun, progress, onRun) =>
      decode({ media, subscriptions, toolbox, signal: signalOfRun, progress, onRun }),
    async command(taps) {
      const probe = await media.probe();
      if (probe.status !== 'ok') return [];
      const command = decodeCommand(probe.value, taps, media.fileName);
      return command.length === 0 ? [] : [command];
    },
    extract: (stream, indexes, signalOfRun, onRun) =>
      extractFrames({ media, toolbox, stream, indexes, signal: signalOfRun, onRun }),
  };
}
