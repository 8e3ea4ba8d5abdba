import { GrowingFloats } from '../../base/growing-floats.ts';
import type { FrameHash } from '../../media/taps.ts';

/** Every decoded frame's time, duration, size and hash, by decode index; hashes are kept as bytes, 16 a frame for murmur3. */
export class FrameList {
  readonly #pts = new GrowingFloats();
  readonly #durations = new GrowingFloats();
  #hashes = new Uint8Array(0);
  #hashBytes = 0;
  #lastSize = 0;
  /** Decode indexes at which a frame's size in bytes differs from the one before: the picture's size or format changed. */
  readonly sizeChanges: number[] = [];

  get count(): number {
    return this.#pts.length;
  }

  add(frame: FrameHash): void {
    if (this.count === 0) this.#hashBytes = frame.hash.length / 2;
    else if (frame.sizeBytes !== this.#lastSize) this.sizeChanges.push(frame.index);
    this.#lastSize = frame.sizeBytes;
    const at = this.count * this.#hashBytes;
    if (at + this.#hashBytes > this.#hashes.length) {
      const grown = new Uint8Array(Math.max(1024 * this.#hashBytes, Math.ceil(this.#hashes.length * 1.5)));
      grown.set(this.#hashes);
      this.#hashes = grown;
    }
    this.#hashes.set(Buffer.from(frame.hash, 'hex'), at);
    this.#pts.push(frame.pts ?? NaN);
    this.#durations.push(frame.durationTicks);
  }

  /** Presentation times in ticks; NaN where the decoder gave none. */
  pts(): Float64Array {
    return this.#pts.view();
  }

  durations(): Float64Array {
    return this.#durations.view();
  }

  hash(index: number): string {
    const at = index * this.#hashBytes;
    return Buffer.from(this.#hashes.buffer, at, this.#hashBytes).toString('hex');
  }

  /** True when two frames are the same, bit for bit. */
  same(a: number, b: number): boolean {
    const size = this.#hashBytes;
    for (let i = 0; i < size; i += 1) if (this.#hashes[a * size + i] !== this.#hashes[b * size + i]) return false;
    return true;
  }

  /** The first 48 bits of a hash as a number, for sorting. */
  shortHash(index: number): number {
    const at = index * this.#hashBytes;
    let value = 0;
    for (let i = 0; i < 6; i += 1) value = value * 256 + (this.#hashes[at + i] ?? 0);
    return value;
  }
}
