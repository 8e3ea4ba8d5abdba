import type { ArchivalDocument, PdfReference } from './archival-document.ts';

interface PngHeader {
  readonly width: number;
  readonly height: number;
  readonly bitDepth: number;
  readonly channels: 1 | 3;
  readonly data: Uint8Array;
}

/**
 * Puts a PNG into the file as it is: PDF knows PNG's compression and its predictors, so nothing is unpacked. For pictures without
 * transparency, palette or interlacing, which is what figures are; undefined for all others.
 *
 * @see https://www.w3.org/TR/png/ and ISO 32000-1 §7.4.4.4
 */
export function embedPng(document: ArchivalDocument, png: Uint8Array): PdfReference | undefined {
  const read = readPng(png);
  if (read === undefined) return undefined;
  const { width, height, bitDepth, channels, data } = read;
  const image = document.newObject({
    Type: 'XObject',
    Subtype: 'Image',
    Width: width,
    Height: height,
    BitsPerComponent: bitDepth,
    ColorSpace: channels === 3 ? 'DeviceRGB' : 'DeviceGray',
    Filter: 'FlateDecode',
    DecodeParms: { Predictor: 15, Colors: channels, BitsPerComponent: bitDepth, Columns: width },
  }) as PdfReference & { end(content: Uint8Array): void };
  image.end(data);
  return image;
}

const colourTypes: Readonly<Record<number, 1 | 3>> = { 0: 1, 2: 3 };

function readPng(png: Uint8Array): PngHeader | undefined {
  const view = new DataView(png.buffer, png.byteOffset, png.byteLength);
  let header: Omit<PngHeader, 'data'> | undefined;
  const parts: Uint8Array[] = [];
  for (let at = 8; at + 12 <= png.length;) {
    const length = view.getUint32(at);
    const name = String.fromCharCode(...png.subarray(at + 4, at + 8));
    const body = png.subarray(at + 8, at + 8 + length);
    if (name === 'IHDR' && length === 13) {
      const channels = colourTypes[body[9] ?? -1];
      if (channels === undefined || body[12] !== 0) return undefined;
      header = { width: view.getUint32(at + 8), height: view.getUint32(at + 12), bitDepth: body[8] ?? 8, channels };
    } else if (name === 'tRNS') return undefined;
    else if (name === 'IDAT') parts.push(body);
    at += 12 + length;
  }
  return header === undefined || parts.length === 0 ? undefined : { ...header, data: Buffer.concat(parts) };
}
