/** A field to be written: `value` is text, bytes, numbers, rationals as pairs, or the name of a directory to point to. */
export interface Field {
  readonly tag: number;
  readonly type: number;
  readonly value:
    string | Uint8Array | readonly number[] | readonly (readonly [number, number])[] | { readonly to: string };
}

export type Directories = Readonly<Record<string, { readonly fields: readonly Field[]; readonly next?: string }>>;

const sizes = [0, 1, 1, 2, 4, 8, 1, 1, 2, 4, 8, 4, 8, 4];

/** Writes a TIFF structure: the directories one after the other, their longer values behind each. The first is the head of the chain. */
export function buildTiff(directories: Directories, littleEndian = true): Buffer {
  const names = Object.keys(directories);
  const places = new Map<string, number>();
  let at = 8;
  for (const name of names) {
    places.set(name, at);
    const { fields } = directories[name]!;
    at += 2 + fields.length * 12 + 4;
    for (const field of fields) at += even(longer(encode(field, places, littleEndian)));
  }
  const out = Buffer.alloc(at);
  const u16 = (value: number, offset: number) =>
    littleEndian ? out.writeUInt16LE(value, offset) : out.writeUInt16BE(value, offset);
  const u32 = (value: number, offset: number) =>
    littleEndian ? out.writeUInt32LE(value, offset) : out.writeUInt32BE(value, offset);
  out.write(littleEndian ? 'II' : 'MM', 'latin1');
  u16(42, 2);
  u32(8, 4);
  for (const name of names) {
    const { fields, next } = directories[name]!;
    const start = places.get(name)!;
    u16(fields.length, start);
    let values = start + 2 + fields.length * 12 + 4;
    u32(next === undefined ? 0 : places.get(next)!, values - 4);
    fields.forEach((field, index) => {
      const entry = start + 2 + index * 12;
      const bytes = encode(field, places, littleEndian);
      u16(field.tag, entry);
      u16(field.type, entry + 2);
      u32(bytes.length / (sizes[field.type] ?? 1), entry + 4);
      if (bytes.length <= 4) bytes.copy(out, entry + 8);
      else {
        u32(values, entry + 8);
        bytes.copy(out, values);
        values += even(bytes.length);
      }
    });
  }
  return out;
}

function longer(bytes: Buffer): number {
  return bytes.length > 4 ? bytes.length : 0;
}

function even(length: number): number {
  return length + (length & 1);
}

function encode({ type, value }: Field, places: ReadonlyMap<string, number>, littleEndian: boolean): Buffer {
  if (typeof value === 'string') return Buffer.from(`${value}\0`, 'utf8');
  if (value instanceof Uint8Array) return Buffer.from(value);
  const numbers = 'to' in value ? [places.get(value.to) ?? 0] : value.flat();
  const size = type === 5 || type === 10 ? 4 : (sizes[type] ?? 1);
  const bytes = Buffer.alloc(numbers.length * size);
  numbers.forEach((number, index) => {
    const unsigned = size === 4 ? number >>> 0 : number & (size === 2 ? 0xffff : 0xff);
    if (littleEndian) bytes.writeUIntLE(unsigned, index * size, size);
    else bytes.writeUIntBE(unsigned, index * size, size);
  });
  return bytes;
}

/** A camera's EXIF block with a GPS directory and a thumbnail directory. */
export function cameraTiff(littleEndian = true, thumbnail: Uint8Array = new Uint8Array(0)): Buffer {
  const directories = (offset: number): Directories => ({
    ifd0: {
      fields: [
        { tag: 0x010f, type: 2, value: 'Example Works' },
        { tag: 0x0110, type: 2, value: 'Model 7' },
        { tag: 0x0112, type: 3, value: [6] },
        { tag: 0x0132, type: 2, value: '2020:05:06 07:08:09' },
        { tag: 0x8769, type: 4, value: { to: 'exif' } },
        { tag: 0x8825, type: 4, value: { to: 'gps' } },
        { tag: 0x5abc, type: 3, value: [1, 2, 3] },
      ],
      next: 'ifd1',
    },
    exif: {
      fields: [
        { tag: 0x829a, type: 5, value: [[1, 125]] },
        { tag: 0x829d, type: 5, value: [[28, 10]] },
        { tag: 0x9000, type: 7, value: Buffer.from('0232') },
        { tag: 0x9003, type: 2, value: '2020:05:06 07:08:09' },
        { tag: 0x9011, type: 2, value: '+05:00' },
        { tag: 0x9204, type: 10, value: [[-1, 3]] },
        { tag: 0xa002, type: 4, value: [640] },
        { tag: 0xa003, type: 4, value: [480] },
      ],
    },
    gps: {
      fields: [
        { tag: 0x0001, type: 2, value: 'N' },
        {
          tag: 0x0002,
          type: 5,
          value: [
            [43, 1],
            [14, 1],
            [1536, 100],
          ],
        },
        { tag: 0x0003, type: 2, value: 'E' },
        {
          tag: 0x0004,
          type: 5,
          value: [
            [76, 1],
            [56, 1],
            [4200, 100],
          ],
        },
        {
          tag: 0x0007,
          type: 5,
          value: [
            [2, 1],
            [8, 1],
            [9, 1],
          ],
        },
        { tag: 0x001d, type: 2, value: '2020:05:06' },
      ],
    },
    ifd1: {
      fields: [
        { tag: 0x0201, type: 4, value: [offset] },
        { tag: 0x0202, type: 4, value: [thumbnail.length] },
      ],
    },
  });
  const length = buildTiff(directories(0), littleEndian).length;
  return Buffer.concat([buildTiff(directories(length), littleEndian), thumbnail]);
}
