import type { ByteSource } from '../base/bytes.ts';
import { WalkStopped } from './walk-stopped.ts';

const smallWindowBytes = 2 * 1024;
const largeWindowBytes = 64 * 1024;
const growth = 4;
const windowsKept = 4;
/** Reads, from the cache too: what a walk does for each header. Ten hours of live video need fewer. */
const maxCalls = 2_000_000;

interface Window {
  readonly offset: number;
  readonly bytes: Uint8Array;
}

/**
 * Reads headers through a few cached windows and counts what it reads.
 *
 * Structures are mostly short headers, either side by side or megabytes apart. A window somewhere else is small, one that
 * carries on where another ended is four times as large as that, so both cost few reads and neither reads the media itself.
 */
export class WindowedReader {
  readonly sizeBytes: number;
  readonly #source: ByteSource;
  readonly #maxReadBytes: number;
  #windows: Window[] = [];
  #readBytes = 0;
  #calls = 0;

  constructor(source: ByteSource, maxReadBytes: number) {
    this.#source = source;
    this.sizeBytes = source.sizeBytes;
    this.#maxReadBytes = maxReadBytes;
  }

  /** Bytes asked of the source so far. */
  get readBytes(): number {
    return this.#readBytes;
  }

  /**
   * Bytes [offset, offset + length), short only at the end of the source. The array may be a view of the cache:
   * it must not be written to. Throws {@link WalkStopped} when the bound on bytes is reached.
   */
  async read(offset: number, length: number): Promise<Uint8Array> {
    // SECURITY: headers of two bytes, a hundred million of them, fit into the bytes that may be read.
    if (++this.#calls > maxCalls) throw new WalkStopped('bytes');
    const wanted = Math.max(0, Math.min(length, this.sizeBytes - offset));
    if (wanted === 0) return new Uint8Array(0);
    const cached = this.#windows.find((w) => offset >= w.offset && offset + wanted <= w.offset + w.bytes.length);
    if (cached) return cached.bytes.subarray(offset - cached.offset, offset - cached.offset + wanted);
    if (wanted > largeWindowBytes) return this.#fetch(offset, wanted);

    const before = this.#windows.find((w) => offset >= w.offset && offset <= w.offset + w.bytes.length);
    const usual = before === undefined ? smallWindowBytes : Math.min(largeWindowBytes, before.bytes.length * growth);
    const windowBytes = Math.max(wanted, usual);
    const bytes = await this.#fetch(offset, Math.min(windowBytes, this.sizeBytes - offset));
    this.#windows = [{ offset, bytes }, ...this.#windows.slice(0, windowsKept - 1)];
    return bytes.subarray(0, wanted);
  }

  /**
   * One or more bytes from `offset`, at most `length`: what a window holds of them, or a fresh read. For going through
   * long data in whatever pieces come, without reading any of it twice.
   */
  async readSome(offset: number, length: number): Promise<Uint8Array> {
    const window = this.#windows.find((w) => offset >= w.offset && offset < w.offset + w.bytes.length);
    if (window === undefined) return this.read(offset, length);
    const start = offset - window.offset;
    return window.bytes.subarray(start, start + Math.max(0, length));
  }

  async #fetch(offset: number, length: number): Promise<Uint8Array> {
    // SECURITY: one bound over all reads, so that offsets that lead in circles cannot make a walk endless.
    if (this.#readBytes + length > this.#maxReadBytes) throw new WalkStopped('bytes');
    this.#readBytes += length;
    return this.#source.read(offset, length);
  }
}
