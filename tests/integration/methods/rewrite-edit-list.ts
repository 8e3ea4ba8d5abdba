/** One entry as it is written: movie ticks, media ticks (-1: empty), rate. */
export type WrittenEdit = readonly [segmentDuration: number, mediaTime: number, rate: number];

/**
 * An MP4 with the edit list of one of its tracks replaced. The movie box has to stand last (as ffmpeg writes it), so that
 * no chunk moves. `handler`: `vide` or `soun`.
 */
export function rewriteEditList(file: Buffer, handler: string, edits: readonly WrittenEdit[]): Buffer {
  const list = Buffer.alloc(16 + edits.length * 12);
  list.writeUInt32BE(list.length, 0);
  list.write('elst', 4, 'latin1');
  list.writeUInt32BE(edits.length, 12);
  edits.forEach(([segmentDuration, mediaTime, rate], i) => {
    list.writeUInt32BE(segmentDuration, 16 + i * 12);
    list.writeInt32BE(mediaTime, 20 + i * 12);
    list.writeInt32BE(Math.round(rate * 65_536), 24 + i * 12);
  });
  const top = boxes(file);
  return Buffer.concat(top.map((box) => (box.type === 'moov' ? withList(box.bytes, handler, list) : box.bytes)));
}

interface Box {
  readonly type: string;
  readonly bytes: Buffer;
}

function boxes(bytes: Buffer): Box[] {
  const found: Box[] = [];
  for (let at = 0; at + 8 <= bytes.length;) {
    const size = bytes.readUInt32BE(at);
    found.push({ type: bytes.toString('latin1', at + 4, at + 8), bytes: bytes.subarray(at, at + size) });
    at += size;
  }
  return found;
}

function boxOf(type: string, content: Buffer): Buffer {
  const head = Buffer.alloc(8);
  head.writeUInt32BE(content.length + 8, 0);
  head.write(type, 4, 'latin1');
  return Buffer.concat([head, content]);
}

function withList(movie: Buffer, handler: string, list: Buffer): Buffer {
  const children = boxes(movie.subarray(8)).map((box) => {
    if (box.type !== 'trak' || !box.bytes.includes(Buffer.from(handler, 'latin1'))) return box.bytes;
    const rest = boxes(box.bytes.subarray(8)).filter(({ type }) => type !== 'edts');
    const at = rest.findIndex(({ type }) => type === 'mdia');
    const parts = rest.map(({ bytes }) => bytes);
    return boxOf('trak', Buffer.concat([...parts.slice(0, at), boxOf('edts', list), ...parts.slice(at)]));
  });
  return boxOf('moov', Buffer.concat(children));
}
