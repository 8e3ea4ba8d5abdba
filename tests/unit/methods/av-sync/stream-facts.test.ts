import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Probe } from '../../../../src/media/exhibit-media.ts';
import { streamDrift } from '../../../../src/methods/av-sync/container/drift.ts';
import { countedLeadFinding, leadFinding } from '../../../../src/methods/av-sync/container/lead-findings.ts';
import { pictureFacts, soundFacts } from '../../../../src/methods/av-sync/container/stream-facts.ts';
import { packetsOf, soundStream, streamOf, type PacketInTest } from './streams.ts';

const probe = (formatName = 'matroska,webm'): Probe => ({
  ...{ formatName, durationMs: null, startMs: null, bitRate: null },
  ...{ tags: {}, printed: {}, streams: [], messages: [] },
});
const sources = (list: readonly PacketInTest[], formatName?: string) => ({
  ...{
    probe: probe(formatName),
    packets: packetsOf(list),
    editList: undefined,
    headerDelays: new Map<number, never>(),
  },
  ...{ defaultDurationNs: undefined, gapToleranceMs: 10 },
});
const pictures = (n: number, from = 0): PacketInTest[] =>
  Array.from({ length: n }, (_, i) => ({ pts: from + i * 40, duration: 40, key: i === 0 }));
const sound = (n: number, from = 0, step = 1024): PacketInTest[] =>
  Array.from({ length: n }, (_, i) => ({ pts: Math.round(from + i * step), duration: 1024 }));

describe('the facts of a picture track', () => {
  it('start with the first shown picture, exact to half a frame', () => {
    const facts = pictureFacts(streamOf(), sources(pictures(50, 120)));
    expect(facts.start).toEqual({ startMs: 120, withinMs: 20, laterByMs: 0 });
    expect(facts.endMs).toBe(120 + 2000);
    expect(facts.unitMs).toBe(40);
  });

  it('may be later by the reordering where only decoding times are known', () => {
    const list = pictures(50).map(({ pts, ...rest }) => ({ ...rest, pts: NaN, dts: pts }));
    const facts = pictureFacts(streamOf({ printed: { has_b_frames: 2 } }), sources(list, 'avi'));
    expect(facts.start).toEqual({ startMs: 0, withinMs: 20, laterByMs: 80 });
    expect(facts.timesFrom).toBe('decoding');
  });

  it('count a frame as two fields where the stream says so', () => {
    const fields = Array.from({ length: 50 }, (_, i) => ({ pts: i * 20, duration: 20, key: i === 0 }));
    const facts = pictureFacts(streamOf({ averageFrameRate: { num: 25, den: 1 } }), sources(fields));
    expect(facts.unitMs).toBe(40);
  });
});

describe('the facts of a sound track', () => {
  it('start with the first sample that is heard, and say what may come later', () => {
    const facts = soundFacts(soundStream(), sources(sound(100)));
    expect(facts.start!.startMs).toBe(0);
    expect(facts.start!.laterByMs).toBeCloseTo(44, 6);
    const skipped = sound(100, -1024).map((packet, i) =>
      i === 0 ? { ...packet, skip: { start: 1024, end: 0 } } : packet,
    );
    expect(soundFacts(soundStream(), sources(skipped)).start).toMatchObject({ startMs: 0, laterByMs: 0 });
  });

  it('drift where times run against samples, and not because of a jump', () => {
    const stretched = soundFacts(soundStream(), sources(sound(1000, 0, 1024 * 1.001)));
    const fit = streamDrift(stretched)!;
    expect(Math.abs(fit.driftMsPerMin - 60)).toBeLessThanOrEqual(fit.uncertaintyMsPerMin);
    const jumped = sound(1000).map((packet, i) => (i < 500 ? packet : { ...packet, pts: packet.pts + 24_000 }));
    const facts = soundFacts(soundStream(), sources(jumped));
    expect(facts.jumps).toHaveLength(1);
    expect(streamDrift(facts)!.driftMsPerMin).toBeCloseTo(0, 6);
  });

  it('have no drift to measure in AVI, whose times are counts', () => {
    expect(streamDrift(soundFacts(soundStream(), sources(sound(1000), 'avi')))).toBeUndefined();
  });
});

describe('the finding of the lead', () => {
  it('abstains where a track has no times', () => {
    const picture = pictureFacts(streamOf(), sources([{ pts: NaN }]));
    const heard = soundFacts(soundStream(), sources(sound(10)));
    expect(leadFinding(picture, heard, [])).toMatchObject({
      code: 'container-lead',
      outcome: 'abstained',
      reason: 'no-times',
    });
    expect(countedLeadFinding(picture, heard, [])).toEqual([]);
  });

  it('says which side is ahead in its code', () => {
    const heard = soundFacts(soundStream({ codec: 'flac' }), sources(sound(10, 4800)));
    const code = (from: number) => leadFinding(pictureFacts(streamOf(), sources(pictures(10, from))), heard, []).code;
    expect([code(0), code(100), code(400)]).toEqual([
      'container-lead-behind',
      'container-lead-together',
      'container-lead-ahead',
    ]);
  });

  it('counts what jumps: a picture that jumps by 80 ms puts the sound 80 ms ahead', () => {
    const jumped = pictures(200).map((packet, i) => (i === 0 ? packet : { ...packet, pts: packet.pts + 80 }));
    const picture = pictureFacts(streamOf(), sources(jumped));
    const heard = soundFacts(soundStream(), sources(sound(300)));
    const [counted] = countedLeadFinding(picture, heard, []);
    expect(counted!.measures!['leadByCountMs']!.value).toBe(80);
    expect(counted!.measures!['audioLeadMs']!.value).toBe(0);
  });
});

describe('hostile packets', () => {
  it('never give a number that is none', () => {
    const packet = fc.record({
      pts: fc.oneof(fc.integer({ min: -1e12, max: 1e12 }), fc.constant(NaN)),
      dts: fc.oneof(fc.integer({ min: -1e12, max: 1e12 }), fc.constant(NaN)),
      duration: fc.oneof(fc.integer({ min: -1e6, max: 1e9 }), fc.constant(NaN)),
      size: fc.integer({ min: 0, max: 1e6 }),
      key: fc.boolean(),
      discard: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(packet, { maxLength: 25 }), fc.array(packet, { maxLength: 25 }), (first, second) => {
        const picture = pictureFacts(streamOf(), sources(first));
        const heard = soundFacts(soundStream(), sources(second));
        const finding = leadFinding(picture, heard, []);
        const numbers = [finding, ...countedLeadFinding(picture, heard, [])].flatMap(({ measures }) =>
          Object.values(measures ?? {}).flatMap(({ value, uncertainty }) => [value, uncertainty ?? 0]),
        );
        for (const value of numbers) if (typeof value === 'number') expect(Number.isFinite(value)).toBe(true);
        streamDrift(heard);
      }),
      { numRuns: 300 },
    );
  });
});
