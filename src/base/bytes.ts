/** Random access to the bytes of one exhibit. Reads never change it. */
export interface ByteSource {
  readonly sizeBytes: number;
  /**
   * Bytes [offset, offset + length), cut short at the end of the source.
   * An offset at or past the end gives an empty array, never an error.
   */
  read(offset: number, length: number): Promise<Uint8Array>;
}

/** A byte source over memory, for tests and for embedded streams. */
export function bytesInMemory(bytes: Uint8Array): ByteSource {
  return {
    sizeBytes: bytes.length,
    read: (offset, length) => Promise.resolve(bytes.subarray(offset, offset + length)),
  };
}
