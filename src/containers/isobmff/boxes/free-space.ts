import { examinedFreeBytes, readFreeSpace } from '../../free-space.ts';
import type { BoxSpec } from '../box-spec.ts';

/** ISO/IEC 14496-12 §8.1.2. */
const freeSpace: BoxSpec = {
  decode: (reader, box) => {
    readFreeSpace(reader, box.payloadBytes);
  },
  maxBytes: examinedFreeBytes,
};

export const freeSpaceBoxes: Readonly<Record<string, BoxSpec>> = { free: freeSpace, skip: freeSpace, wide: freeSpace };
