/** One image resource block (Adobe Photoshop File Formats, "Image Resource Blocks"). Offsets count from the first byte given. */
export interface PhotoshopResource {
  readonly id: number;
  readonly name: string;
  readonly offsetBytes: number;
  readonly dataOffsetBytes: number;
  readonly data: Uint8Array;
}

/** Resource numbers that Assay reads into. */
export const photoshopResource = { iptc: 0x0404, thumbnailBgr: 0x0409, thumbnail: 0x040c, version: 0x0421 } as const;

const signatures = new Set(['8BIM', 'PHUT', 'DCSR', 'AgHg', 'MeSa']);
const maxResources = 1024;

/** Reads the blocks that follow `Photoshop 3.0\0`. Ends at the first thing that is none; never throws. */
export function readPhotoshop(bytes: Uint8Array): { resources: PhotoshopResource[]; brokenAt?: number } {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  const resources: PhotoshopResource[] = [];
  let at = 0;
  while (at + 12 <= bytes.length && resources.length < maxResources) {
    if (!signatures.has(latin1(bytes.subarray(at, at + 4)))) return { resources, brokenAt: at };
    const id = view.getUint16(at + 4);
    const nameLength = view.getUint8(at + 6);
    const sizeAt = at + 6 + ((nameLength + 2) & ~1);
    if (sizeAt + 4 > bytes.length) return { resources, brokenAt: at };
    const size = view.getUint32(sizeAt);
    const dataAt = sizeAt + 4;
    const data = bytes.subarray(dataAt, dataAt + size);
    const name = latin1(bytes.subarray(at + 7, at + 7 + nameLength));
    resources.push({ id, name, offsetBytes: at, dataOffsetBytes: dataAt, data });
    if (dataAt + size > bytes.length) return { resources, brokenAt: at };
    at = dataAt + size + (size & 1);
  }
  return { resources };
}

function latin1(bytes: Uint8Array): string {
  return String.fromCharCode(...bytes);
}
