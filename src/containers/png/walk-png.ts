import { crc32 } from 'node:zlib';
import { decodePayload } from '../decode-payload.ts';
import { fourCharacterCode } from '../four-character-code.ts';
import { addTrailingData, type WalkContext } from '../walk-context.ts';
import { pngChunks } from './chunk-decoders.ts';
import { textInflater } from './text-inflater.ts';

const signatureBytes = 8;
/** Length, type and checksum around a chunk's contents. */
const frameBytes = 12;
const checksumBlockBytes = 1024 * 1024;

/** Walks a PNG file (W3C PNG Third Edition §5). Every chunk's checksum is checked. */
export async function walkPng(walk: WalkContext): Promise<void> {
  const end = walk.reader.sizeBytes;
  let offset = signatureBytes;
  let first = true;
  let imageDataSeen = false;
  const inflate = textInflater();
  while (offset < end) {
    const head = await walk.reader.read(offset, 8);
    const isChunk = head.length === 8 && head.subarray(4).every(isLetter);
    if (!isChunk) {
      walk.tree.error(head.length < 8 ? 'header-cut' : 'not-a-chunk', -1, offset, { lengthBytes: end - offset });
      break;
    }
    const type = fourCharacterCode(head, 4);
    if (first && type !== 'IHDR') walk.tree.error('header-not-first', -1, offset, { found: type });
    first = false;
    imageDataSeen ||= type === 'IDAT';
    offset = await walkChunk(walk, offset, head, type, { imageDataSeen, inflate });
    if (type === 'IEND') {
      addTrailingData(walk, offset);
      return;
    }
  }
  walk.tree.error('end-of-image-missing', -1, end, {});
  addTrailingData(walk, offset);
}

function isLetter(byte: number): boolean {
  return (byte >= 0x41 && byte <= 0x5a) || (byte >= 0x61 && byte <= 0x7a);
}

async function walkChunk(
  walk: WalkContext,
  offset: number,
  head: Uint8Array,
  type: string,
  state: { readonly imageDataSeen: boolean; readonly inflate: (bytes: Uint8Array) => Uint8Array | undefined },
): Promise<number> {
  const fileEnd = walk.reader.sizeBytes;
  const declared = new DataView(head.buffer, head.byteOffset, 8).getUint32(0);
  const claimedEnd = offset + frameBytes + declared;
  const end = Math.min(claimedEnd, fileEnd);
  const decode = pngChunks[type];
  const node = walk.tree.add({
    parent: -1,
    type,
    offsetBytes: offset,
    sizeBytes: end - offset,
    headerBytes: 8,
    known: decode !== undefined,
  });
  if (claimedEnd > fileEnd)
    walk.tree.error('size-beyond-file', node, offset, {
      declaredBytes: declared + frameBytes,
      availableBytes: fileEnd - offset,
    });
  const payloadBytes = Math.min(declared, fileEnd - offset - 8);
  if (decode) {
    const payload = { node, offsetBytes: offset + 8, lengthBytes: payloadBytes, maxBytes: 1024 * 1024 };
    await decodePayload(walk, payload, (reader) => {
      decode(reader, {
        type,
        payloadBytes,
        inflate: state.inflate,
        error: (code, at) => {
          walk.tree.error(code, node, at, {});
        },
      });
    });
  }
  if (type === 'eXIf') walk.tree.derive(node, 'afterImageData', state.imageDataSeen);
  if (claimedEnd <= fileEnd) await checkChecksum(walk, node, offset + 4, 4 + declared);
  return end;
}

/** §5.3: over type and contents. */
async function checkChecksum(walk: WalkContext, node: number, start: number, lengthBytes: number): Promise<void> {
  let computed = 0;
  for (let done = 0; done < lengthBytes; done += checksumBlockBytes) {
    const block = await walk.reader.read(start + done, Math.min(checksumBlockBytes, lengthBytes - done));
    computed = crc32(block, computed);
  }
  const stored = await walk.reader.read(start + lengthBytes, 4);
  const storedValue = new DataView(stored.buffer, stored.byteOffset, 4).getUint32(0);
  if (storedValue === computed) return;
  const hex = (value: number): string => value.toString(16).padStart(8, '0');
  walk.tree.error('checksum-mismatch', node, start + lengthBytes, {
    stored: hex(storedValue),
    computed: hex(computed),
  });
}
