import type { Probe, ProbedStream, StreamPackets } from '../../../media/exhibit-media.ts';
import type { DeclaredDelay } from '../../../media/declared-codec-delay.ts';
import type { SoundClock } from '../../../media/sound-clock.ts';
import type { TrackEditList } from '../../../containers/read-edit-lists.ts';

/** Where a file says how many samples of encoder delay come before the sound. */
export type DelaySource = 'skip-samples' | 'edit-list' | 'codec-header' | 'itunsmpb' | 'start-time';

export interface DelayStatement {
  readonly source: DelaySource;
  /** Samples per channel at the stream's rate. */
  readonly samples: number;
  readonly node?: string;
}

export interface EncoderDelay {
  /** Everything that the file says, one entry a source. */
  readonly statements: readonly DelayStatement[];
  /** Samples that players leave out, as the packets have it. */
  readonly skippedSamples: number;
  /** Padding samples at the end that the file tells players to drop. */
  readonly paddingSamples: number;
  /**
   * Samples of delay that the codec's encoders put before the sound although this file says nothing: the sound may be
   * later by up to this much than the file's times say. 0 where the file says, or the codec has none.
   */
  readonly undeclaredSamples: number;
}

/**
 * Delay that usual encoders leave at the start of a stream, per codec, in samples at the frame size named. AAC: 2112 (Apple
 * Technical Note TN2258), ffmpeg's 1024 lies below; MP3: LAME's 576 and the decoder's 529; MP2: the filter bank's 481;
 * AC-3: one overlap of 256; Opus: libopus' 312 at 48 kHz; AMR: 5 ms of look-ahead.
 */
const usualDelay: Readonly<Record<string, { samples: number; perFrameOf?: number }>> = {
  aac: { samples: 2112, perFrameOf: 1024 },
  aac_latm: { samples: 2112, perFrameOf: 1024 },
  mp3: { samples: 1105 },
  mp3float: { samples: 1105 },
  mp2: { samples: 481 },
  mp1: { samples: 481 },
  ac3: { samples: 256 },
  eac3: { samples: 256 },
  opus: { samples: 312 },
  amr_nb: { samples: 40 },
  amr_wb: { samples: 80 },
};

/** Codecs whose first decoded sample is the first recorded one. Vorbis' overlap is dropped by every decoder. */
const withoutDelay = /^(pcm_|adpcm_|flac$|alac$|wavpack$|tta$|ape$|mlp$|truehd$|vorbis$)/;

/** Gathers what a file says about encoder delay of one sound stream, and what it leaves unsaid. */
export function encoderDelay(about: {
  readonly probe: Probe;
  readonly stream: ProbedStream;
  readonly packets: StreamPackets | undefined;
  readonly clock: SoundClock;
  readonly packetSamples: number;
  readonly header: DeclaredDelay | undefined;
  readonly editList: TrackEditList | undefined;
}): EncoderDelay {
  const { probe, stream, packets, clock, packetSamples, header, editList } = about;
  const statements: DelayStatement[] = [];
  const told = packets?.skipSamples.get(0)?.start ?? 0;
  if (told > 0) statements.push({ source: 'skip-samples', samples: told });
  else if (clock.skippedSamples > 0 && header === undefined)
    statements.push({ source: 'start-time', samples: clock.skippedSamples });
  if (header !== undefined)
    statements.push({
      source: 'codec-header',
      samples: header.samples,
      ...(header.node === undefined ? {} : { node: header.node }),
    });
  const first = editList?.entries.find(({ mediaTime }) => mediaTime >= 0);
  if (editList?.node !== undefined && first !== undefined && first.mediaTime > 0 && editList.mediaTimeScale)
    statements.push({
      source: 'edit-list',
      samples: Math.round((first.mediaTime * clock.sampleRateHz) / editList.mediaTimeScale),
      node: editList.node,
    });
  const gapless = readGaplessTag(stream.tags['iTunSMPB'] ?? probe.tags['iTunSMPB']);
  if (gapless !== undefined) statements.push({ source: 'itunsmpb', samples: gapless.delaySamples });

  let paddingSamples = 0;
  for (const { end } of packets?.skipSamples.values() ?? []) paddingSamples += end;
  return {
    statements,
    skippedSamples: clock.skippedSamples,
    paddingSamples,
    undeclaredSamples: statements.some(({ samples }) => samples > 0) ? 0 : unsaid(stream.codec, packetSamples),
  };
}

function unsaid(codec: string, packetSamples: number): number {
  if (withoutDelay.test(codec)) return 0;
  const usual = usualDelay[codec];
  // An unknown codec: no more than a packet can be said.
  if (usual === undefined) return packetSamples;
  const { samples, perFrameOf } = usual;
  return perFrameOf === undefined ? samples : samples * Math.max(1, Math.round(packetSamples / perFrameOf));
}

/** Apple's gapless tag: ` 00000000 00000840 000001CA 00000000003F31F6 …` is delay, padding and length in samples, in hex. */
export function readGaplessTag(
  text: string | undefined,
): { readonly delaySamples: number; readonly paddingSamples: number; readonly lengthSamples: number } | undefined {
  const match = /^\s*[0-9A-Fa-f]{8}\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{8})\s+([0-9A-Fa-f]{16})(?:\s|$)/.exec(text ?? '');
  if (!match) return undefined;
  const [delaySamples, paddingSamples, lengthSamples] = match.slice(1).map((hex) => Number.parseInt(hex, 16));
  return { delaySamples: delaySamples!, paddingSamples: paddingSamples!, lengthSamples: lengthSamples! };
}
