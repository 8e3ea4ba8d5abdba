import type { ProbedStream, StreamPackets } from '../../../../src/media/exhibit-media.ts';

export interface PacketInTest {
  readonly pts: number;
  readonly dts?: number;
  readonly duration?: number;
  readonly size?: number;
  readonly key?: boolean;
  readonly discard?: boolean;
  readonly skip?: { readonly start: number; readonly end: number };
}

/** Packets in file order, key ones unless said otherwise. */
export function packetsOf(list: readonly PacketInTest[], stream = 0): StreamPackets {
  return {
    stream,
    count: list.length,
    pts: Float64Array.from(list, (p) => p.pts),
    dts: Float64Array.from(list, (p) => p.dts ?? p.pts),
    duration: Float64Array.from(list, (p) => p.duration ?? NaN),
    sizeBytes: Float64Array.from(list, (p) => p.size ?? 100),
    position: new Float64Array(list.length).fill(NaN),
    flags: Uint8Array.from(list, (p) => (p.key === false ? 0 : 1) | (p.discard === true ? 2 : 0)),
    skipSamples: new Map(list.flatMap((p, i) => (p.skip ? [[i, p.skip] as const] : []))),
  };
}

export function streamOf(more: Partial<ProbedStream> = {}): ProbedStream {
  return {
    index: 0,
    type: 'video',
    codec: 'h264',
    timeBase: { num: 1, den: 1000 },
    startPts: null,
    durationTicks: null,
    attachedPicture: false,
    tags: {},
    printed: {},
    sideData: [],
    ...more,
  };
}

export const soundStream = (more: Partial<ProbedStream> = {}): ProbedStream =>
  streamOf({
    ...{ index: 1, type: 'audio', codec: 'aac', timeBase: { num: 1, den: 48_000 } },
    ...{ sampleRateHz: 48_000, channels: 2 },
    ...more,
  });
