import { join } from 'node:path';
import { walkStructure } from '../containers/walk-structure.ts';
import { ffprobePackets } from '../tools/ffprobe-packets.ts';
import { ffprobeProbe } from '../tools/ffprobe-probe.ts';
import type { ToolLimits, ToolRun, ToolRunResult } from '../tools/run-tool.ts';
import type { Toolbox } from '../tools/toolbox.ts';
import type { ExhibitMedia, PacketIndex, Probe, ProbedStream, Readable, StillPicture } from './exhibit-media.ts';
import { openFileBytes } from './file-bytes.ts';
import { PacketColumns } from './packet-columns.ts';
import { readPicture } from './picture.ts';
import { readProbe } from './probe-record.ts';

export interface OpenOptions {
  /** Folder that holds the read-only copy; external programs run in it. Absolute. */
  readonly folder: string;
  readonly fileName: string;
  readonly originalName: string;
  readonly sha256: string;
  readonly toolbox: Toolbox;
  readonly signal?: AbortSignal;
  /** Told every external program run, as it ends. */
  readonly onRun?: (run: ToolRun) => void;
  readonly limits?: Partial<ToolLimits>;
}

/** Enough for the packets of a file of many hours, on a slow disk. */
const defaultLimits: ToolLimits = { timeMs: 10 * 60_000, memoryBytes: 2 * 1024 ** 3 };

/**
 * Opens one exhibit's content. Each answer is worked out when first asked for and kept; answers that do not depend on
 * each other may be asked for at the same time. Rejects with the `node:fs` error where the copy cannot be opened.
 *
 * Probe and packets are two runs of ffprobe and not one: FORENSIC: after reading all packets ffprobe prints some stream
 * values differently (`nb_read_packets`, durations of streams without one), and what the probe says must not depend on
 * what else was asked. The short run costs 0.1 s, beside the long one.
 */
export async function openExhibitMedia(options: OpenOptions): Promise<ExhibitMedia> {
  const { folder, fileName } = options;
  const bytes = await openFileBytes(join(folder, fileName));
  const reading = {
    ...{ folder, fileName, limits: { ...defaultLimits, ...options.limits } },
    ...(options.signal === undefined ? {} : { signal: options.signal }),
    ...(options.onRun === undefined ? {} : { onRun: options.onRun }),
  };
  const structure = once(() => walkStructure(bytes));
  const picture = once((): Promise<Readable<StillPicture>> => readPicture(join(folder, fileName)));
  const probe = once(async (): Promise<Readable<Probe>> => {
    if (bytes.sizeBytes === 0) return unreadable('not-media', []);
    const result = await ffprobeProbe(options.toolbox, reading);
    return refused(result) ?? { status: 'ok', value: readProbe(result.text, result.messages) };
  });
  const packets = once(async (): Promise<Readable<PacketIndex>> => {
    if (bytes.sizeBytes === 0) return unreadable('not-media', []);
    const columns = new PacketColumns();
    const result = await ffprobePackets(options.toolbox, reading, (packet) => {
      columns.add(packet);
    });
    return refused(result) ?? { status: 'ok', value: columns.index(result.messages) };
  });
  const streams = async (): Promise<readonly ProbedStream[]> => {
    const probed = await probe();
    return probed.status === 'ok' ? probed.value.streams : [];
  };
  return {
    ...{ sha256: options.sha256, folder, fileName, originalName: options.originalName, bytes },
    ...{ structure, probe, packets, picture },
    async mainVideo() {
      const probed = await probe();
      if (probed.status !== 'ok' || isStillFormat(probed.value.formatName)) return undefined;
      return probed.value.streams.find((stream) => isMovingPicture(stream));
    },
    mainAudio: async () =>
      (await streams()).find((stream) => stream.type === 'audio' && stream.sampleRateHz !== undefined),
    close: () => bytes.close(),
  };
}

/** True for a video stream whose picture has a size and is no cover. */
function isMovingPicture(stream: ProbedStream): boolean {
  return (
    stream.type === 'video' && !stream.attachedPicture && stream.width !== undefined && stream.height !== undefined
  );
}

/** ffprobe's names for a file that is one picture: `image2`, `png_pipe`, … */
function isStillFormat(formatName: string): boolean {
  return formatName === 'image2' || formatName.endsWith('_pipe');
}

/** The reason why a run of ffprobe gave nothing to rely on; undefined when it did. */
function refused(result: ToolRunResult): Readable<never> | undefined {
  const { run, messages } = result;
  if (run.stoppedBy === 'time-limit' || run.stoppedBy === 'memory-limit') return unreadable(run.stoppedBy, messages);
  if (run.exitCode === 0) return undefined;
  // ffprobe ends with 1 for what it cannot read; a signal is a crash.
  const withoutPermission = messages.some((line) => /permission denied|no such file|input\/output error/i.test(line));
  return unreadable(run.exitCode === 1 && !withoutPermission ? 'not-media' : 'tool-failed', messages);
}

function unreadable(reason: string, messages: readonly string[]): Readable<never> {
  return { status: 'unreadable', reason, messages };
}

/** Works a promise out once, when first asked; everyone gets the same one. */
function once<T>(work: () => Promise<T>): () => Promise<T> {
  let promise: Promise<T> | undefined;
  return () => (promise ??= work());
}
