/** The four walkers share one result: a flat list of nodes in file order, parents before children. */
export type ContainerFormat = 'isobmff' | 'matroska' | 'riff' | 'jpeg' | 'png' | 'webp' | 'gif' | 'unknown';

export type FieldValue = string | number | boolean | null;

/** One decoded field of a node, with its bytes' place where it is known. Repeated fields carry an index in the name. */
export interface NodeField {
  readonly name: string;
  readonly value: FieldValue;
  readonly offsetBytes?: number;
  readonly lengthBytes?: number;
}

/** One box, element, chunk or segment. Unknown types are kept like all others. */
export interface StructureNode {
  /** Position in the list. */
  readonly id: number;
  /** Position of the parent; -1 at the top. */
  readonly parent: number;
  readonly depth: number;
  /** The format's own name: `moov`, `Segment`, `LIST:hdrl`, `DQT`. */
  readonly type: string;
  /** Slash-joined types from the top with an index where siblings repeat: `moov/trak[1]/tkhd`. */
  readonly path: string;
  /** From the first byte of the header. */
  readonly offsetBytes: number;
  /** Header included; what the header claims, cut at the parent's end (then a {@link StructureError} says so). */
  readonly sizeBytes: number;
  readonly headerBytes: number;
  /** False where the format's documents do not name the type. */
  readonly known: boolean;
  readonly fields: readonly NodeField[];
}

/** Something that the format forbids or that cannot be: a value with its offset, never an exception. */
export interface StructureError {
  readonly code: string;
  readonly offsetBytes: number;
  readonly path: string;
  readonly details: Readonly<Record<string, FieldValue>>;
}

/** What a walk found. `truncatedBy` names the bound that stopped it, where one did. */
export interface Structure {
  readonly format: ContainerFormat;
  readonly nodes: readonly StructureNode[];
  readonly errors: readonly StructureError[];
  readonly truncatedBy?: 'nodes' | 'depth' | 'bytes';
}

/** Bounds of a walk: hostile input cannot make it longer or deeper than these. */
export interface WalkBounds {
  readonly maxNodes: number;
  readonly maxDepth: number;
  /** Bytes read in all. */
  readonly maxReadBytes: number;
  /** Table entries (stts, stsz, cues, …) decoded into fields per node; the counts are always kept. */
  readonly maxTableEntries: number;
}

export const defaultBounds: WalkBounds = {
  maxNodes: 200_000,
  maxDepth: 64,
  maxReadBytes: 256 * 1024 * 1024,
  maxTableEntries: 256,
};
