/** One application segment: marker number 0–15 and its payload. */
export type Segment = readonly [application: number, payload: Uint8Array];

/** A JPEG with segments put right behind its first marker. */
export function withSegments(jpeg: Uint8Array, segments: readonly Segment[]): Buffer {
  const heads = segments.map(([application, payload]) => {
    const head = Buffer.alloc(4);
    head.writeUInt16BE(0xffe0 + application);
    head.writeUInt16BE(payload.length + 2, 2);
    return Buffer.concat([head, payload]);
  });
  return Buffer.concat([jpeg.subarray(0, 2), ...heads, jpeg.subarray(2)]);
}

export const exifSegment = (tiff: Uint8Array): Segment => [1, Buffer.concat([Buffer.from('Exif\0\0'), tiff])];

export const xmpSegment = (packet: string): Segment => [1, Buffer.from(`http://ns.adobe.com/xap/1.0/\0${packet}`)];

/** A piece of a packet that is too long for one segment. */
export function extendedXmpSegment(guid: string, whole: Uint8Array, from: number, to: number): Segment {
  const numbers = Buffer.alloc(8);
  numbers.writeUInt32BE(whole.length);
  numbers.writeUInt32BE(from, 4);
  return [
    1,
    Buffer.concat([Buffer.from(`http://ns.adobe.com/xmp/extension/\0${guid}`), numbers, whole.subarray(from, to)]),
  ];
}

/** Photoshop's image resources. */
export function photoshopSegment(resources: readonly (readonly [id: number, data: Uint8Array])[]): Segment {
  const blocks = resources.map(([id, data]) => {
    const head = Buffer.alloc(12);
    head.write('8BIM', 'latin1');
    head.writeUInt16BE(id, 4);
    head.writeUInt32BE(data.length, 8);
    return Buffer.concat([head, data, Buffer.alloc(data.length & 1)]);
  });
  return [13, Buffer.concat([Buffer.from('Photoshop 3.0\0'), ...blocks])];
}

/** RDF around properties, with the usual namespaces. */
export function xmpPacket(attributes: string, body = ''): string {
  return `<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#"><rdf:Description
 xmlns:xmp="http://ns.adobe.com/xap/1.0/" xmlns:tiff="http://ns.adobe.com/tiff/1.0/" xmlns:exif="http://ns.adobe.com/exif/1.0/"
 xmlns:photoshop="http://ns.adobe.com/photoshop/1.0/" xmlns:xmpGImg="http://ns.adobe.com/xap/1.0/g/img/"
 ${attributes}>${body}</rdf:Description></rdf:RDF></x:xmpmeta>`;
}
