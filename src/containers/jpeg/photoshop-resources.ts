import type { SegmentDecoder } from './segment-spec.ts';

const maxResources = 128;
const jpegQuality = 0x0406;

/**
 * Adobe Photoshop File Formats, "Image resource blocks": identifiers and sizes (0x0404 is IPTC, 0x040C a thumbnail), and the
 * quality (0–12) of Photoshop's own "Save as JPEG" scale where it is there.
 */
export const readPhotoshopResources: SegmentDecoder = (reader, segment) => {
  for (let index = 0; index < maxResources && reader.remaining >= 12; index++) {
    const offset = reader.offsetBytes;
    const signature = reader.text(undefined, 4, 'latin1');
    if (!['8BIM', 'PHUT', 'AgHg', 'DCSR', 'MeSa'].includes(signature)) {
      segment.error('resource-signature-wrong', offset, { found: signature });
      return;
    }
    const id = reader.u16(`resources[${index}].id`);
    const nameBytes = reader.u8();
    reader.skip(nameBytes + ((nameBytes + 1) % 2));
    const length = reader.u32(`resources[${index}].bytes`);
    if (id === jpegQuality && length >= 2) {
      const place = { offsetBytes: reader.offsetBytes, lengthBytes: 2 };
      reader.derive('photoshopQuality', reader.i16() + 4, place);
      reader.skip(length - 2 + (length % 2));
    } else reader.skip(Math.min(length + (length % 2), Math.max(length, reader.remaining)));
  }
};
