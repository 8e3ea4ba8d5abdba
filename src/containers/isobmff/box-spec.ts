import type { FieldReader } from '../field-reader.ts';
import type { FieldValue } from '../structure.ts';

/** What a walk has learned from boxes that come before: handler of the track, names of the item keys. */
export interface BoxScope {
  /** Handler type of the track or of the `meta` box, once its `hdlr` was read. */
  handler?: string;
  /** Names from a QuickTime `keys` box, in order. */
  keys?: readonly string[];
  /** Version of the enclosing `stsd` or `iref`, which decides how the boxes inside are laid out. */
  version?: number;
}

/** What a box decoder is told beside the payload. */
export interface BoxContext {
  readonly type: string;
  /** The type's four bytes as a number. */
  readonly typeCode: number;
  readonly parentType: string;
  readonly scope: BoxScope;
  readonly fileSizeBytes: number;
  readonly payloadBytes: number;
  readonly extendedType?: string;
  /** How many of a table's entries to record as fields. */
  takeTableEntries(count: number, perNode?: number): number;
  error(code: string, offsetBytes: number, details?: Readonly<Record<string, FieldValue>>): void;
}

/** Decodes the payload of one box type. Pure but for what it writes to the reader, the scope and the errors. */
export type BoxDecoder = (reader: FieldReader, box: BoxContext) => void;

export interface BoxSpec {
  readonly decode?: BoxDecoder;
  /** True when boxes follow the part that `decode` reads (or fill the payload, without one). */
  readonly children?: boolean;
  /** Starts a new scope for the boxes inside it. */
  readonly scoped?: boolean;
  /** Most bytes of the payload that are read; 64 KiB unless said. */
  readonly maxBytes?: number;
}

/** Tables of samples are read whole, to say what is in them, up to this size (four million samples of four bytes). */
export const tableBytes = 16 * 1024 * 1024;

/** ISO/IEC 14496-12 §4.2.2 FullBox. */
export function readVersionAndFlags(reader: FieldReader): { version: number; flags: number } {
  return { version: reader.u8('version'), flags: reader.u24('flags') };
}
