import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { containerLead } from '../../../../src/methods/av-sync/container/lead.ts';
import {
  acceptanceBand,
  positionInBand,
  publishedBands,
} from '../../../../src/methods/av-sync/container/published-bands.ts';

const exact = (startMs: number) => ({ startMs, withinMs: 0, laterByMs: 0 });

describe('the lead of the sound by the container', () => {
  it('is positive where the sound starts before the picture, as ITU-R BT.1359 has it', () => {
    expect(containerLead(exact(200), exact(0), 40)).toMatchObject({ audioLeadMs: 200, audioLeadFrames: 5 });
    expect(containerLead(exact(0), exact(200), 40)).toMatchObject({ audioLeadMs: -200, audioLeadFrames: -5 });
  });

  it('has an interval whose ends are those of the two starts', () => {
    // The sound may be 44 ms later, so the lead may be 44 ms less; the picture may be 40 ms later, so it may be more.
    const lead = containerLead(
      { startMs: 100, withinMs: 20, laterByMs: 40 },
      { startMs: 90, withinMs: 1, laterByMs: 44 },
      40,
    );
    expect(lead).toMatchObject({ audioLeadMs: 10, lowestMs: 10 - 21 - 44, highestMs: 10 + 21 + 40, uncertaintyMs: 65 });
  });

  it.each([
    [90, 'consistent'],
    [90.1, 'inconsistent'],
    [-185, 'consistent'],
    [-185.1, 'inconsistent'],
    [0, 'consistent'],
  ] as const)('of exactly %d ms is %s with starting together', (leadMs, outcome) => {
    expect(containerLead(exact(leadMs), exact(0), 40).outcome).toBe(outcome);
  });

  it('is inconclusive where its interval crosses an edge of the band', () => {
    expect(containerLead({ ...exact(80), withinMs: 20 }, exact(0), 40).outcome).toBe('inconclusive');
    expect(containerLead({ ...exact(130), withinMs: 20 }, exact(0), 40).outcome).toBe('inconsistent');
    expect(containerLead(exact(-150), { ...exact(0), laterByMs: 44 }, 40).outcome).toBe('inconclusive');
  });

  it('does not count frames where no frame has a length', () => {
    expect(containerLead(exact(10), exact(0), null).audioLeadFrames).toBeNull();
  });

  it('turns its sign with picture and sound, and never leaves its interval', () => {
    const start = fc.record({
      startMs: fc.double({ min: -1e6, max: 1e6, noNaN: true }),
      withinMs: fc.double({ min: 0, max: 100, noNaN: true }),
      laterByMs: fc.double({ min: 0, max: 100, noNaN: true }),
    });
    fc.assert(
      fc.property(start, start, (picture, sound) => {
        const lead = containerLead(picture, sound, 40);
        const turned = containerLead(sound, picture, 40);
        expect(turned.audioLeadMs).toBeCloseTo(-lead.audioLeadMs, 6);
        expect(turned.lowestMs).toBeCloseTo(-lead.highestMs, 6);
        expect(lead.lowestMs).toBeLessThanOrEqual(lead.audioLeadMs);
        expect(lead.highestMs).toBeGreaterThanOrEqual(lead.audioLeadMs);
      }),
    );
  });
});

describe('the published bands', () => {
  it('are those of BT.1359, ATSC IS-191 and, unconfirmed, EBU R37', () => {
    expect(publishedBands.map(({ id, aheadMs, behindMs, confirmed }) => [id, aheadMs, -behindMs, confirmed])).toEqual([
      ['bt1359-detectable', 45, -125, true],
      ['bt1359-acceptable', 90, -185, true],
      ['atsc-is191', 15, -45, true],
      ['ebu-r37', 40, -60, false],
    ]);
    expect(acceptanceBand.id).toBe('bt1359-acceptable');
  });

  it('hold an interval, miss it, or leave it undecided', () => {
    expect(positionInBand(-20, 20, acceptanceBand)).toBe('inside');
    expect(positionInBand(91, 120, acceptanceBand)).toBe('outside');
    expect(positionInBand(-300, -186, acceptanceBand)).toBe('outside');
    expect(positionInBand(80, 100, acceptanceBand)).toBe('undecided');
  });
});
