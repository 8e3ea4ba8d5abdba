import type { FieldReader } from '../field-reader.ts';
import type { FieldValue } from '../structure.ts';

/** Pictures that a Multi-Picture Format index names, by their place in the file. */
export interface ListedPicture {
  readonly offsetBytes: number;
  readonly sizeBytes: number;
}

export interface SegmentContext {
  readonly type: string;
  readonly payloadBytes: number;
  /** Filled by the segment that lists further pictures. */
  readonly pictures: ListedPicture[];
  error(code: string, offsetBytes: number, details?: Readonly<Record<string, FieldValue>>): void;
}

export type SegmentDecoder = (reader: FieldReader, segment: SegmentContext) => void;
