import type { ByteSource } from '../base/bytes.ts';

/** A part of a source as a source of its own, cut at the source's end: for what is embedded in, or appended to, a file. */
export function sliceSource(source: ByteSource, offsetBytes: number, lengthBytes = Infinity): ByteSource {
  const sizeBytes = Math.max(0, Math.min(lengthBytes, source.sizeBytes - offsetBytes));
  return {
    sizeBytes,
    read: (offset, length) => source.read(offsetBytes + offset, Math.max(0, Math.min(length, sizeBytes - offset))),
  };
}
