import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packets } from '../../../src/methods/packets/method.ts';
import { makeMedia } from '../../support/make-media.ts';
import { runMethod } from '../../support/run-method.ts';

const folder = mkdtempSync(join(tmpdir(), 'assay-packets-'));
const file = (name: string): string => join(folder, name);
const picture = ['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=2'];
const tone = ['-f', 'lavfi', '-i', 'sine=frequency=440:sample_rate=48000:duration=2'];
const x264 = ['-c:v', 'libx264', '-preset', 'ultrafast', '-sc_threshold', '0', '-pix_fmt', 'yuv420p'];

beforeAll(async () => {
  await Promise.all([
    makeMedia([...picture, ...tone, ...x264, '-g', '10', '-c:a', 'aac', file('plain.mp4')]),
    makeMedia([...picture, '-c:v', 'libx264', '-g', '25', '-bf', '3', '-sc_threshold', '0', file('reordered.mp4')]),
    makeMedia([
      ...['-f', 'lavfi', '-i', 'testsrc2=size=160x120:rate=25:duration=3', '-vf', "select='not(between(n,20,44))'"],
      ...['-fps_mode', 'passthrough', ...x264, '-g', '10', file('hole.mp4')],
    ]),
    makeMedia([...picture, '-c:v', 'mjpeg', '-q:v', '5', file('every-key.avi')]),
    makeMedia([...tone, '-c:a', 'libmp3lame', file('sound.mp3')]),
    makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=160x120', '-frames:v', '1', file('still.jpg')]),
  ]);
});
afterAll(() => {
  rmSync(folder, { recursive: true });
});

describe('packets', () => {
  it('lists every packet of every stream with its times, size, place and flags', async () => {
    const run = await runMethod(packets, file('plain.mp4'));
    expect(run.result?.status).toBe('completed');
    expect(run.column('packets-0', 'packet')).toEqual(Array.from({ length: 50 }, (_, i) => i));
    expect(run.column('packets-0', 'timeMs')).toEqual(Array.from({ length: 50 }, (_, i) => i * 40));
    const keys = run.column('packets-0', 'flags').flatMap((flags, i) => ((flags & 1) === 1 ? [i] : []));
    expect(keys).toEqual([0, 10, 20, 30, 40]);
    const positions = run.column('packets-0', 'position');
    const sizes = run.column('packets-0', 'sizeBytes');
    expect(positions.every((position, i) => i === 0 || position >= (positions[i - 1] ?? 0) + (sizes[i - 1] ?? 0))).toBe(
      true,
    );
    expect(run.rows('streams').map(({ stream, codec, packets: count }) => [stream, codec, count])).toEqual([
      [0, 'h264', 50],
      [1, 'aac', run.column('packets-1', 'packet').length],
    ]);
  });

  it('needs no decoder', async () => {
    const run = await runMethod(packets, file('plain.mp4'));
    expect(new Set(run.runs.map(({ program }) => program))).toEqual(new Set(['ffprobe']));
  });

  it('finds the distance of key packets', async () => {
    const run = await runMethod(packets, file('plain.mp4'));
    const finding = run.finding('regular-groups');
    expect(finding.measures['groupLength']?.value).toBe(10);
    expect(finding.measures['groups']?.value).toBe(5);
    expect(finding.measures['reorderDepth']?.value).toBe(0);
    expect(run.column('picture-groups-0', 'timeMs')).toEqual([0, 400, 800, 1200, 1600]);
    expect(run.column('picture-groups-0', 'groupPackets')).toEqual([10, 10, 10, 10, 10]);
  });

  it('sees that pictures are reordered, and that the rate stays constant all the same', async () => {
    const run = await runMethod(packets, file('reordered.mp4'));
    expect(run.finding('regular-groups').measures['reorderDepth']?.value).toBeGreaterThan(0);
    const rate = run.finding('constant-rate').measures;
    expect([rate['medianMs']?.value, rate['shortestMs']?.value, rate['longestMs']?.value]).toEqual([40, 40, 40]);
    expect(rate['frameRate']?.value).toBe(25);
  });

  it('adds sizes up to a bit rate that accounts for every byte', async () => {
    const run = await runMethod(packets, file('plain.mp4'));
    const sizes = run.column('packets-0', 'sizeBytes').reduce((sum, size) => sum + size, 0);
    const rates = run.column('bit-rate-0', 'bitRate');
    expect(run.column('bit-rate-0', 'timeMs')).toEqual([0, 1000]);
    expect(rates.reduce((sum, rate) => sum + rate / 8, 0)).toBeCloseTo(sizes, 0);
  });

  it('finds a second of missing pictures and says where', async () => {
    const run = await runMethod(packets, file('hole.mp4'));
    const gap = run.finding('gaps');
    expect(gap.measures['count']?.value).toBe(1);
    expect(gap.measures['totalMs']?.value).toBe(1000);
    expect(gap.places[0]).toMatchObject({ stream: 0, startMs: 800, endMs: 1800 });
    expect(run.json('packet-events')).toMatchObject({
      events: [{ label: 'gap', startMs: 800, endMs: 1800, stream: 0 }],
    });
    expect(run.finding('variable-rate').measures['deviating']?.value).toBe(1);
  });

  it('tells hidden start-up packets of sound from shown ones', async () => {
    const run = await runMethod(packets, file('plain.mp4'));
    const hidden = run.finding('hidden-packets');
    expect(hidden.details['stream']).toBe(1);
    expect(hidden.limits).toContain('hidden-is-usual');
  });

  it('does not divide a stream of key packets into groups', async () => {
    const run = await runMethod(packets, file('every-key.avi'));
    expect(run.finding('all-key').measures['groupLength']?.value).toBe(1);
    expect(run.artefacts.has('picture-groups-0')).toBe(false);
  });

  it('examines sound alone', async () => {
    const run = await runMethod(packets, file('sound.mp3'));
    expect(run.findings.map(({ code }) => code)).toContain('stream-packets');
    expect(run.findings.map(({ code }) => code)).not.toContain('regular-groups');
  });

  it('does not apply to a still picture', async () => {
    const run = await runMethod(packets, file('still.jpg'));
    expect(run.applicability).toEqual({ applies: false, reason: 'still-picture' });
  });

  it('gives the same bytes each time', async () => {
    const [first, second] = [await runMethod(packets, file('plain.mp4')), await runMethod(packets, file('plain.mp4'))];
    const hashes = (run: typeof first): string[] => [...run.artefacts.values()].map(({ artefact }) => artefact.sha256);
    expect(hashes(second)).toEqual(hashes(first));
    expect(second.findings).toEqual(first.findings);
  });
});
