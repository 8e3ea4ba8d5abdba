import type { NodeField } from '../structure.ts';
import { readVariableInteger } from './read-element-header.ts';

export interface BlockHead {
  readonly track: number;
  /** In ticks of the segment, relative to the cluster's timestamp. */
  readonly relativeTimestamp: number;
  readonly flags: number;
}

/** Most bytes that a block's head can take. */
export const blockHeadBytes = 11;

/** RFC 9559 §10: track number, timestamp, flags. Undefined where the bytes end too early. */
export function readBlockHead(bytes: Uint8Array, at = 0): BlockHead | undefined {
  const track = readVariableInteger(bytes, at, 8);
  if (track === undefined) return undefined;
  const [high, low, flags] = bytes.subarray(at + track.length, at + track.length + 3);
  if (high === undefined || low === undefined || flags === undefined) return undefined;
  return { track: Number(track.value), relativeTimestamp: ((high << 24) >> 16) | low, flags };
}

/** A block's head as fields; only a simple block says whether it is a key frame. */
export function blockFields(head: BlockHead, isSimple: boolean): readonly NodeField[] {
  return [
    { name: 'track', value: head.track },
    { name: 'relativeTimestamp', value: head.relativeTimestamp },
    ...(isSimple ? [{ name: 'keyframe', value: (head.flags & 0x80) !== 0 }] : []),
    { name: 'lacing', value: (head.flags >> 1) & 3 },
  ];
}
