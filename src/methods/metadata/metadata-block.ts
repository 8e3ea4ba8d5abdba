import type { ByteSource } from '../../base/bytes.ts';

/** Bytes of an exhibit that hold metadata of one kind, wherever the container keeps them. */
export interface MetadataBlock {
  readonly kind: 'exif' | 'xmp' | 'iptc' | 'icc' | 'photoshop';
  readonly source: ByteSource;
  /** Of the block's first byte in `source`. For `exif` the byte order mark. */
  readonly offset: number;
  readonly length: number;
  /** What to add to an offset in `source` to have one in the file; undefined where the block was compressed or in pieces. */
  readonly shift: number | undefined;
  /** Path of the container node that holds it. */
  readonly node: string;
  /** True where the block stands behind the picture data that it describes. */
  readonly afterPicture?: boolean;
}

/** Longest block that is read into memory: far above any that is meant honestly. */
export const maxBlockBytes = 32 * 1024 * 1024;

/** The block's bytes, cut at {@link maxBlockBytes}. */
export function blockBytes(block: MetadataBlock): Promise<Uint8Array> {
  return block.source.read(block.offset, Math.min(block.length, maxBlockBytes));
}
