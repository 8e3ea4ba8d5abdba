import type { Structure } from '../containers/structure.ts';
import { childrenOf, nodesOfType, numberField } from '../containers/structure-query.ts';
import type { ProbedStream } from './exhibit-media.ts';

/** Encoder delay of a stream that its header states, apart from skip-samples side data. */
export interface DeclaredDelay {
  readonly samples: number;
  /** Path of the node that states it; absent where ffprobe printed it. */
  readonly node?: string;
}

/**
 * Encoder delay that headers state, per ffprobe stream index: Matroska `CodecDelay` (RFC 9559 §5.1.4.1.25, in ns), the Opus
 * box's pre-skip (Encapsulation of Opus in ISO BMFF §4.3.2), or `initial_padding` where this ffprobe prints it.
 */
export function declaredCodecDelays(
  structure: Structure,
  streams: readonly ProbedStream[],
): Map<number, DeclaredDelay> {
  const delays = new Map<number, DeclaredDelay>();
  for (const stream of streams) {
    const printed = Number(stream.printed['initial_padding'] ?? 0);
    if (stream.type === 'audio' && printed > 0) delays.set(stream.index, { samples: printed });
  }
  const tracks =
    structure.format === 'matroska'
      ? nodesOfType(structure, 'TrackEntry').map((track) => {
          const node = childrenOf(structure, track.id).find(({ type }) => type === 'CodecDelay');
          return { node, nanoseconds: numberField(node, 'value') };
        })
      : [];
  tracks.forEach(({ node, nanoseconds }, index) => {
    const stream = streams.find((one) => one.index === index && one.type === 'audio');
    if (stream === undefined || node === undefined || nanoseconds === undefined || nanoseconds <= 0) return;
    delays.set(index, { samples: Math.round((nanoseconds * (stream.sampleRateHz ?? 0)) / 1e9), node: node.path });
  });
  if (structure.format === 'isobmff') {
    nodesOfType(structure, 'trak').forEach((track, index) => {
      const stream = streams.find((one) => one.index === index && one.codec === 'opus');
      const box = nodesOfType(structure, 'dOps').find(({ path }) => path.startsWith(`${track.path}/`));
      const samples = numberField(box, 'preSkip');
      if (stream && box && samples !== undefined && samples > 0) delays.set(index, { samples, node: box.path });
    });
  }
  return delays;
}

/**
 * Samples that ffmpeg's decoder drops by itself at the start, although no packet says so: those of Opus, whose decoder reads
 * the pre-skip from its header (RFC 7845 §5.1). Other decoders put encoder delay out unless side data says otherwise.
 */
export function decoderOwnSkip(stream: ProbedStream, delays: ReadonlyMap<number, DeclaredDelay>): number {
  return stream.codec === 'opus' ? (delays.get(stream.index)?.samples ?? 0) : 0;
}
