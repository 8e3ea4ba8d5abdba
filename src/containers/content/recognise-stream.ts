import { byStructure, bySignature, type Recognised } from './content-identity.ts';
import { mpegAudioFrame } from './mpeg-audio-frame.ts';
import { hasBytes } from './signatures.ts';

/** Packets that must follow each other before bytes count as a transport stream. */
const transportPackets = 5;

/** ISO/IEC 13818-1 §2.4.3.2: 0x47 every 188 bytes; with a time code of 4 bytes before each (M2TS) every 192. */
export function recogniseTransportStream(head: Uint8Array): Recognised | undefined {
  const layouts = [
    { format: 'mpeg-ts', first: 0, packet: 188 },
    { format: 'm2ts', first: 4, packet: 192 },
    { format: 'mpeg-ts', first: 0, packet: 204 },
  ];
  const found = layouts.find(({ first, packet }) => {
    const packets = Math.min(transportPackets, Math.floor((head.length - first - 1) / packet) + 1);
    if (packets < 3) return false;
    return Array.from({ length: packets }, (_, n) => head[first + n * packet]).every((byte) => byte === 0x47);
  });
  return found && byStructure(found.format, found.first, 1);
}

/**
 * MPEG audio has no signature, only frames that say how long they are: two in a row that agree (or one that ends the file
 * exactly) count. `afterTag` is where an ID3 tag ends.
 */
export function recogniseMpegAudio(head: Uint8Array, afterTag = 0, fileBytes = head.length): Recognised | undefined {
  const first = mpegAudioFrame(head, afterTag);
  if (first === undefined) return undefined;
  const next = afterTag + first.lengthBytes;
  const second = mpegAudioFrame(head, next);
  const agrees = second?.format === first.format && second.sampleRateHz === first.sampleRateHz;
  return agrees || next === fileBytes ? byStructure(first.format, afterTag, 4) : undefined;
}

/** ID3v2 §3.1: the tag's length is in four bytes of seven bits. Undefined where there is no tag. */
export function id3TagBytes(head: Uint8Array): number | undefined {
  if (!hasBytes(head, 0, 'ID3') || head.length < 10) return undefined;
  // A text that begins with these letters has no version number and no seven-bit length after them.
  if ((head[3] ?? 0) > 4 || head.subarray(6, 10).some((byte) => byte > 127)) return undefined;
  const size = [6, 7, 8, 9].reduce((sum, at) => sum * 128 + ((head[at] ?? 0) & 127), 0);
  const footer = ((head[5] ?? 0) & 0x10) === 0 ? 0 : 10;
  return 10 + size + footer;
}

/** What an ID3 tag stands before: nearly always MP3, sometimes FLAC or ADTS. */
export function recogniseAfterId3(body: Uint8Array, tagBytes: number, bodyBytes: number): Recognised {
  if (hasBytes(body, 0, 'fLaC')) return bySignature('flac', tagBytes, 4, 'ID3');
  const audio = recogniseMpegAudio(body, 0, bodyBytes);
  if (audio) return { ...audio, offsetBytes: tagBytes, subtype: 'ID3' };
  return bySignature('mp3', 0, 3, 'ID3');
}
