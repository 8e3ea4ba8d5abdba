/** A published band of tolerable difference. Positive: sound ahead of picture (ITU-R BT.1359-1). */
export interface PublishedBand {
  readonly id: 'bt1359-detectable' | 'bt1359-acceptable' | 'atsc-is191' | 'ebu-r37';
  /** Most that the sound may be ahead. */
  readonly aheadMs: number;
  /** Most that the sound may be behind, as a positive number. */
  readonly behindMs: number;
  /** False where the source could not be read here. */
  readonly confirmed: boolean;
}

export const publishedBands: readonly PublishedBand[] = [
  { id: 'bt1359-detectable', aheadMs: 45, behindMs: 125, confirmed: true },
  { id: 'bt1359-acceptable', aheadMs: 90, behindMs: 185, confirmed: true },
  { id: 'atsc-is191', aheadMs: 15, behindMs: 45, confirmed: true },
  { id: 'ebu-r37', aheadMs: 40, behindMs: 60, confirmed: false },
];

/** The band that the method's proposition names. */
export const acceptanceBand: PublishedBand = publishedBands[1]!;

export type BandPosition = 'inside' | 'outside' | 'undecided';

/** Where a lead that is only known to lie between two values stands: undecided when the interval crosses an edge. */
export function positionInBand(lowestMs: number, highestMs: number, band: PublishedBand): BandPosition {
  if (lowestMs >= -band.behindMs && highestMs <= band.aheadMs) return 'inside';
  if (lowestMs > band.aheadMs || highestMs < -band.behindMs) return 'outside';
  return 'undecided';
}
