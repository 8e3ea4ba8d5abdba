/** The part of fft.js that is used; the package brings no types. */
declare module 'fft.js' {
  export default class FFT {
    constructor(size: number);
    /** Complex transform; both arrays hold 2·size interleaved values. */
    transform(out: Float64Array, data: Float64Array): void;
    /** Transform of `size` real values; fills the first half (bins 0…size/2) of `out`, which holds 2·size values. */
    realTransform(out: Float64Array, data: Float64Array): void;
  }
}
