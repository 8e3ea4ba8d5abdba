import type { ByteSource } from '../../base/bytes.ts';
import type { MetadataEntry } from './metadata-entry.ts';
import { parseTime } from './metadata-time.ts';

/**
 * What AVCHD camcorders write into the H.264 stream of a transport stream: "modified digital video pack metadata", an unregistered
 * user data message (ITU-T H.264 D.1.7). The packs are those of IEC 61834-4, as ExifTool documents them (H264 tags).
 */
const identifier = Buffer.from('17ee8c60f84d11d98cd60800200c9a66', 'hex');
const searchedBytes = 4 * 1024 * 1024;
const longestMessage = 1024;
const packetSizes = [188, 192] as const;
const dateAndZone = 0x18;
const timeOfDay = 0x19;
const maker = 0xe0;
const modelFirst = 0xe4;
const shutter = 0x7f;
const fNumber = 0xa1;

const makers: Readonly<Record<number, string>> = {
  0x0103: 'Panasonic',
  0x0108: 'Sony',
  0x1011: 'Canon',
  0x1104: 'JVC',
};

interface Stretch {
  /** Of the payload's first byte in the file. */
  readonly fileOffset: number;
  readonly position: number;
}

/** Rows for the first such message in the file's first 4 MB; none where it is no transport stream or has none. */
export async function avchdEntries(source: ByteSource): Promise<MetadataEntry[]> {
  const bytes = Buffer.from(await source.read(0, searchedBytes));
  for (const size of packetSizes) {
    const start = size - 188;
    if (bytes[start] !== 0x47 || bytes[start + size] !== 0x47 || bytes[start + 2 * size] !== 0x47) continue;
    for (const stream of elementaryStreams(bytes, size, start).values()) {
      const found = findMessage(stream);
      if (found !== undefined) return found;
    }
  }
  return [];
}

interface ElementaryStream {
  readonly parts: Buffer[];
  readonly stretches: Stretch[];
  length: number;
}

/** Payloads of the transport packets (ISO/IEC 13818-1 §2.4.3.2) by packet identifier. */
function elementaryStreams(bytes: Buffer, size: number, start: number): Map<number, ElementaryStream> {
  const streams = new Map<number, ElementaryStream>();
  for (let at = start; at + 188 <= bytes.length; at += size) {
    if (bytes[at] !== 0x47) break;
    const pid = bytes.readUInt16BE(at + 1) & 0x1fff;
    const control = (bytes.readUInt8(at + 3) >> 4) & 3;
    if ((control & 1) === 0 || pid === 0x1fff) continue;
    const from = at + 4 + ((control & 2) === 0 ? 0 : 1 + bytes.readUInt8(at + 4));
    if (from >= at + 188) continue;
    const stream = streams.get(pid) ?? { parts: [], stretches: [], length: 0 };
    streams.set(pid, stream);
    stream.stretches.push({ fileOffset: from, position: stream.length });
    stream.parts.push(bytes.subarray(from, at + 188));
    stream.length += at + 188 - from;
  }
  return streams;
}

function findMessage(stream: ElementaryStream): MetadataEntry[] | undefined {
  const data = Buffer.concat(stream.parts);
  const at = data.indexOf(identifier);
  if (at === -1 || data.toString('latin1', at + 16, at + 20) !== 'MDPM') return undefined;
  const message = withoutEmulation(data.subarray(at + 20, at + 20 + longestMessage));
  const packs = new Map<number, Buffer>();
  const count = message[0] ?? 0;
  for (let index = 0; index < count && 1 + index * 5 + 5 <= message.length; index += 1) {
    const pack = 1 + index * 5;
    packs.set(message.readUInt8(pack), message.subarray(pack + 1, pack + 5));
  }
  return packEntries(packs, fileOffsetOf(stream, at));
}

/** Inside a network abstraction layer unit, 00 00 03 stands for 00 00 (ITU-T H.264 §7.4.1.1). */
function withoutEmulation(bytes: Buffer): Buffer {
  const kept: number[] = [];
  for (const [index, byte] of bytes.entries()) {
    if (byte === 3 && index >= 2 && bytes[index - 1] === 0 && bytes[index - 2] === 0) continue;
    kept.push(byte);
  }
  return Buffer.from(kept);
}

function fileOffsetOf(stream: ElementaryStream, position: number): number {
  const stretch = stream.stretches.findLast((one) => one.position <= position);
  return stretch === undefined ? 0 : stretch.fileOffset + position - stretch.position;
}

function packEntries(packs: ReadonlyMap<number, Buffer>, offsetBytes: number): MetadataEntry[] {
  const entries: MetadataEntry[] = [];
  const put = (tag: string, id: number, raw: string, more: Partial<MetadataEntry> = {}): void => {
    const hex = `0x${id.toString(16).padStart(2, '0')}`;
    entries.push({ origin: 'avchd', tag, id: hex, raw, readable: raw, offsetBytes, ...more });
  };
  const make = packs.get(maker);
  if (make !== undefined) {
    const code = make.readUInt16BE(0);
    put('Make', maker, makers[code] ?? `0x${code.toString(16).padStart(4, '0')}`);
  }
  const model = [0, 1, 2].map((step) => packs.get(modelFirst + step)?.toString('latin1') ?? '').join('');
  if (model !== '') put('Model', modelFirst, model.replaceAll('\0', ''));
  const moment = dateText(packs.get(dateAndZone), packs.get(timeOfDay));
  if (moment !== undefined) {
    const time = parseTime(moment);
    put('DateTimeOriginal', dateAndZone, moment, time === undefined ? {} : { time: { ...time, role: 'recorded' } });
  }
  const speed = packs.get(shutter);
  const steps = speed === undefined ? 0x7fff : speed.readUInt16LE(2) & 0x7fff;
  // In units of 1/28125 s; all ones: not told.
  if (steps !== 0x7fff) put('ExposureTime', shutter, `${String(steps)}/28125`);
  const aperture = packs.get(fNumber);
  if (aperture !== undefined) {
    put('FNumber', fNumber, `${String(aperture.readUInt16BE(0))}/${String(aperture.readUInt16BE(2))}`);
  }
  return entries;
}

/** Packs 0x18 (zone, century, year, month) and 0x19 (day, hour, minute, second), in binary coded decimal. */
function dateText(date: Buffer | undefined, clock: Buffer | undefined): string | undefined {
  if (date === undefined || clock === undefined) return undefined;
  const zone = date.readUInt8(0);
  const bcd = [...date.subarray(1), ...clock].map((byte) => byte.toString(16).padStart(2, '0'));
  const [century = '', year = '', month = '', day = '', hour = '', minute = '', second = ''] = bcd;
  const digits = `${century}${year}:${month}:${day} ${hour}:${minute}:${second}`;
  if (zone === 0xff || (zone & 0x80) !== 0) return digits;
  // Bit 6: daylight saving, which the offset includes; bit 5: west; bits 4–1: hours; bit 0: half an hour.
  const sign = (zone & 0x20) === 0 ? '+' : '-';
  return `${digits}${sign}${String((zone >> 1) & 15).padStart(2, '0')}:${(zone & 1) === 0 ? '00' : '30'}`;
}
