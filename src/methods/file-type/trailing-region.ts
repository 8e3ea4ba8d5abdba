import type { ByteSource } from '../../base/bytes.ts';
import { identifyContent } from '../../containers/identify-content.ts';
import { sliceSource } from '../../containers/slice-source.ts';
import { ByteHistogram, type ByteStatistics } from './byte-statistics.ts';
import type { Region } from './logical-end.ts';
import { searchSignatures, type SignatureHit } from './search-signatures.ts';

const blockBytes = 1024 * 1024;
/** Longest pattern plus what is looked at around it, so that a hit across two blocks is not missed. */
const overlapBytes = 32;
const maxHits = 64;

export interface TrailingRegion extends Region, ByteStatistics {
  /** What the region is by its own beginning; `unknown` where it is nothing known. */
  readonly format: string;
  /** Known formats that begin further inside; offsets in the file. */
  readonly inside: readonly SignatureHit[];
  readonly examinedBytes: number;
}

/** Describes bytes behind a format's end: what they look like, and which known formats begin in them. */
export async function describeRegion(source: ByteSource, region: Region, maxBytes: number): Promise<TrailingRegion> {
  const slice = sliceSource(source, region.offsetBytes, region.lengthBytes);
  const identity = await identifyContent(slice);
  const examinedBytes = Math.min(region.lengthBytes, maxBytes);
  const histogram = new ByteHistogram();
  const inside = new Map<number, SignatureHit>();
  for (let done = 0; done < examinedBytes; done += blockBytes) {
    const block = await slice.read(done, Math.min(blockBytes + overlapBytes, examinedBytes - done));
    histogram.add(block.subarray(0, blockBytes));
    for (const hit of searchSignatures(block)) {
      const offset = region.offsetBytes + done + hit.offset;
      if (done + hit.offset > 0 && inside.size < maxHits) inside.set(offset, { format: hit.format, offset });
    }
  }
  return { ...region, ...histogram.statistics(), format: identity.format, inside: [...inside.values()], examinedBytes };
}
