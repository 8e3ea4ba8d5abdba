export interface ByteStatistics {
  /** Shannon entropy in bits a byte: 0 for one value only, 8 for all values alike. */
  readonly entropyBits: number;
  /** Share of zero bytes, 0…1. */
  readonly zeroShare: number;
}

/** Counts byte values over pieces that come one after the other. */
export class ByteHistogram {
  readonly #counts = new Float64Array(256);
  #total = 0;

  add(bytes: Uint8Array): void {
    for (const byte of bytes) this.#counts[byte] = (this.#counts[byte] ?? 0) + 1;
    this.#total += bytes.length;
  }

  statistics(): ByteStatistics {
    if (this.#total === 0) return { entropyBits: 0, zeroShare: 0 };
    let entropyBits = 0;
    for (const count of this.#counts) {
      if (count === 0) continue;
      const share = count / this.#total;
      entropyBits -= share * Math.log2(share);
    }
    return { entropyBits: Math.max(0, entropyBits), zeroShare: (this.#counts[0] ?? 0) / this.#total };
  }
}
