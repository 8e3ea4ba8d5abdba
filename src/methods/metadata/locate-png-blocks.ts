import { promisify } from 'node:util';
import { inflate } from 'node:zlib';
import { bytesInMemory, type ByteSource } from '../../base/bytes.ts';
import type { Structure, StructureNode } from '../../containers/structure.ts';
import { cutText, type MetadataEntry } from './metadata-entry.ts';
import { isUnsetTime, parseTime } from './metadata-time.ts';
import { maxBlockBytes, type MetadataBlock } from './metadata-block.ts';

const inflated = promisify(inflate);

export interface PngMetadata {
  readonly blocks: readonly MetadataBlock[];
  /** Texts and the time of last change, which are values and not blocks. */
  readonly entries: readonly MetadataEntry[];
}

/**
 * Metadata of a PNG (ISO/IEC 15948): `eXIf`, `iCCP`, `tEXt`, `zTXt`, `iTXt`, `tIME`, XMP in `iTXt`, and the hexadecimal
 * "Raw profile type" texts that ImageMagick writes.
 */
export async function readPngMetadata(source: ByteSource, structure: Structure): Promise<PngMetadata> {
  const blocks: MetadataBlock[] = [];
  const entries: MetadataEntry[] = [];
  const firstData = structure.nodes.find(({ type }) => type === 'IDAT')?.offsetBytes ?? Infinity;
  for (const node of structure.nodes) {
    if (!['eXIf', 'iCCP', 'tEXt', 'zTXt', 'iTXt', 'tIME'].includes(node.type)) continue;
    const payload = await chunkPayload(source, node);
    const place = { node: node.path, afterPicture: node.offsetBytes > firstData };
    if (node.type === 'eXIf') {
      const offset = node.offsetBytes + 8;
      blocks.push({ kind: 'exif', source, offset, length: payload.length, shift: 0, ...place });
    } else if (node.type === 'iCCP') {
      const nul = payload.indexOf(0);
      const profile = nul === -1 ? undefined : await unpacked(payload.subarray(nul + 2));
      if (profile !== undefined) blocks.push({ ...inMemory('icc', profile), ...place });
    } else if (node.type === 'tIME') entries.push(...timeEntry(node, payload));
    else {
      const text = await readText(node, payload);
      if (text === undefined) continue;
      const profile = text.keyword === 'XML:com.adobe.xmp' ? undefined : rawProfile(text);
      if (text.keyword === 'XML:com.adobe.xmp') {
        const plain = node.type === 'iTXt' && !text.compressed;
        const offset = node.offsetBytes + 8 + text.offset;
        const length = payload.length - text.offset;
        blocks.push(
          plain
            ? { kind: 'xmp', source, offset, length, shift: 0, ...place }
            : { ...inMemory('xmp', text.bytes), ...place },
        );
      } else if (profile !== undefined) blocks.push({ ...profile, ...place });
      else entries.push(textEntry(node, text, payload.length));
    }
  }
  return { blocks, entries };
}

async function chunkPayload(source: ByteSource, node: StructureNode): Promise<Uint8Array> {
  // The checksum's four bytes are no payload.
  const length = Math.max(0, Math.min(node.sizeBytes - 12, maxBlockBytes));
  return source.read(node.offsetBytes + 8, length);
}

interface ChunkText {
  readonly keyword: string;
  readonly bytes: Uint8Array;
  readonly text: string;
  /** Of the text in the payload. */
  readonly offset: number;
  readonly compressed: boolean;
}

async function readText(node: StructureNode, payload: Uint8Array): Promise<ChunkText | undefined> {
  const nul = payload.indexOf(0);
  if (nul === -1) return undefined;
  const keyword = new TextDecoder('latin1').decode(payload.subarray(0, nul));
  if (node.type === 'tEXt') return decoded(keyword, payload.subarray(nul + 1), nul + 1, false, 'latin1');
  if (node.type === 'zTXt') {
    const bytes = await unpacked(payload.subarray(nul + 2));
    return bytes && decoded(keyword, bytes, nul + 2, true, 'latin1');
  }
  const compressed = payload[nul + 1] === 1;
  const languageEnd = payload.indexOf(0, nul + 3);
  const keywordEnd = languageEnd === -1 ? -1 : payload.indexOf(0, languageEnd + 1);
  if (keywordEnd === -1) return undefined;
  const body = payload.subarray(keywordEnd + 1);
  const bytes = compressed ? await unpacked(body) : body;
  return bytes && decoded(keyword, bytes, keywordEnd + 1, compressed, 'utf-8');
}

function decoded(
  keyword: string,
  bytes: Uint8Array,
  offset: number,
  compressed: boolean,
  encoding: 'latin1' | 'utf-8',
): ChunkText {
  return { keyword, bytes, text: new TextDecoder(encoding).decode(bytes), offset, compressed };
}

/** SECURITY: a small chunk can inflate to gigabytes; it may not. */
async function unpacked(bytes: Uint8Array): Promise<Uint8Array | undefined> {
  try {
    return await inflated(bytes, { maxOutputLength: maxBlockBytes });
  } catch {
    return undefined;
  }
}

function inMemory(kind: MetadataBlock['kind'], bytes: Uint8Array): Omit<MetadataBlock, 'node' | 'afterPicture'> {
  return { kind, source: bytesInMemory(bytes), offset: 0, length: bytes.length, shift: undefined };
}

/** `Raw profile type exif`: a name, a length, and the bytes as hexadecimal digits in lines. */
function rawProfile(text: ChunkText): Omit<MetadataBlock, 'node'> | undefined {
  const kind = /^Raw profile type (exif|APP1|iptc|icc|icm|xmp|8bim)$/i.exec(text.keyword)?.[1]?.toLowerCase();
  const digits = /^\s*\S+\s+\d+\s+([0-9a-fA-F\s]+)$/.exec(text.text)?.[1]?.replaceAll(/\s+/g, '');
  if (kind === undefined || digits === undefined) return undefined;
  const bytes = Buffer.from(digits, 'hex');
  const start = bytes.toString('latin1', 0, 29);
  if (start.startsWith('Exif\0\0')) return inMemory('exif', bytes.subarray(6));
  if (start.startsWith('http://ns.adobe.com/xap/1.0/\0')) return inMemory('xmp', bytes.subarray(29));
  if (start.startsWith('8BIM')) return inMemory('photoshop', bytes);
  if (kind === 'icm' || kind === 'icc') return inMemory('icc', bytes);
  return kind === 'exif' || kind === 'xmp' || kind === 'iptc' ? inMemory(kind, bytes) : undefined;
}

function textEntry(node: StructureNode, text: ChunkText, payloadBytes: number): MetadataEntry {
  // ImageMagick's `date:create` and `date:modify` are those of a file on somebody's disk: shown, not compared.
  const isTime = /^(?:Creation Time|date:(?:create|modify|timestamp)|create-date|modify-date)$/i.test(text.keyword);
  const role = /^date:/i.test(text.keyword) ? 'other' : /^modify/i.test(text.keyword) ? 'changed' : 'written';
  const time = isTime && !isUnsetTime(text.text) ? parseTime(text.text) : undefined;
  return {
    origin: node.path,
    tag: text.keyword,
    raw: cutText(text.text),
    readable: cutText(text.text),
    offsetBytes: node.offsetBytes,
    lengthBytes: node.sizeBytes,
    ...(text.compressed || payloadBytes === 0 ? {} : { valueOffsetBytes: node.offsetBytes + 8 + text.offset }),
    ...(time === undefined ? {} : { time: { ...time, role } }),
  };
}

/** `tIME`: last change of the picture, in UTC by the standard. */
function timeEntry(node: StructureNode, payload: Uint8Array): MetadataEntry[] {
  if (payload.length < 7) return [];
  const view = new DataView(payload.buffer, payload.byteOffset, payload.byteLength);
  const two = (offset: number): string => String(view.getUint8(offset)).padStart(2, '0');
  const raw = `${String(view.getUint16(0)).padStart(4, '0')}-${two(2)}-${two(3)} ${two(4)}:${two(5)}:${two(6)}`;
  const time = parseTime(raw);
  return [
    {
      origin: node.path,
      tag: 'ModifyDate',
      raw,
      readable: raw,
      offsetBytes: node.offsetBytes,
      lengthBytes: node.sizeBytes,
      valueOffsetBytes: node.offsetBytes + 8,
      ...(time === undefined
        ? {}
        : { time: { ...time, role: 'changed', zone: 'specification' as const, offsetMinutes: 0 } }),
    },
  ];
}
