/** What the scale of the sync panel spans, in ms of sound ahead of picture. */
export interface LeadScale {
  readonly lowestMs: number;
  readonly highestMs: number;
}

const stepMs = 50;
const usual: LeadScale = { lowestMs: -250, highestMs: 150 };

/** The usual span, widened to whole steps so that a measured interval fits. */
export function leadScale(lowestMs: number, highestMs: number): LeadScale {
  return {
    lowestMs: Math.min(usual.lowestMs, Math.floor((lowestMs - 1) / stepMs) * stepMs),
    highestMs: Math.max(usual.highestMs, Math.ceil((highestMs + 1) / stepMs) * stepMs),
  };
}

/** Place of a value on the scale in percent. */
export function percentOn({ lowestMs, highestMs }: LeadScale, ms: number): number {
  return ((ms - lowestMs) / (highestMs - lowestMs)) * 100;
}

/** What a hand reading means: with the sound moved by `shiftMs` it fits the picture, so in the file it leads by the opposite. */
export function leadByHand(shiftMs: number): { leadMs: number; side: 'together' | 'ahead' | 'behind' } {
  const leadMs = shiftMs === 0 ? 0 : -shiftMs;
  return { leadMs, side: leadMs === 0 ? 'together' : leadMs > 0 ? 'ahead' : 'behind' };
}
