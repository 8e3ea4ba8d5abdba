import type { ExhibitMedia, StreamPackets } from '../../media/exhibit-media.ts';

/** The frames of a moving picture as they can be known without decoding: one for each packet that is shown, in order of time. */
export interface FrameTimes {
  /** Presentation times in ticks of the stream's time base, ascending; the place is the frame number. */
  readonly pts: readonly number[];
  readonly key: readonly boolean[];
}

/**
 * Frame numbers and times from the packets. A decode may put out fewer frames in a damaged exhibit; the `frames` method
 * tells, and a viewer shows by the hash whether it shows what that method saw.
 */
export function frameTimesOf(packets: StreamPackets): FrameTimes {
  const shown: { pts: number; key: boolean }[] = [];
  for (let i = 0; i < packets.count; i++) {
    const pts = packets.pts[i] ?? Number.NaN;
    const flags = packets.flags[i] ?? 0;
    if (Number.isNaN(pts) || (flags & 2) !== 0) continue;
    shown.push({ pts, key: (flags & 1) !== 0 });
  }
  shown.sort((a, b) => a.pts - b.pts);
  return { pts: shown.map(({ pts }) => pts), key: shown.map(({ key }) => key) };
}

/** Frame times of a stream of an exhibit; empty where its packets cannot be read. */
export async function readFrameTimes(media: ExhibitMedia, stream: number): Promise<FrameTimes> {
  const index = await media.packets();
  const packets = index.status === 'ok' ? index.value.streams.find((one) => one.stream === stream) : undefined;
  return packets === undefined ? { pts: [], key: [] } : frameTimesOf(packets);
}
