import { join } from 'node:path';
import { expect, it } from 'vitest';
import { avSync } from '../../../src/methods/av-sync/method.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { describeWithMedia } from '../shared-media.ts';

const leadOf = (run: MethodRunInTest) => run.findings.find(({ code }) => code.startsWith('container-lead'))!;

describeWithMedia('the timing of real files', (media) => {
  const run = (file: string) => runMethod(avSync, join(media, file), { content: 'skip' });

  it('of SyncNet’s demo clip is together: its 120 ms are in the content', async () => {
    const found = await run('av_sync/example.avi');
    expect(leadOf(found)).toMatchObject({ code: 'container-lead-together', outcome: 'consistent' });
    expect(leadOf(found).measures['audioLeadMs']).toMatchObject({ value: 0 });
    expect(leadOf(found).measures['audioLeadMs']!.uncertainty).toBeCloseTo(20, 0);
    expect(found.finding('content-lag').outcome).toBe('abstained');
    expect(found.findings.map(({ code }) => code)).not.toContain('lead-by-count');
  });

  it('of its shifted copy holds two of the three parts of the known 189 ms', async () => {
    const found = await run('av_sync/test_offset_5.avi');
    expect(leadOf(found).measures['audioLeadMs']!.value).toBe(0);
    const gap = found.finding('picture-gaps');
    expect(gap.measures['largest']!.value).toBe(80);
    expect(gap.places[0]).toMatchObject({ startMs: 40, endMs: 120 });
    const counted = Number(found.finding('lead-by-count').measures['leadByCountMs']!.value);
    const unsaid = Number(found.finding('encoder-delay-unsaid').measures['usualDelay']!.value);
    expect(counted).toBe(80);
    expect(unsaid).toBeCloseTo(69.06, 2);
    // 200 ms of silence were added to the sound; cross-correlation and packet times gave 189 ms of delay in all.
    expect(200 + unsaid - counted).toBeCloseTo(189, 0);
  });

  it('of edts.mp4 follows both edit lists to a start together', async () => {
    const found = await run('video_structure/edts.mp4');
    expect(leadOf(found).measures['audioLeadMs']!.value).toBe(0);
    expect(found.finding('encoder-delay').measures['skippedSamples']!.value).toBe(2112);
    expect(found.rows('edit-lists').map((row) => [row['stream'], row['segment'], row['mediaTime']])).toEqual([
      [0, 9000, 80],
      [1, 9000, expect.closeTo((2112 / 44_100) * 1000, 2)],
    ]);
  });

  it.each([
    ['video_original/iphone6_with-gps.mov', 0, 'encoder-delay-unsaid'],
    ['video_original/android601_with-gps.mp4', 0, 'encoder-delay-unsaid'],
    ['video_original/gopro_hero5_karma.mp4', 0, 'encoder-delay-unsaid'],
    ['video_reencoded/gopher-video.mp4', 0, 'encoder-delay-unsaid'],
    ['av_sync/hdtf_aoc.mp4', 0, 'encoder-delay'],
    ['av_sync/generated_art0_japanese.mp4', 0, 'encoder-delay'],
  ])('of %s starts together (%i ms by ffprobe) with %s', async (file, leadMs, delay) => {
    const found = await run(file);
    expect(leadOf(found).measures['audioLeadMs']!.value).toBe(leadMs);
    expect(leadOf(found).outcome).toBe('consistent');
    expect(found.finding(delay).outcome).toBe('information');
  });

  it('of a broadcast cut has the sound start 80 ms early, which does not reach beyond the band for sure', async () => {
    const found = await run('video_original/Sony ILCE-7M3 (A7M3).mts');
    expect(leadOf(found).measures).toMatchObject({
      audioLeadMs: { value: 80 },
      pictureStart: { value: 1120 },
      soundStart: { value: 1040 },
    });
    expect(leadOf(found).outcome).toBe('inconclusive');
  });

  it('of a messenger’s copy has a variable rate with one long hold', async () => {
    const found = await run('video_reencoded/gopher-video.mp4');
    expect(found.finding('variable-frame-rate').measures['longestInterval']!.value).toBeCloseTo(177.344, 2);
    expect(found.findings.map(({ code }) => code)).not.toContain('lead-by-count');
  });

  it('of two pictures and two sounds is a table of four pairs', async () => {
    const found = await run('video_reencoded/nasa_13013.mp4');
    const pairs = found.rows('stream-pairs').map((row) => [row['picture'], row['sound'], row['lead'], row['mainPair']]);
    expect(pairs).toEqual([
      [0, 1, 0, true],
      [0, 4, 0, false],
      [3, 1, 0, false],
      [3, 4, 0, false],
    ]);
  });

  it('does not apply to a film without sound', async () => {
    expect((await run('video_structure/cursed-vfr.mp4')).applicability).toEqual({ applies: false, reason: 'no-sound' });
  });
});
