import { decodePayload } from '../decode-payload.ts';
import type { FieldReader } from '../field-reader.ts';
import { addTrailingData, type WalkContext } from '../walk-context.ts';

const headBytes = 13;
const blockBytes = 64 * 1024;
const introducers = { extension: 0x21, image: 0x2c, trailer: 0x3b } as const;
const extensions: Readonly<Record<number, string>> = {
  0x01: 'plain-text-extension',
  0xf9: 'graphic-control-extension',
  0xfe: 'comment-extension',
  0xff: 'application-extension',
};

/** Walks a GIF file (CompuServe GIF89a): screen, extensions, images; colour tables and pixels are passed over. */
export async function walkGif(walk: WalkContext): Promise<void> {
  const end = walk.reader.sizeBytes;
  const screen = add(walk, 'logical-screen', 0, Math.min(headBytes, end), true);
  let tableBytes = 0;
  await decode(walk, screen, 6, Math.min(headBytes, end) - 6, (reader) => {
    reader.u16('width');
    reader.u16('height');
    tableBytes = colourTableBytes(reader.u8('flags'));
    reader.u8('backgroundColour');
    reader.u8('pixelAspectRatio');
  });
  let offset = Math.min(headBytes + tableBytes, end);
  while (offset < end) {
    const [introducer, label] = await walk.reader.read(offset, 2);
    if (introducer === introducers.trailer) {
      add(walk, 'trailer', offset, offset + 1, true);
      addTrailingData(walk, offset + 1);
      return;
    }
    if (introducer === introducers.extension && label !== undefined) offset = await walkExtension(walk, offset, label);
    else if (introducer === introducers.image) offset = await walkImage(walk, offset);
    else {
      walk.tree.error('not-a-block', -1, offset, { lengthBytes: end - offset });
      break;
    }
  }
  walk.tree.error('end-of-image-missing', -1, end, {});
  addTrailingData(walk, offset);
}

/** Bit 7: there is a table; bits 0–2: its size. */
function colourTableBytes(flags: number): number {
  return (flags & 0x80) === 0 ? 0 : 3 * 2 ** ((flags & 7) + 1);
}

async function walkExtension(walk: WalkContext, offset: number, label: number): Promise<number> {
  const type = extensions[label];
  const blocks = await passBlocks(walk, offset + 2);
  const node = add(
    walk,
    type ?? `extension-0x${label.toString(16).padStart(2, '0')}`,
    offset,
    blocks.end,
    type !== undefined,
  );
  if (!blocks.terminated) walk.tree.error('blocks-not-ended', node, offset, {});
  await decode(walk, node, offset + 2, Math.min(64 * 1024, blocks.end - offset - 2), (reader) => {
    if (type === 'graphic-control-extension') {
      reader.skip(1);
      reader.u8('flags');
      reader.u16('delayHundredths');
      reader.u8('transparentColour');
    } else if (type === 'application-extension') {
      reader.text('application', Math.min(reader.u8(), reader.remaining), 'latin1');
    } else if (type === 'comment-extension') {
      const place = { offsetBytes: reader.offsetBytes, lengthBytes: reader.remaining };
      let text = '';
      for (let length = reader.u8(); length > 0 && text.length < 4096; length = reader.remaining > 0 ? reader.u8() : 0)
        text += reader.text(undefined, Math.min(length, reader.remaining), 'latin1');
      reader.derive('value', text, place);
    }
  });
  return blocks.end;
}

async function walkImage(walk: WalkContext, offset: number): Promise<number> {
  const end = walk.reader.sizeBytes;
  const node = add(walk, 'image', offset, end, true);
  let tableBytes = 0;
  await decode(walk, node, offset + 1, Math.min(9, end - offset - 1), (reader) => {
    reader.u16('left');
    reader.u16('top');
    reader.u16('width');
    reader.u16('height');
    tableBytes = colourTableBytes(reader.u8('flags'));
  });
  // One byte of code size stands before the pixels.
  const blocks = await passBlocks(walk, offset + 10 + tableBytes + 1);
  walk.tree.resize(node, blocks.end - offset);
  if (!blocks.terminated) walk.tree.error('blocks-not-ended', node, offset, {});
  return blocks.end;
}

/** Sub-blocks of up to 255 bytes, ended by an empty one. */
async function passBlocks(walk: WalkContext, from: number): Promise<{ end: number; terminated: boolean }> {
  const end = walk.reader.sizeBytes;
  let offset = from;
  while (offset < end) {
    const bytes = await walk.reader.readSome(offset, blockBytes);
    if (bytes.length === 0) break;
    let at = 0;
    while (at < bytes.length) {
      const length = bytes[at] ?? 0;
      at += 1 + length;
      if (length === 0) return { end: offset + at, terminated: true };
    }
    offset += at;
  }
  return { end, terminated: false };
}

function add(walk: WalkContext, type: string, offset: number, end: number, known: boolean): number {
  return walk.tree.add({ parent: -1, type, offsetBytes: offset, sizeBytes: end - offset, headerBytes: 0, known });
}

async function decode(
  walk: WalkContext,
  node: number,
  offsetBytes: number,
  lengthBytes: number,
  read: (reader: FieldReader) => void,
): Promise<void> {
  const length = Math.max(0, lengthBytes);
  await decodePayload(walk, { node, offsetBytes, lengthBytes: length, maxBytes: 64 * 1024, byteOrder: 'little' }, read);
}
