/**
 * A Matroska stream of raw pictures and PCM, as little of the format as ffmpeg needs to read it from a pipe: the one
 * way to hand it pictures at any times together with their sound. Times are in microseconds.
 * Matroska: RFC 9559; element ids and lengths: RFC 8794 (EBML).
 */
export interface RawStreams {
  readonly picture?: { readonly width: number; readonly height: number };
  /** Duration of a frame whose successor does not tell it, nanoseconds. */
  readonly frameNs: number;
  readonly sound?: { readonly sampleRateHz: number; readonly channels: number };
}

const id = {
  ebml: 0x1a45dfa3,
  docType: 0x4282,
  segment: 0x18538067,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  trackEntry: 0xae,
  trackNumber: 0xd7,
  trackUid: 0x73c5,
  trackType: 0x83,
  codecId: 0x86,
  defaultDuration: 0x23e383,
  video: 0xe0,
  pixelWidth: 0xb0,
  pixelHeight: 0xba,
  colourSpace: 0x2eb524,
  audio: 0xe1,
  samplingFrequency: 0xb5,
  channels: 0x9f,
  bitDepth: 0x6264,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  simpleBlock: 0xa3,
} as const;

function idBytes(value: number): number[] {
  const bytes: number[] = [];
  for (let rest = value; rest > 0; rest = Math.floor(rest / 256)) bytes.unshift(rest % 256);
  return bytes;
}

/** An eight-byte length: always enough, and no need to choose. */
function lengthBytes(value: number): number[] {
  const bytes = [1, 0, 0, 0, 0, 0, 0, 0];
  for (let i = 7, rest = value; i > 0; i--, rest = Math.floor(rest / 256)) bytes[i] = rest % 256;
  return bytes;
}

const unknownLength = [1, 255, 255, 255, 255, 255, 255, 255];

function element(elementId: number, content: readonly number[]): number[] {
  return [...idBytes(elementId), ...lengthBytes(content.length), ...content];
}

function unsigned(elementId: number, value: number): number[] {
  const bytes = idBytes(value);
  return element(elementId, bytes.length === 0 ? [0] : bytes);
}

function text(elementId: number, value: string): number[] {
  return element(elementId, [...new TextEncoder().encode(value)]);
}

function float64(elementId: number, value: number): number[] {
  const bytes = new Uint8Array(8);
  new DataView(bytes.buffer).setFloat64(0, value);
  return element(elementId, [...bytes]);
}

/** The stream's head: picture is track 1 (I420), sound track 2 (16-bit little-endian PCM). */
export function matroskaHead(streams: RawStreams): Uint8Array {
  const track = (number: number, type: number, codec: string, rest: readonly number[]): number[] =>
    element(id.trackEntry, [
      ...unsigned(id.trackNumber, number),
      ...unsigned(id.trackUid, number),
      ...unsigned(id.trackType, type),
      ...text(id.codecId, codec),
      ...rest,
    ]);
  const picture =
    streams.picture === undefined
      ? []
      : track(1, 1, 'V_UNCOMPRESSED', [
          ...unsigned(id.defaultDuration, streams.frameNs),
          ...element(id.video, [
            ...unsigned(id.pixelWidth, streams.picture.width),
            ...unsigned(id.pixelHeight, streams.picture.height),
            ...text(id.colourSpace, 'I420'),
          ]),
        ]);
  const sound =
    streams.sound === undefined
      ? []
      : track(2, 2, 'A_PCM/INT/LIT', [
          ...element(id.audio, [
            ...float64(id.samplingFrequency, streams.sound.sampleRateHz),
            ...unsigned(id.channels, streams.sound.channels),
            ...unsigned(id.bitDepth, 16),
          ]),
        ]);
  return Uint8Array.from([
    ...element(id.ebml, text(id.docType, 'matroska')),
    ...idBytes(id.segment),
    ...unknownLength,
    ...element(id.info, unsigned(id.timestampScale, 1000)),
    ...element(id.tracks, [...picture, ...sound]),
  ]);
}

/** What stands before one block's bytes: a cluster of its own, so that any time can be written. */
export function blockHead(track: 1 | 2, timeUs: number, sizeBytes: number): Uint8Array {
  const time = unsigned(id.timestamp, timeUs);
  const block = [...idBytes(id.simpleBlock), ...lengthBytes(sizeBytes + 4), 0x80 | track, 0, 0, 0x80];
  const length = time.length + block.length + sizeBytes;
  return Uint8Array.from([...idBytes(id.cluster), ...lengthBytes(length), ...time, ...block]);
}
