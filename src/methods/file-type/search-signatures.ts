import { isPlausibleCode } from '../../containers/four-character-code.ts';

export interface SignatureHit {
  readonly format: string;
  readonly offset: number;
}

interface Pattern {
  readonly format: string;
  /** As Latin-1. */
  readonly bytes: string;
  /** The format begins this many bytes before the pattern. */
  readonly before?: number;
  readonly bears?: (bytes: Uint8Array, start: number) => boolean;
}

const maxHits = 64;

/** Beginnings that are long enough, or have enough around them, not to turn up by chance in megabytes of media. */
const patterns: readonly Pattern[] = [
  { format: 'png', bytes: '\x89PNG\r\n\x1a\n' },
  { format: 'jpeg', bytes: '\xff\xd8\xff', bears: isJpegStart },
  { format: 'iso-base-media', bytes: 'ftyp', before: 4, bears: isFileTypeBox },
  { format: 'zip', bytes: 'PK\x03\x04', bears: (bytes, start) => (bytes[start + 5] ?? 1) === 0 },
  { format: 'pdf', bytes: '%PDF-' },
  { format: 'riff', bytes: 'RIFF', bears: isRiffForm },
  { format: 'matroska', bytes: '\x1aE\xdf\xa3' },
  { format: 'gif', bytes: 'GIF89a' },
  { format: 'gif', bytes: 'GIF87a' },
  { format: '7z', bytes: "7z\xbc\xaf'\x1c" },
  { format: 'rar', bytes: 'Rar!\x1a\x07' },
  { format: 'ogg', bytes: 'OggS\0\x02' },
];

/** Where known formats begin in these bytes, in order. */
export function searchSignatures(bytes: Uint8Array): readonly SignatureHit[] {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const hits: SignatureHit[] = [];
  for (const { format, bytes: pattern, before = 0, bears } of patterns) {
    const wanted = Buffer.from(pattern, 'latin1');
    for (let at = buffer.indexOf(wanted); at !== -1 && hits.length < maxHits; at = buffer.indexOf(wanted, at + 1)) {
      const start = at - before;
      if (start >= 0 && (bears?.(bytes, start) ?? true)) hits.push({ format, offset: start });
    }
  }
  return hits.sort((a, b) => a.offset - b.offset);
}

/** After SOI comes an application segment, a quantisation table or a comment. */
function isJpegStart(bytes: Uint8Array, start: number): boolean {
  const marker = bytes[start + 3] ?? 0;
  return (marker >= 0xe0 && marker <= 0xef) || marker === 0xdb || marker === 0xfe;
}

function isFileTypeBox(bytes: Uint8Array, start: number): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (start + 16 > bytes.length) return false;
  const size = view.getUint32(start);
  return size >= 16 && size <= 512 && size % 4 === 0 && isPlausibleCode(bytes, start + 8);
}

function isRiffForm(bytes: Uint8Array, start: number): boolean {
  const form = String.fromCharCode(...bytes.subarray(start + 8, start + 12));
  return form === 'WAVE' || form === 'AVI ' || form === 'WEBP';
}
