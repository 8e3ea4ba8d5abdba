import { GrowingIntegers } from '../base/growing-integers.ts';
import type { PacketLine } from '../tools/parse-packet-lines.ts';
import type { PacketIndex, StreamPackets } from './exhibit-media.ts';

/** Gathers packets into one set of typed arrays a stream, which grow as they fill. */
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
  readonly #pts = new GrowingIntegers();
  readonly #dts = new GrowingIntegers();
  readonly #duration = new GrowingIntegers();
  readonly #sizeBytes = new GrowingIntegers();
  readonly #position = new GrowingIntegers();
  #flags = new Uint8Array(1024);
  readonly #skipSamples = new Map<number, { start: number; end: number }>();

  constructor(stream: number) {
    this.stream = stream;
  }

  add(packet: PacketLine): void {
    const at = this.#pts.length;
    if (at === this.#flags.length) {
      const flags = new Uint8Array(this.#flags.length * 2);
      flags.set(this.#flags);
      this.#flags = flags;
    }
    this.#flags[at] = packet.flags;
    this.#pts.push(packet.pts);
    this.#dts.push(packet.dts);
    this.#duration.push(packet.duration);
    this.#sizeBytes.push(packet.sizeBytes);
    this.#position.push(packet.position);
    if (packet.skipStart > 0 || packet.skipEnd > 0) {
      this.#skipSamples.set(at, { start: packet.skipStart, end: packet.skipEnd });
    }
  }

  packets(): StreamPackets {
    const count = this.#pts.length;
    return {
      ...{ stream: this.stream, count },
      pts: this.#pts.view(),
      dts: this.#dts.view(),
      duration: this.#duration.view(),
      sizeBytes: this.#sizeBytes.view(),
      position: this.#position.view(),
      flags: this.#flags.subarray(0, count),
      skipSamples: this.#skipSamples,
    };
  }
}
