import { cosineOfTurns, exponential } from '../elementary.ts';

/** Two-pole resonator with gain 1 at 0 Hz (Klatt 1980, eq. 1–3): y = a·x + b·y₁ + c·y₂. */
export class Resonator {
  a = 1;
  b = 0;
  c = 0;
  y1 = 0;
  y2 = 0;

  /** Sets frequency and bandwidth; the state is kept, so it may be called while sounding. */
  tune(hz: number, bandwidthHz: number, sampleRateHz: number): void {
    const radius = exponential((-Math.PI * bandwidthHz) / sampleRateHz);
    this.c = -radius * radius;
    this.b = 2 * radius * cosineOfTurns(hz / sampleRateHz);
    this.a = 1 - this.b - this.c;
  }

  step(x: number): number {
    const y = this.a * x + this.b * this.y1 + this.c * this.y2;
    this.y2 = this.y1;
    this.y1 = y;
    return y;
  }
}

/** A resonator whose gain is about 1 at its own frequency instead, with a zero at 0 Hz: a band of friction noise. */
export class NoiseBand {
  readonly #resonator = new Resonator();
  #gain = 1;
  #x1 = 0;
  #x2 = 0;

  tune(hz: number, bandwidthHz: number, sampleRateHz: number): void {
    // Near half the sampling rate there is nothing left to resonate.
    const limited = hz > sampleRateHz * 0.42 ? sampleRateHz * 0.42 : hz;
    this.#resonator.tune(limited, bandwidthHz, sampleRateHz);
    const radiusSquared = -this.#resonator.c;
    this.#gain = (1 - radiusSquared) / 2;
  }

  step(x: number): number {
    const r = this.#resonator;
    const y = this.#gain * (x - this.#x2) + r.b * r.y1 + r.c * r.y2;
    r.y2 = r.y1;
    r.y1 = y;
    this.#x2 = this.#x1;
    this.#x1 = x;
    return y;
  }
}
