import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { editClip } from '../../../src/lab/forge/edit-clip.ts';
import type { EditInput } from '../../../src/lab/forge/edit.ts';
import { forgeClip } from '../../../src/lab/forge/forge-clip.ts';
import { avSync } from '../../../src/methods/av-sync/method.ts';
import { runMethod, testToolbox, type MethodRunInTest } from '../../support/run-method.ts';
import { sayAll } from './say-findings.ts';

let folder: string;
let first: MethodRunInTest;
const at = (name: string) => join(folder, name);
// Small pictures: a face of 120 pixels is all that is needed.
const presenter = { width: 320, height: 180, facePx: 120, lipLeadMs: 20 } as const;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-content-'));
  await forgeClip({ ...presenter, seed: 31, seconds: 10, audioLeadMs: 160 }, at('ahead.mkv'), { toolbox: testToolbox });
  await forgeClip({ ...presenter, seed: 32, seconds: 31 }, at('long.mkv'), { toolbox: testToolbox });
  first = await runMethod(avSync, at('ahead.mkv'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function edited(from: string, edits: readonly EditInput[]): Promise<MethodRunInTest> {
  await editClip(at(from), [...edits], at('edited.mkv'), { toolbox: testToolbox });
  return runMethod(avSync, at('edited.mkv'));
}

const contentOf = (run: MethodRunInTest) => run.findings.find(({ code }) => code.startsWith('content-lag'))!;
const leadOf = (run: MethodRunInTest) => Number(contentOf(run).measures['audioLeadMs']?.value);

describe('voice and lips of a forged clip', () => {
  it('are as far apart as the truth says, with curve, chance, map and lanes, and in words', async () => {
    const run = first;
    const finding = contentOf(run);
    expect(finding.code).toBe('content-lag-ahead');
    expect(finding.outcome).toBe('inconsistent');
    expect(Math.abs(leadOf(run) - 160)).toBeLessThan(20);
    expect(Number(finding.measures['audioLeadFrames']!.value)).toBeCloseTo(leadOf(run) / 40, 1);
    const names = [
      'lag-curve',
      'null-distribution',
      'sounding-map',
      'mouth-motion',
      'speech-energy',
      'lag-over-time',
      'mouth-region',
    ];
    for (const name of names) expect(run.artefacts.has(name), name).toBe(true);
    const [lead, score] = [run.column('lag-curve', 'lead'), run.column('lag-curve', 'score')];
    const best = lead[score.indexOf(Math.max(...score))]!;
    expect(Math.abs(best - 160)).toBeLessThanOrEqual(30);
    expect(lead[0]!).toBeLessThan(lead.at(-1)!);
    expect(run.column('null-distribution', 'count').reduce((sum, count) => sum + count, 0)).toBe(60);
    // Matroska with AAC starts the sound a packet early, and that is no shift of the content.
    expect(Math.abs(Number(run.finding('content-and-container').measures['containerLead']!.value))).toBeLessThan(25);
    const said = (await sayAll('av-sync', run)).join(' ');
    expect(said).toMatch(/voice \(stream 1\) is [\d.]+ ms ahead of the lips/u);
    expect(finding.limits).toContain('normal-sync-never-clears');
    expect(said).not.toMatch(/\{\{/u);
  });

  it('read 240 ms differently when the sound is moved by 240 ms, and the container’s shift is part of it', async () => {
    const moved = await edited('ahead.mkv', [{ kind: 'shift-sound', ms: -240 }]);
    expect(Math.abs(leadOf(moved) - (160 - 240))).toBeLessThan(20);
    const timed = await edited('ahead.mkv', [{ kind: 'offset-container', ms: 120 }]);
    const container = Number(timed.finding('content-and-container').measures['containerLead']!.value);
    expect(container).toBeGreaterThan(100);
    expect(Math.abs(leadOf(timed) - (leadOf(first) + 120))).toBeLessThan(25);
  });

  it.each([
    ['another’s voice', { kind: 'cross-dub', voice: { seed: 77 } }, 'flat-peak'],
    ['no sound', { kind: 'mute' }, 'no-voice'],
    ['music', { kind: 'music', seed: 3 }, 'flat-peak'],
  ] as const)('are not told with %s', async (_name, change, reason) => {
    const run = await edited('ahead.mkv', [change]);
    expect(contentOf(run)).toMatchObject({ code: 'content-lag', outcome: 'abstained', reason });
  });

  it('are not told without a face', async () => {
    const spec = { ...presenter, seed: 31, seconds: 10, edits: [{ kind: 'hide-face' as const }] };
    await forgeClip(spec, at('faceless.mkv'), { toolbox: testToolbox });
    expect(contentOf(await runMethod(avSync, at('faceless.mkv')))).toMatchObject({ outcome: 'abstained' });
  });

  it('drift as much as the sound was stretched', async () => {
    const run = await edited('long.mkv', [{ kind: 'drift-sound', msPerMinute: 400 }]);
    const drift = run.finding('content-drift').measures['leadDrift']!;
    expect(Math.abs(Math.abs(Number(drift.value)) - 400)).toBeLessThan(80);
  });

  it('and the claps beside it are as far apart as the sound was moved, each by itself', async () => {
    const claps = [700, 1930, 3210, 4340, 6120, 7050, 8630];
    const spec = { ...presenter, seed: 33, seconds: 10, facePx: 80, claps };
    await forgeClip(spec, at('claps.mkv'), { toolbox: testToolbox });
    const moved = await edited('claps.mkv', [{ kind: 'shift-sound', ms: 200 }]);
    const met = moved.finding('sudden-events-met');
    expect(Math.abs(Number(met.measures['eventLead']!.value) - 200)).toBeLessThan(25);
    expect(met.places.length).toBeGreaterThanOrEqual(5);
    expect((await sayAll('av-sync', moved)).join(' ')).not.toMatch(/\{\{/u);
    expect(first.finding('sudden-events').outcome).toBe('abstained');
    const dubbed = await edited('claps.mkv', [{ kind: 'cross-dub', voice: { seed: 78 } }]);
    expect(dubbed.finding('sudden-events').outcome).toBe('abstained');
  });

  it('are left alone where nobody asks', async () => {
    const run = await runMethod(avSync, at('ahead.mkv'), { content: 'skip' });
    expect(contentOf(run)).toMatchObject({ outcome: 'abstained', reason: 'content-skipped' });
    expect(run.artefacts.has('lag-curve')).toBe(false);
  });

  it('give the same bytes again', async () => {
    const [one, two] = [first, await runMethod(avSync, at('ahead.mkv'))];
    expect(two.findings).toEqual(one.findings);
    for (const [name, { artefact }] of one.artefacts)
      expect(two.artefacts.get(name)!.artefact.sha256).toBe(artefact.sha256);
  });
});
