import type { StructureBuilder } from './structure-builder.ts';
import type { WalkBounds } from './structure.ts';
import type { WindowedReader } from './windowed-reader.ts';

/** What every walker works with: where bytes come from, where nodes go, and how far it may go. */
export interface WalkContext {
  readonly reader: WindowedReader;
  readonly tree: StructureBuilder;
  readonly bounds: WalkBounds;
}

/** Type of the node that holds bytes after a format's logical end, or that no walker can read as structure. */
export const trailingData = 'trailing-data';

/** Keeps bytes that follow a format's logical end as a node of their own. */
export function addTrailingData(walk: WalkContext, offsetBytes: number, endBytes = walk.reader.sizeBytes): void {
  if (offsetBytes >= endBytes) return;
  walk.tree.add({
    parent: -1,
    type: trailingData,
    offsetBytes,
    sizeBytes: endBytes - offsetBytes,
    headerBytes: 0,
    known: false,
  });
}
