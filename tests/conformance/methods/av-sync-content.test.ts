import { join } from 'node:path';
import { expect, it } from 'vitest';
import { avSync } from '../../../src/methods/av-sync/method.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { describeWithMedia } from '../shared-media.ts';

const contentOf = (run: MethodRunInTest) => run.findings.find(({ code }) => code.startsWith('content-lag'))!;
const leadOf = (run: MethodRunInTest) => Number(contentOf(run).measures['audioLeadMs']?.value);

describeWithMedia('voice and lips of real clips', (media) => {
  const run = (file: string) => runMethod(avSync, join(media, file));

  it('of SyncNet’s demo clip: the voice is ahead by about 3 frames, and moved by 189 ms it reads 189 ms differently', async () => {
    const [example, moved] = [await run('av_sync/example.avi'), await run('av_sync/test_offset_5.avi')];
    expect(contentOf(example)).toMatchObject({ code: 'content-lag-ahead' });
    expect(Math.abs(leadOf(example) - 120)).toBeLessThanOrEqual(40);
    expect(contentOf(moved)).toMatchObject({ code: 'content-lag-behind' });
    expect(Math.abs(leadOf(example) - leadOf(moved) - 189)).toBeLessThanOrEqual(20);
    // By the container both start together: the two levels are told apart.
    expect(example.finding('content-and-container').measures['containerLead']!.value).toBe(0);
    // The mouth of the 224-pixel face lies below its middle.
    const { region } = contentOf(example).places[0]!;
    expect(region!.y + region!.height / 2).toBeGreaterThan(90);
    expect(region!.y + region!.height / 2).toBeLessThan(150);
    expect(region!.x).toBeLessThan(112);
    expect(region!.x + region!.width).toBeGreaterThan(112);
  });

  it.each(['hdtf_markey', 'hdtf_menendez', 'generated_art0_japanese'])(
    'of %s fit within two frames, and a fitting forgery is not called genuine',
    async (name) => {
      const found = await run(`av_sync/${name}.mp4`);
      expect(Math.abs(leadOf(found))).toBeLessThanOrEqual(80);
      expect(contentOf(found).outcome).toBe('consistent');
      expect(contentOf(found).limits).toContain('normal-sync-never-clears');
    },
  );

  it.each([
    'video_original/gopro_hero5_karma.mp4',
    'video_original/iphone6_with-gps.mov',
    'video_structure/edts.mp4',
    'video_structure/rotate-buck-bunny.mp4',
    'video_reencoded/pattern-sd-grey-bar.mp4',
    'video_reencoded/nasa_13013.mp4',
  ])('of %s, where nobody speaks to the camera, are not told', async (file) => {
    expect(contentOf(await run(file))).toMatchObject({ code: 'content-lag', outcome: 'abstained' });
  });
});
