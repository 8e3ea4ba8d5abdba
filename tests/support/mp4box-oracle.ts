import { createFile, MP4BoxBuffer } from 'mp4box';

/** A box as mp4box.js sees it. */
export interface OracleBox {
  readonly type: string;
  readonly offset: number;
  readonly size: number;
}

interface ParsedBox {
  readonly type?: string;
  readonly start?: number;
  readonly size?: number;
}

/** Every box that mp4box.js finds, in file order: an independent parser to hold our walker against. */
export function boxesByMp4box(bytes: Uint8Array): readonly OracleBox[] {
  const file = createFile();
  const buffer = new ArrayBuffer(bytes.length);
  new Uint8Array(buffer).set(bytes);
  file.appendBuffer(MP4BoxBuffer.fromArrayBuffer(buffer, 0), true);
  file.flush();
  const found: OracleBox[] = [];
  const collect = (box: ParsedBox): void => {
    if (box.type === undefined || box.start === undefined || box.size === undefined) return;
    found.push({ type: box.type, offset: box.start, size: box.size });
    for (const key of ['boxes', 'entries', 'item_infos', 'references']) {
      const children: unknown = (box as Record<string, unknown>)[key];
      if (Array.isArray(children)) for (const child of children as ParsedBox[]) collect(child);
    }
  };
  for (const box of file.boxes as ParsedBox[]) collect(box);
  return found.sort((a, b) => a.offset - b.offset || b.size - a.size);
}
