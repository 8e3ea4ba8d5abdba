import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { avSync } from '../../../src/methods/av-sync/method.ts';
import { makeClip, makeMedia, makePicture } from '../../support/make-media.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { rewriteEditList } from './rewrite-edit-list.ts';
import { sayAll } from './say-findings.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-av-sync-'));
  await makeClip(at('plain.mp4'), { seconds: 4 });
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Streams of plain.mp4 (or another) copied with the second input moved by some seconds. */
async function shifted(
  name: string,
  seconds: number,
  more: readonly string[] = [],
  from = 'plain.mp4',
): Promise<MethodRunInTest> {
  await makeMedia([
    ...['-i', at(from), '-itsoffset', String(seconds), '-i', at(from), '-map', '0:v', '-map', '1:a'],
    ...['-c', 'copy', ...more, at(name)],
  ]);
  return runMethod(avSync, at(name), { content: 'skip' });
}

const leadOf = (run: MethodRunInTest) => run.findings.find(({ code }) => code.startsWith('container-lead'))!;
const lead = (run: MethodRunInTest) => Number(leadOf(run).measures['audioLeadMs']!.value);

/** The lead's interval as the finding states it. */
function interval(run: MethodRunInTest): readonly [number, number] {
  const { leadLowest, leadHighest } = leadOf(run).measures;
  return [Number(leadLowest!.value), Number(leadHighest!.value)];
}

describe('a clip that ffmpeg wrote in one go', () => {
  it('is timed together, and its encoder delay is stated by packets and edit list', async () => {
    const run = await runMethod(avSync, at('plain.mp4'), { content: 'skip' });
    expect(leadOf(run)).toMatchObject({ code: 'container-lead-together', outcome: 'consistent' });
    expect(lead(run)).toBe(0);
    expect(run.finding('encoder-delay')).toMatchObject({
      measures: { skippedSamples: { value: 1024 } },
      details: { sources: 'skip-samples, edit-list' },
    });
    expect(run.finding('sound-clock-steady').measures['clockDrift']!.value).toBe(0);
    expect(run.finding('content-lag')).toMatchObject({ outcome: 'abstained', reason: 'content-skipped' });
    expect(run.rows('published-bands').map(({ band, position }) => [band, position])).toEqual([
      ['bt1359-detectable', 'inside'],
      ['bt1359-acceptable', 'inside'],
      ['atsc-is191', 'undecided'],
      ['ebu-r37', 'inside'],
    ]);
    expect(run.rows('stream-timing')).toHaveLength(2);
    expect(Math.max(...run.column('offset-0', 'offset').map(Math.abs))).toBeLessThan(0.001);
    await sayAll('av-sync', run);
  });
});

describe('sound that was moved', () => {
  // The copy loses the statement on encoder delay, so the truth lies up to 47.9 ms (2112 samples) below what the file says.
  it.each([
    ['later.mp4', 0.4, 'container-lead-behind', 'inconsistent'],
    ['later.mkv', 0.4, 'container-lead-behind', 'inconsistent'],
    ['sooner.ts', -0.4, 'container-lead-ahead', 'inconsistent'],
  ] as const)(
    'in %s by %d s is found with its sign, the truth inside the interval',
    async (name, seconds, code, outcome) => {
      const run = await shifted(name, seconds);
      const truth = -seconds * 1000;
      const [lowest, highest] = interval(run);
      expect({ name, code: leadOf(run).code, outcome: leadOf(run).outcome }).toEqual({ name, code, outcome });
      expect(lowest).toBeLessThanOrEqual(truth);
      expect(highest).toBeGreaterThanOrEqual(truth);
      expect(highest - lowest).toBeLessThan(100);
      expect((await sayAll('av-sync', run))[0]).toContain(seconds > 0 ? 'behind the picture' : 'ahead of the picture');
    },
  );

  it('changes the lead by exactly what it was moved by', async () => {
    await makeClip(at('flac.mkv'), { more: ['-c:a', 'flac'] });
    const reference = lead(await runMethod(avSync, at('flac.mkv')));
    const seconds = 0.2;
    expect(lead(await shifted(`flac-${seconds}.mkv`, seconds, [], 'flac.mkv')) - reference).toBeCloseTo(
      -seconds * 1000,
      0,
    );
  });
});

describe('what other codecs and containers state of encoder delay', () => {
  it.each([
    ['opus.mp4', ['-c:a', 'libopus', '-ar', '48000'], 'encoder-delay', 312],
    ['opus.mkv', ['-c:a', 'libopus', '-ar', '48000'], 'encoder-delay', 312],
    ['mp3.avi', ['-c:a', 'libmp3lame'], 'encoder-delay-unsaid', 1105],
    ['aac.ts', ['-c:a', 'aac'], 'encoder-delay-unsaid', 2112],
  ] as const)('%s', async (name, more, code, samples) => {
    await makeClip(at(name), { seconds: 1, more });
    const run = await runMethod(avSync, at(name));
    const measure = code === 'encoder-delay' ? 'skippedSamples' : 'usualSamples';
    expect(run.finding(code).measures[measure]!.value).toBe(samples);
    const [lowest, highest] = interval(run);
    expect(lowest).toBeLessThanOrEqual(0);
    expect(highest).toBeGreaterThanOrEqual(0);
    await sayAll('av-sync', run);
  });
});

describe('edit lists', () => {
  const edited = async (name: string, handler: string, edits: readonly (readonly [number, number, number])[]) => {
    await writeFile(at(name), rewriteEditList(await readFile(at('plain.mp4')), handler, edits));
    return runMethod(avSync, at(name), { content: 'skip' });
  };

  it('with an empty edit delay the sound', async () => {
    const run = await edited('empty.mp4', 'soun', [
      [250, -1, 1],
      [4000, 1024, 1],
    ]);
    expect(lead(run)).toBeCloseTo(-250, 0);
    expect(run.finding('edit-list-delays').measures['delay']!.value).toBe(250);
    expect(run.findings.some(({ code }) => code === 'edit-list-not-followed')).toBe(false);
    await sayAll('av-sync', run);
  });

  it('are read to the last entry, and what they hide is counted', async () => {
    // Shows seconds 0–1 and 3–4 of the picture; the time scale of ffmpeg's 25 fps track is 12800, its first picture at 1024 or 0.
    const base = (await runMethod(avSync, at('plain.mp4'))).rows('edit-lists').find(({ stream }) => stream === 0)!;
    const first = Math.round((Number(base['mediaTime']) * 12_800) / 1000);
    const run = await edited('cut.mp4', 'vide', [
      [1000, first, 1],
      [1000, first + 3 * 12_800, 1],
    ]);
    const rows = run.rows('edit-lists').filter(({ stream }) => stream === 0);
    expect(rows.map(({ entry, editStart, segment }) => [entry, editStart, segment])).toEqual([
      [0, 0, 1000],
      [1, 1000, 1000],
    ]);
    expect(Number(rows[1]!['mediaTime']) - Number(rows[0]!['mediaTime'])).toBeCloseTo(3000, 3);
    const cuts = run.finding('edit-list-cuts');
    expect(cuts.measures['entries']!.value).toBe(2);
    expect(cuts.measures['hiddenPackets']!.value).toBeGreaterThanOrEqual(0);
    expect(cuts.places[0]!.node).toContain('elst');
    expect(run.finding('durations').measures['pictureLength']!.value).toBeCloseTo(2000, -2);
    await sayAll('av-sync', run);
  });
});

describe('time on the way', () => {
  it('that is stretched by a thousandth drifts by 60 ms a minute', async () => {
    await makeClip(at('long.mp4'), { seconds: 20, more: ['-ar', '48000'] });
    await makeMedia(['-i', at('long.mp4'), '-c', 'copy', '-bsf:a', 'setts=ts=TS*1.001', at('drift.mp4')]);
    const run = await runMethod(avSync, at('drift.mp4'));
    const { clockDrift, relativeDrift } = run.finding('sound-clock-drifts').measures;
    expect(Math.abs(Number(clockDrift!.value) - 60)).toBeLessThanOrEqual(clockDrift!.uncertainty!);
    expect(clockDrift!.uncertainty).toBeLessThan(5);
    expect(Number(relativeDrift!.value)).toBeCloseTo(1000, -2);
    const offsets = run.column('offset-1', 'offset');
    expect(offsets[offsets.length - 1]).toBeCloseTo(20, 0);
    await sayAll('av-sync', run);
  });

  it('that jumps in one track is a gap there, and counts into the other lead', async () => {
    await makeClip(at('pcm.mkv'), { seconds: 3, more: ['-c:a', 'pcm_s16le'] });
    const jump = "setts=pts='if(gt(PTS\\,1000)\\,PTS+300\\,PTS)':dts='if(gt(DTS\\,1000)\\,DTS+300\\,DTS)'";
    await makeMedia(['-i', at('pcm.mkv'), '-c', 'copy', '-bsf:a', jump, at('sound-gap.mkv')]);
    const gap = await runMethod(avSync, at('sound-gap.mkv'));
    expect(gap.finding('sound-gaps').measures).toMatchObject({ count: { value: 1 } });
    expect(gap.finding('sound-gaps').measures['largest']!.value).toBeCloseTo(300, -1);
    expect(gap.finding('sound-gaps').places[0]!.startMs).toBeCloseTo(1000, -2);
    expect(Number(gap.finding('lead-by-count').measures['leadByCountMs']!.value) - lead(gap)).toBeCloseTo(-300, -1);
    expect(gap.json('time-jumps')).toMatchObject({ events: [{ label: 'sound-gap', stream: 1 }] });

    await makeMedia(['-i', at('pcm.mkv'), '-c', 'copy', '-bsf:v', jump, at('picture-gap.mkv')]);
    const hole = await runMethod(avSync, at('picture-gap.mkv'));
    expect(hole.finding('picture-gaps').measures['largest']!.value).toBeCloseTo(300, -1);
    expect(Number(hole.finding('lead-by-count').measures['leadByCountMs']!.value) - lead(hole)).toBeCloseTo(300, -1);
    for (const run of [gap, hole]) await sayAll('av-sync', run);
  });

  it('with no constant frame rate is said, and a long interval is then no gap', async () => {
    const rate = "select='not(eq(mod(n\\,7)\\,3))*not(eq(mod(n\\,5)\\,1))'";
    await makeMedia([
      ...[
        '-f',
        'lavfi',
        '-i',
        `testsrc2=size=64x64:rate=30:duration=3,${rate}`,
        '-f',
        'lavfi',
        '-i',
        'sine=440:duration=3',
      ],
      ...['-fps_mode', 'passthrough', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', at('vfr.mp4')],
    ]);
    const run = await runMethod(avSync, at('vfr.mp4'));
    expect(run.finding('variable-frame-rate').measures['longestInterval']!.value).toBeGreaterThan(60);
    expect(run.findings.some(({ code }) => code === 'picture-gaps' || code === 'lead-by-count')).toBe(false);
    await sayAll('av-sync', run);
  });
});

describe('the sync method', () => {
  it('compares every picture with every sound and marks the main pair', async () => {
    await makeMedia([
      ...['-i', at('plain.mp4'), '-itsoffset', '0.5', '-i', at('plain.mp4')],
      ...['-map', '0:v', '-map', '0:a', '-map', '1:a', '-c', 'copy', at('two.mkv')],
    ]);
    const run = await runMethod(avSync, at('two.mkv'));
    const pairs = run.rows('stream-pairs');
    expect(pairs.map(({ sound, mainPair }) => [sound, mainPair])).toEqual([
      [1, true],
      [2, false],
    ]);
    expect(Number(pairs[0]!['lead']) - Number(pairs[1]!['lead'])).toBeCloseTo(500, -2);
    await sayAll('av-sync', run);
  });

  it('does not apply without picture or sound, and says which is missing', async () => {
    await makeMedia(['-i', at('plain.mp4'), '-an', '-c', 'copy', at('mute.mp4')]);
    await makePicture(at('cover.jpg'), '64x64');
    await makeMedia([
      ...['-i', at('plain.mp4'), '-i', at('cover.jpg'), '-map', '0:a', '-map', '1:v', '-c:a', 'copy', '-c:v', 'copy'],
      ...['-disposition:v:0', 'attached_pic', at('cover.m4a')],
    ]);
    await writeFile(at('none.mp4'), '');
    const applies = async (name: string) => (await runMethod(avSync, at(name))).applicability;
    expect(await applies('mute.mp4')).toEqual({ applies: false, reason: 'no-sound' });
    expect(await applies('cover.m4a')).toEqual({ applies: false, reason: 'no-picture' });
    expect(await applies('cover.jpg')).toEqual({ applies: false, reason: 'neither' });
    expect(await applies('none.mp4')).toEqual({ applies: false, reason: 'not-readable' });
  });

  it('gives the same bytes twice', async () => {
    const [one, two] = [await runMethod(avSync, at('plain.mp4')), await runMethod(avSync, at('plain.mp4'))];
    expect(two.result).toEqual(one.result);
    expect([...two.artefacts.values()].map(({ artefact }) => artefact.sha256)).toEqual(
      [...one.artefacts.values()].map(({ artefact }) => artefact.sha256),
    );
  });
});
