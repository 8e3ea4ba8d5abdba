import type { FieldReader } from '../field-reader.ts';
import type { FieldValue } from '../structure.ts';

/** What a walk has learned from chunks that come before. */
export interface RiffScope {
  /** `AVI `, `WAVE`, `WEBP`, …: the form of the outermost chunk. */
  readonly form: string;
  /** Stream type of the header list that is open (`vids`, `auds`), which decides what `strf` holds. */
  streamType?: string;
  /** 64-bit sizes from a `ds64` chunk (RF64), by chunk type. */
  readonly largeSizes: Map<string, number>;
}

export interface ChunkContext {
  readonly type: string;
  readonly scope: RiffScope;
  readonly payloadBytes: number;
  takeTableEntries(count: number): number;
  error(code: string, offsetBytes: number, details?: Readonly<Record<string, FieldValue>>): void;
}

export type ChunkDecoder = (reader: FieldReader, chunk: ChunkContext) => void;

export interface ChunkSpec {
  readonly decode?: ChunkDecoder;
  /** Most bytes of the payload that are read; 64 KiB unless said. */
  readonly maxBytes?: number;
  /** Chunks follow after this many bytes of the payload. */
  readonly childrenAfterBytes?: number;
}
