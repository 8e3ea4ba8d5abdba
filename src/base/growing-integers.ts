/**
 * Numbers that come one by one and are mostly whole: in an array of 32-bit integers for as long as each fits, then in one of floats.
 * Half the memory of floats for ticks, sizes and positions of a usual film.
 */
export class GrowingIntegers {
  #values: Int32Array | Float64Array = new Int32Array(1024);
  #length = 0;

  get length(): number {
    return this.#length;
  }

  push(value: number): void {
    if (this.#values instanceof Int32Array && (value | 0) !== value) this.#values = Float64Array.from(this.#values);
    if (this.#length === this.#values.length) this.#grow();
    this.#values[this.#length] = value;
    this.#length += 1;
  }

  /** The numbers so far: a view, not a copy. */
  view(): Int32Array | Float64Array {
    return this.#values.subarray(0, this.#length);
  }

  #grow(): void {
    const capacity = Math.ceil(this.#values.length * 1.5);
    const grown = this.#values instanceof Int32Array ? new Int32Array(capacity) : new Float64Array(capacity);
    grown.set(this.#values);
    this.#values = grown;
  }
}
