import type { PacketLine } from '../tools/parse-packet-lines.ts';
import type { PacketIndex, StreamPackets } from './exhibit-media.ts';

/** Gathers packets into one set of typed arrays a stream, which double as they fill. */
export class PacketColumns {
  readonly #streams = new Map<number, GrowingStream>();

  add(packet: PacketLine): void {
    let stream = this.#streams.get(packet.stream);
    if (stream === undefined) this.#streams.set(packet.stream, (stream = new GrowingStream(packet.stream)));
    stream.add(packet);
  }

  /** Packets by stream, in order of stream number. */
  index(messages: readonly string[]): PacketIndex {
    const streams = [...this.#streams.values()].sort((a, b) => a.stream - b.stream);
    return { streams: streams.map((stream) => stream.packets()), messages };
  }
}

class GrowingStream {
  readonly stream: number;
  #count = 0;
  #pts = new Float64Array(1024);
  #dts = new Float64Array(1024);
  #duration = new Float64Array(1024);
  #sizeBytes = new Float64Array(1024);
  #position = new Float64Array(1024);
  #flags = new Uint8Array(1024);
  readonly #skipSamples = new Map<number, { start: number; end: number }>();

  constructor(stream: number) {
    this.stream = stream;
  }

  add(packet: PacketLine): void {
    const at = this.#count;
    if (at === this.#flags.length) this.#grow();
    this.#pts[at] = packet.pts;
    this.#dts[at] = packet.dts;
    this.#duration[at] = packet.duration;
    this.#sizeBytes[at] = packet.sizeBytes;
    this.#position[at] = packet.position;
    this.#flags[at] = packet.flags;
    if (packet.skipStart > 0 || packet.skipEnd > 0) {
      this.#skipSamples.set(at, { start: packet.skipStart, end: packet.skipEnd });
    }
    this.#count += 1;
  }

  packets(): StreamPackets {
    const count = this.#count;
    return {
      ...{ stream: this.stream, count },
      pts: this.#pts.slice(0, count),
      dts: this.#dts.slice(0, count),
      duration: this.#duration.slice(0, count),
      sizeBytes: this.#sizeBytes.slice(0, count),
      position: this.#position.slice(0, count),
      flags: this.#flags.slice(0, count),
      skipSamples: this.#skipSamples,
    };
  }

  #grow(): void {
    this.#pts = doubled(this.#pts);
    this.#dts = doubled(this.#dts);
    this.#duration = doubled(this.#duration);
    this.#sizeBytes = doubled(this.#sizeBytes);
    this.#position = doubled(this.#position);
    const flags = new Uint8Array(this.#flags.length * 2);
    flags.set(this.#flags);
    this.#flags = flags;
  }
}

function doubled(values: Float64Array<ArrayBuffer>): Float64Array<ArrayBuffer> {
  const grown = new Float64Array(values.length * 2);
  grown.set(values);
  return grown;
}
