/** What the first bytes of a picture say. */
export interface PictureHeader {
  readonly format: 'jpeg' | 'png' | 'gif' | 'webp' | 'tiff' | 'heif' | 'avif' | 'bmp' | 'jp2' | 'jxl' | 'psd' | 'ico';
  /** Whether the pinned image library is asked at all. */
  readonly decodable: boolean;
  /** Pixels that the header would have a reader allocate, where the format must be measured before it is decoded. */
  readonly claimedPixels?: number;
}

const heifBrands = new Set(['heic', 'heix', 'heim', 'heis', 'hevc', 'hevx', 'mif1', 'msf1', 'miaf', 'MiHB', 'MiHE']);
const avifBrands = new Set(['avif', 'avis']);

/**
 * Names the picture format of a file by its first bytes (4096 are enough); undefined for anything that is no picture.
 *
 * SECURITY: only these formats are ever handed to the image library; SVG, PDF and others that can point to further
 * files are not among them.
 */
export function sniffPicture(head: Uint8Array): PictureHeader | undefined {
  const view = new DataView(head.buffer, head.byteOffset, head.byteLength);
  const ascii = (offset: number, length: number): string =>
    String.fromCharCode(...head.subarray(offset, offset + length));
  if (head[0] === 0xff && head[1] === 0xd8 && head[2] === 0xff) return { format: 'jpeg', decodable: true };
  if (ascii(0, 8) === '\x89PNG\r\n\x1a\n') return { format: 'png', decodable: true };
  if (/^GIF8[79]a$/.test(ascii(0, 6))) return { format: 'gif', decodable: true, ...claim(gifPixels(view)) };
  if (ascii(0, 4) === 'RIFF' && ascii(8, 4) === 'WEBP') return { format: 'webp', decodable: true };
  if (/^(?:II[*+]\0|MM\0[*+])$/.test(ascii(0, 4))) return { format: 'tiff', decodable: true };
  if (ascii(4, 4) === 'ftyp') return heifFormat(view, ascii);
  if (ascii(0, 2) === 'BM') return bmp(view);
  if (ascii(4, 8) === 'jP  \r\n\x87\n' || (view.byteLength >= 4 && view.getUint32(0) === 0xff4fff51)) {
    return { format: 'jp2', decodable: false };
  }
  if (ascii(0, 2) === '\xff\x0a' || ascii(4, 8) === 'JXL \r\n\x87\n') return { format: 'jxl', decodable: false };
  if (ascii(0, 4) === '8BPS') return { format: 'psd', decodable: false };
  if (ascii(0, 4) === '\0\0\x01\0' && head.length > 22 && head[9] === 0) return { format: 'ico', decodable: false };
  return undefined;
}

function claim(claimedPixels: number | undefined): { claimedPixels?: number } {
  return claimedPixels === undefined ? {} : { claimedPixels };
}

/** The canvas that the first frame needs: the logical screen, or further where the frame lies outside it. */
function gifPixels(view: DataView): number | undefined {
  if (view.byteLength < 13) return undefined;
  const screen = [view.getUint16(6, true), view.getUint16(8, true)] as const;
  const flags = view.getUint8(10);
  let offset = 13 + (flags & 0x80 ? 3 << ((flags & 7) + 1) : 0);
  while (offset + 10 <= view.byteLength) {
    const block = view.getUint8(offset);
    if (block === 0x2c) {
      const right = view.getUint16(offset + 1, true) + view.getUint16(offset + 5, true);
      const bottom = view.getUint16(offset + 3, true) + view.getUint16(offset + 7, true);
      return Math.max(screen[0], right) * Math.max(screen[1], bottom);
    }
    if (block !== 0x21) break;
    offset += 2;
    while (offset < view.byteLength && view.getUint8(offset) !== 0) offset += view.getUint8(offset) + 1;
    offset += 1;
  }
  return screen[0] * screen[1];
}

function bmp(view: DataView): PictureHeader | undefined {
  if (view.byteLength < 26) return undefined;
  const headerBytes = view.getUint32(14, true);
  if (headerBytes === 12) {
    return { format: 'bmp', decodable: false, claimedPixels: view.getUint16(18, true) * view.getUint16(20, true) };
  }
  if (headerBytes < 16 || headerBytes > 256) return undefined;
  // Height may be negative: the rows then run from the top.
  const claimedPixels = Math.abs(view.getInt32(18, true)) * Math.abs(view.getInt32(22, true));
  return { format: 'bmp', decodable: false, claimedPixels };
}

function heifFormat(view: DataView, ascii: (offset: number, length: number) => string): PictureHeader | undefined {
  const end = Math.min(view.byteLength, Math.max(16, view.getUint32(0)));
  const brands = [ascii(8, 4)];
  for (let offset = 16; offset + 4 <= end; offset += 4) brands.push(ascii(offset, 4));
  // A film's major brand (`qt  `, `isom`) with a picture brand among the compatible ones stays a film.
  const major = brands[0] ?? '';
  if (avifBrands.has(major) || (heifBrands.has(major) && brands.some((brand) => avifBrands.has(brand)))) {
    return { format: 'avif', decodable: true };
  }
  return heifBrands.has(major) ? { format: 'heif', decodable: true } : undefined;
}
