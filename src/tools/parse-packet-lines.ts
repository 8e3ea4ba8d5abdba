/** One packet as ffprobe told it; NaN where it said N/A. */
export interface PacketLine {
  stream: number;
  pts: number;
  dts: number;
  duration: number;
  sizeBytes: number;
  position: number;
  /** Bit 0 key, bit 1 discard, bit 2 corrupt. */
  flags: number;
  /** Samples to be skipped at its start and end, where told; else both 0. */
  skipStart: number;
  skipEnd: number;
}

const bar = 0x7c;
const lineFeed = 0x0a;
const minus = 0x2d;
const zero = 0x30;
const nine = 0x39;

/**
 * Reads the bytes that `-of compact=nk=1:p=0` prints for packets (`stream|pts|dts|duration|size|position|flags`, then side data), in
 * pieces of any length. `take` gets one object that is used again for the next packet.
 *
 * Digits are read from the bytes: a two-hour file has a million packets, and a string for each number would cost more
 * time than ffprobe itself.
 */
export class PacketLineParser {
  readonly #take: (packet: PacketLine) => void;
  readonly #packet: PacketLine;
  readonly #numbers = new Float64Array(6);
  /** The number read last; an object for each would be most of the work. */
  readonly #read = { value: NaN, next: -1 };
  #rest: Buffer = Buffer.alloc(0);
  /** Lines that were no packet. */
  unread = 0;

  constructor(take: (packet: PacketLine) => void) {
    this.#take = take;
    this.#packet = {
      ...{ stream: 0, pts: NaN, dts: NaN, duration: NaN, sizeBytes: NaN, position: NaN },
      ...{ flags: 0, skipStart: 0, skipEnd: 0 },
    };
  }

  add(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    let start = 0;
    for (let end = bytes.indexOf(lineFeed); end >= 0; end = bytes.indexOf(lineFeed, start)) {
      this.#line(bytes, start, end);
      start = end + 1;
    }
    // A line that never ends is no packet; it is not gathered for ever.
    // Copied: the chunk is only there for this call.
    this.#rest = bytes.length - start > 65_536 ? Buffer.alloc(0) : Buffer.from(bytes.subarray(start));
  }

  /** Takes a last line without a line feed. */
  end(): void {
    this.#line(this.#rest, 0, this.#rest.length);
    this.#rest = Buffer.alloc(0);
  }

  #line(bytes: Buffer, start: number, end: number): void {
    if (start === end) return;
    let at = start;
    for (let field = 0; field < 6; field += 1) {
      const read = this.#read;
      readNumber(bytes, at, end, read);
      if (read.next < 0) {
        this.unread += 1;
        return;
      }
      this.#numbers[field] = read.value;
      at = read.next;
    }
    const flags = readFlags(bytes, at, end);
    const stream = this.#numbers[0] ?? NaN;
    if (flags < 0 || !Number.isInteger(stream) || stream < 0) {
      this.unread += 1;
      return;
    }
    const packet = this.#packet;
    packet.stream = stream;
    packet.pts = this.#numbers[1] ?? NaN;
    packet.dts = this.#numbers[2] ?? NaN;
    packet.duration = this.#numbers[3] ?? NaN;
    packet.sizeBytes = this.#numbers[4] ?? NaN;
    packet.position = this.#numbers[5] ?? NaN;
    packet.flags = flags;
    packet.skipStart = 0;
    packet.skipEnd = 0;
    const sideData = bytes.indexOf(bar, at);
    if (sideData >= 0 && sideData < end) readSkip(bytes.toString('latin1', sideData, end), packet);
    this.#take(packet);
  }
}

/** A decimal number or N/A, and where the next field begins; -1 where the field is neither or the line ends. */
function readNumber(bytes: Buffer, at: number, end: number, result: { value: number; next: number }): void {
  result.next = -1;
  const negative = bytes[at] === minus;
  let value = 0;
  let i = negative ? at + 1 : at;
  const first = i;
  for (; i < end; i += 1) {
    const byte = bytes[i] ?? 0;
    if (byte === bar) break;
    if (byte < zero || byte > nine) {
      if (bytes.toString('latin1', at, at + 4) !== 'N/A|') return;
      result.value = NaN;
      result.next = at + 4;
      return;
    }
    value = value * 10 + (byte - zero);
  }
  if (i === first || i >= end) return;
  result.value = negative ? -value : value;
  result.next = i + 1;
}

/** `K__` and the like as bits; -1 where the field is something else. Shorter forms are those of older versions. */
function readFlags(bytes: Buffer, at: number, end: number): number {
  let flags = 0;
  let i = at;
  for (; i < end && bytes[i] !== bar; i += 1) {
    const byte = bytes[i];
    if (byte === 0x4b) flags |= 1;
    else if (byte === 0x44) flags |= 2;
    else if (byte === 0x43) flags |= 4;
    else if (byte !== 0x5f) return -1;
  }
  return i === at ? -1 : flags;
}

function readSkip(text: string, packet: PacketLine): void {
  const match = /\|Skip Samples\|(\d+)\|(\d+)/.exec(text);
  if (!match) return;
  packet.skipStart = Number(match[1]);
  packet.skipEnd = Number(match[2]);
}
