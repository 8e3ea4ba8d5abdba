import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import type { Cut } from '../../../../src/lab/forge/cut.ts';
import { Edit, type EditInput, type EditOf } from '../../../../src/lab/forge/edit.ts';
import { applyEdits } from '../../../../src/lab/forge/edit-stages.ts';
import { frameTimes } from '../../../../src/lab/forge/frame-rate.ts';
import { outOfOrder } from '../../../../src/lab/forge/clip-pictures.ts';
import { startsMs, untouchedFrames } from '../../../../src/lab/forge/frame-slot.ts';
import { leadTimeline, type LeadStretch } from '../../../../src/lab/forge/lead-timeline.ts';
import { renderEdited } from '../../../../src/lab/forge/render.ts';
import { lengthOf } from '../../../../src/lab/forge/sound-track.ts';
import type { ForgeSpecInput } from '../../../../src/lab/forge/spec.ts';

const base: ForgeSpecInput = { seconds: 2, width: 64, height: 64, facePx: 20, sampleRateHz: 8000, noise: 1 };
const rateHz = 8000;

/** Two seconds of 50 frames and of sound, edited: nothing is drawn, nobody speaks. */
async function edited(edits: EditInput[], leadSamples = 0): Promise<Cut> {
  const length = 2 * rateHz;
  const start: Cut = {
    frames: untouchedFrames(frameTimes(25, 2, 1)),
    sound: { rateHz, channels: [new Float32Array(length)], map: [{ length, source: { start: leadSamples, rate: 1 } }] },
    containerLeadMs: 0,
  };
  const some = (count: number): Float32Array => new Float32Array(count).fill(0.5);
  const { cut } = await applyEdits(start, parseEdits(edits), {
    width: 64,
    height: 64,
    drawn: true,
    sounds: {
      voice: (_seed, _fromMs, count) => some(count),
      music: (_seed, count) => some(count),
      room: (_seed, count) => some(count),
      file: () => Promise.resolve(some(rateHz)),
    },
  });
  return cut;
}

function parseEdits(edits: EditInput[]): Exclude<Edit, EditOf<'re-encode'>>[] {
  return edits.map((edit) => Edit.parse(edit)).filter((edit) => edit.kind !== 're-encode');
}

function leadOf(cut: Cut): LeadStretch[] {
  return leadTimeline(cut.frames, cut.sound?.map, cut.sound?.rateHz ?? 1);
}

function shows(cut: Cut): (number | undefined)[] {
  return cut.frames.slots.map((slot) => slot.shows?.frame);
}

async function pixels(edits: EditInput[]): Promise<Uint8Array[]> {
  const frames: Uint8Array[] = [];
  for await (const frame of (await renderEdited({ ...base, edits })).frames()) frames.push(frame);
  return frames;
}

describe('the lead that edits leave', () => {
  it('is what was asked for without any', async () => {
    expect(leadOf(await edited([], 1280))).toEqual([{ startMs: 0, endMs: 2000, startLeadMs: 160, endLeadMs: 160 }]);
  });

  it('is told to the sample where a whole number of samples is not what was asked for', async () => {
    const { cut } = await renderEdited({ ...base, audioLeadMs: 10.03 });
    expect(leadOf(cut)[0]?.startLeadMs).toBe(10);
  });

  it('grows by a shift, with silence where the sound has ended', async () => {
    expect(leadOf(await edited([{ kind: 'shift-sound', ms: 200 }], -320))).toEqual([
      { startMs: 0, endMs: 1800, startLeadMs: 160, endLeadMs: 160 },
      { startMs: 1800, endMs: 2000, apart: 'silence' },
    ]);
  });

  it('rises in a straight line with a drift', async () => {
    const [stretch] = leadOf(await edited([{ kind: 'drift-sound', msPerMinute: 600 }]));
    expect(stretch).toMatchObject({ startMs: 0, startLeadMs: 0 });
    expect(stretch?.endLeadMs).toBeCloseTo((stretch?.endMs ?? 0) * 0.01, 6);
  });

  it('falls where frames are taken out and the sound is kept', async () => {
    const cut = await edited([{ kind: 'remove-frames', frame: 10, count: 5 }]);
    expect(leadOf(cut)).toEqual([
      { startMs: 0, endMs: 400, startLeadMs: 0, endLeadMs: 0 },
      { startMs: 400, endMs: 1800, startLeadMs: -200, endLeadMs: -200 },
    ]);
    expect(cut.frames.slots).toHaveLength(45);
    expect(lengthOf(cut.sound ?? never())).toBe(16_000);
  });

  it('stays where the sound is taken out with them', async () => {
    const cut = await edited([{ kind: 'remove-frames', frame: 10, count: 5, sound: 'along' }]);
    expect(leadOf(cut).every((stretch) => stretch.startLeadMs === 0 && stretch.endLeadMs === 0)).toBe(true);
    expect(lengthOf(cut.sound ?? never())).toBe(14_400);
  });

  it('is none while the picture is frozen, and has jumped after it', async () => {
    expect(leadOf(await edited([{ kind: 'repeat-frames', frame: 20, times: 5 }]))).toEqual([
      { startMs: 0, endMs: 800, startLeadMs: 0, endLeadMs: 0 },
      { startMs: 800, endMs: 1040, apart: 'frozen-picture' },
      { startMs: 1040, endMs: 2000, startLeadMs: 200, endLeadMs: 200 },
      { startMs: 2000, endMs: 2200, apart: 'none' },
    ]);
  });

  it('is whole seconds off in a loop whose sound goes on, and nothing off in one whose sound is repeated too', async () => {
    const loop = { kind: 'repeat-frames', frame: 10, count: 10 } as const;
    expect(leadOf(await edited([loop])).map((stretch) => stretch.startLeadMs)).toEqual([0, 400, undefined]);
    const both = leadOf(await edited([{ ...loop, sound: 'along' }]));
    expect(both.every((stretch) => stretch.startLeadMs === 0)).toBe(true);
  });

  it('is none over strange pictures, strange voices, music, silence and an empty room', async () => {
    const reason = async (edit: EditInput): Promise<unknown[]> =>
      leadOf(await edited([edit])).flatMap((stretch) => stretch.apart ?? []);
    expect(await reason({ kind: 'insert-frames', frame: 5, count: 3, from: { source: 'black' } })).toContain(
      'foreign-picture',
    );
    expect(await reason({ kind: 'cross-dub', voice: { seed: 9 } })).toEqual(['other-voice']);
    expect(await reason({ kind: 'music' })).toEqual(['music']);
    expect(await reason({ kind: 'mute' })).toEqual(['silence']);
    expect(await reason({ kind: 'hide-face' })).toEqual(['no-face']);
    const room: EditInput = { kind: 'splice-sound', atMs: 500, lengthMs: 300, with: { sound: 'room', seed: 1 } };
    expect(leadOf(await edited([room]))[1]).toEqual({ startMs: 500, endMs: 800, apart: 'room' });
  });

  it('follows any list of edits: at every instant it is what the sound says minus what the picture shows', async () => {
    const edit: fc.Arbitrary<EditInput> = fc.oneof(
      fc.record({ kind: fc.constant('shift-sound' as const), ms: fc.integer({ min: -400, max: 400 }) }),
      fc.record({
        kind: fc.constant('remove-frames' as const),
        frame: fc.nat(12),
        count: fc.integer({ min: 1, max: 4 }),
        sound: fc.constantFrom('along' as const, 'keep' as const),
      }),
      fc.record({
        kind: fc.constant('repeat-frames' as const),
        frame: fc.nat(12),
        count: fc.integer({ min: 1, max: 4 }),
        times: fc.integer({ min: 1, max: 3 }),
        sound: fc.constantFrom('along' as const, 'keep' as const),
      }),
      fc.record({
        kind: fc.constant('cut-sound' as const),
        atMs: fc.nat(300),
        lengthMs: fc.integer({ min: 1, max: 90 }),
      }),
      fc.record({
        kind: fc.constant('insert-frames' as const),
        frame: fc.nat(12),
        count: fc.integer({ min: 1, max: 4 }),
        from: fc.constant({ source: 'clip' as const, frame: 2 }),
        sound: fc.constantFrom('along' as const, 'keep' as const),
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(edit, { maxLength: 5 }), async (edits) => {
        const cut = await edited(edits);
        const { starts, endMs } = startsMs(cut.frames);
        const timeline = leadOf(cut);
        const sound = cut.sound ?? never();
        for (const [index, slot] of cut.frames.slots.entries()) {
          const ms = (starts[index] ?? 0) + 0.5;
          const stretch = timeline.find((s) => s.startMs <= ms && ms < s.endMs);
          if (stretch?.startLeadMs === undefined || stretch.endLeadMs === undefined) continue;
          let at = Math.round((ms * sound.rateHz) / 1000);
          const span = sound.map.find(({ length }) => at < length || ((at -= length), false));
          if (span === undefined || 'stranger' in span.source)
            throw new Error('the timeline tells a lead without sound');
          const says = ((span.source.start + at * span.source.rate) * 1000) / sound.rateHz;
          const lead = says - ((slot.shows?.ms ?? NaN) + 0.5);
          // A border inside this half millisecond may round to the other side.
          if (Math.abs(ms - stretch.startMs) > 0.2) expect(Math.abs(lead - stretch.startLeadMs)).toBeLessThan(0.2);
        }
        expect(timeline.at(-1)?.endMs).toBeCloseTo(endMs, 6);
        for (const [i, stretch] of timeline.entries()) {
          if (i > 0) expect(Math.abs(stretch.startMs - (timeline[i - 1]?.endMs ?? 0))).toBeLessThan(0.03);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('frames', () => {
  it('are removed, repeated and inserted by number', async () => {
    const edits: EditInput[] = [
      { kind: 'remove-frames', frame: 0, count: 46 },
      { kind: 'repeat-frames', frame: 1, count: 2, times: 2 },
      { kind: 'insert-frames', frame: 0, count: 1, from: { source: 'clip', frame: 7 } },
    ];
    expect(shows(await edited(edits))).toEqual([49, 46, 47, 48, 47, 48, 47, 48, 49]);
  });

  it('repeat to the bit, noise and all, and are never equal otherwise', async () => {
    const frames = await pixels([
      { kind: 'remove-frames', frame: 5, count: 45 },
      { kind: 'repeat-frames', frame: 3, times: 2 },
    ]);
    expect(frames).toHaveLength(7);
    expect(frames[4]).toEqual(frames[3]);
    expect(frames[5]).toEqual(frames[3]);
    expect(frames[2]).not.toEqual(frames[3]);
    expect(frames[6]).not.toEqual(frames[3]);
  });

  it('hold a pasted region exactly where it was asked for and are untouched elsewhere', async () => {
    const region = { x: 8, y: 12, width: 20, height: 16 };
    const short: EditInput = { kind: 'remove-frames', frame: 6, count: 44 };
    const plain = await pixels([short]);
    const paste: EditInput = { kind: 'paste-region', frame: 3, count: 2, from: 0, region, to: { x: 30, y: 40 } };
    const pasted = await pixels([short, paste]);
    for (const [index, frame] of pasted.entries()) {
      for (let y = 0; y < 64; y++) {
        for (let x = 0; x < 64; x++) {
          const inside = index >= 3 && index < 5 && x >= 30 && x < 50 && y >= 40 && y < 56;
          const expected = inside ? plain[0]?.[(y - 28) * 64 + x - 22] : plain[index]?.[y * 64 + x];
          if (frame[y * 64 + x] !== expected) throw new Error(`frame ${index}, ${x}/${y}`);
        }
      }
    }
  });

  it('can lose the face, and only there', async () => {
    const short: EditInput = { kind: 'remove-frames', frame: 4, count: 46 };
    const plain = await pixels([short]);
    const hidden = await pixels([short, { kind: 'hide-face', frame: 2, count: 1 }]);
    expect(hidden.map((frame, i) => Buffer.compare(frame, plain[i] ?? frame) === 0)).toEqual([true, true, false, true]);
  });

  it('of a clip that are wanted out of their order are known before', async () => {
    const cut = await edited([
      { kind: 'repeat-frames', frame: 4, count: 3 },
      { kind: 'paste-region', frame: 0, from: 30, region: { x: 0, y: 0, width: 4, height: 4 } },
    ]);
    expect(outOfOrder(cut.frames.slots)).toEqual([4, 5, 27]);
  });
});

describe('an edit that the clip has no room for', () => {
  const cases: [string, EditInput, string][] = [
    ['frames beyond the end', { kind: 'remove-frames', frame: 49, count: 2 }, 'edit-beyond-clip'],
    ['every frame', { kind: 'remove-frames', frame: 0, count: 50 }, 'edit-leaves-nothing'],
    [
      'a region outside the picture',
      { kind: 'paste-region', frame: 0, from: 1, region: { x: 60, y: 0, width: 8, height: 8 } },
      'edit-beyond-clip',
    ],
    ['sound beyond the end', { kind: 'cut-sound', atMs: 1990, lengthMs: 20 }, 'edit-beyond-clip'],
  ];
  it.each(cases)('is refused by name: %s', async (_, edit, code) => {
    await expect(edited([edit])).rejects.toSatisfy((error) => isAssayError(error) && error.code === code);
  });

  it('is refused when its pixels come from a frame inserted just before', async () => {
    const edits: EditInput[] = [
      { kind: 'insert-frames', frame: 0, count: 1, from: { source: 'black' } },
      { kind: 'paste-region', frame: 5, from: 0, region: { x: 0, y: 0, width: 8, height: 8 } },
    ];
    await expect(edited(edits)).rejects.toSatisfy((error) => isAssayError(error, 'edit-of-inserted-frame'));
  });
});

function never(): never {
  throw new Error('the cut has no sound');
}
