import { AssayError, isAssayError } from '../../base/errors.ts';
import { silent, type Progress } from '../../base/progress.ts';
import { ticksToMs } from '../../base/rational.ts';
import { ffmpegRun } from '../../tools/ffmpeg-run.ts';
import type { OutputReader, ToolRun, ToolRunResult } from '../../tools/run-tool.ts';
import type { Toolbox } from '../../tools/toolbox.ts';
import type { ExhibitMedia } from '../exhibit-media.ts';
import type { DecodeFailure, DecodeOutcome } from '../taps.ts';
import { decodeArguments } from './command.ts';
import { Consumers, type OwnedSubscription } from './consumers.ts';
import { decodeTimeMs, defaultDecodeLimits, type DecodeLimits } from './decode-limits.ts';
import { planDecode, type DecodePlan } from './plan.ts';
import { reportEvery } from './report-every.ts';
import { readAudio } from './read-audio.ts';
import { readVideo, type VideoReading } from './read-video.ts';

export interface DecodeRequest {
  readonly media: ExhibitMedia;
  readonly subscriptions: readonly OwnedSubscription[];
  readonly toolbox: Toolbox;
  readonly signal?: AbortSignal;
  readonly progress?: Progress;
  readonly limits?: Partial<DecodeLimits>;
  readonly onRun?: (run: ToolRun) => void;
}

/**
 * The one decode of an exhibit (docs/adr/0007-one-decode-many-pipes.md): a single run of ffmpeg feeds every subscription, each stream is
 * decoded once, and equal taps share a pipe. Consumers are waited for, so memory does not grow with the exhibit's length.
 *
 * FORENSIC: frames are those that a player would show: packets that the container's edit list hides are not among them (the
 * `packets` method counts those). Every frame is hashed, and each pipe's frames are counted against the hashes; where they
 * differ the outcome is `frames-mismatch`. What the decoder made up for damaged parts is in the frames; it says so in `messages`.
 *
 * Settles with how it ended. Throws `cancelled`, `tool-missing`, `tool-changed` and `tool-unusable`.
 */
export async function decode(request: DecodeRequest): Promise<DecodeOutcome> {
  const { media, toolbox } = request;
  const limits = { ...defaultDecodeLimits, ...request.limits };
  const taps = request.subscriptions.map(({ subscription }) => subscription.tap);
  if (taps.length === 0) return { status: 'complete', messages: [], streams: {} };
  const probe = await media.probe();
  if (probe.status !== 'ok') {
    const streams = Object.fromEntries(taps.map(({ stream }) => [stream, 'undecodable' as const]));
    return { status: 'incomplete', reason: 'undecodable', messages: probe.messages, streams };
  }
  const plan = planDecode(probe.value, taps, limits);
  const consumers = new Consumers(request.subscriptions);
  if (plan.streams.length === 0) return outcomeOf(plan, undefined, new Map(), consumers);

  const progress = reportEvery(request.progress ?? silent, probe.value.startMs ?? 0, probe.value.durationMs);
  const videos = new Map<number, VideoReading>();
  const outputs: Record<number, OutputReader> = {};
  for (const stream of plan.streams) {
    if (stream.kind === 'audio') {
      Object.assign(outputs, readAudio(stream, consumers, progress.seconds));
      continue;
    }
    const video = readVideo(stream, consumers, (pts) => {
      if (pts !== null) progress.at(ticksToMs(pts, stream.timeBase));
    });
    videos.set(stream.stream, video);
    Object.assign(outputs, video.outputs);
  }

  const nobodyLeft = new AbortController();
  const signals = [nobodyLeft.signal, ...(request.signal === undefined ? [] : [request.signal])];
  consumers.onAllFailed = () => {
    nobodyLeft.abort();
  };
  let result: ToolRunResult | undefined;
  try {
    result = await ffmpegRun(toolbox, decodeArguments(plan, media.fileName, limits), {
      folder: media.folder,
      outputs,
      limits: { timeMs: decodeTimeMs(limits, probe.value.durationMs), memoryBytes: limits.memoryBytes },
      signal: AbortSignal.any(signals),
      ...(request.onRun === undefined ? {} : { onRun: request.onRun }),
    });
  } catch (error) {
    if (!isAssayError(error, 'cancelled') || request.signal?.aborted === true || !consumers.allFailed) throw error;
  }
  return outcomeOf(plan, result, videos, consumers);
}

function outcomeOf(
  plan: DecodePlan,
  result: ToolRunResult | undefined,
  videos: ReadonlyMap<number, VideoReading>,
  consumers: Consumers,
): DecodeOutcome {
  const runFailure = plan.streams.length === 0 ? undefined : failureOfRun(result);
  const streams: Record<number, 'complete' | DecodeFailure> = Object.fromEntries(plan.refused);
  for (const { stream } of plan.streams) {
    const agrees = videos.get(stream)?.agrees() ?? true;
    streams[stream] = runFailure ?? (agrees ? 'complete' : 'frames-mismatch');
  }
  const messages = result?.messages ?? [];
  const consumerErrors = [...consumers.errors].map(([owner, error]) => ({ owner, error }));
  const common = { messages, streams, ...(consumerErrors.length === 0 ? {} : { consumerErrors }) };
  const reason = runFailure ?? Object.values(streams).find((ending) => ending !== 'complete');
  if (reason === undefined) return { status: 'complete', ...common };
  return { status: 'incomplete', reason, ...common };
}

function failureOfRun(result: ToolRunResult | undefined): DecodeFailure | undefined {
  // Stopped because every consumer had failed: nothing is known about the rest.
  if (result === undefined) return 'tool-failed';
  const { stoppedBy, exitCode } = result.run;
  if (stoppedBy === 'cancelled') throw new AssayError('defect', { what: 'a cancelled run ended without an error' });
  return stoppedBy ?? (exitCode === 0 ? undefined : 'tool-failed');
}
