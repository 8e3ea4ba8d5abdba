import { join } from 'node:path';
import { expect, it } from 'vitest';
import { audio } from '../../../src/methods/audio/method.ts';
import { runMethod } from '../../support/run-method.ts';
import { describeWithMedia } from '../shared-media.ts';

describeWithMedia('sound of real recordings', (media) => {
  const run = (file: string) => runMethod(audio, join(media, file), { keepPcm: false });

  it('decodes SyncNet’s demo clip to 202,880 samples at 16 kHz from time 0', async () => {
    const found = (await run('av_sync/example.avi')).finding('decoded-sound');
    expect(found.measures).toMatchObject({
      samples: { value: 202_880 },
      sampleRate: { value: 16_000 },
      start: { value: 0 },
      duration: { value: 12_680 },
    });
  });

  it('leaves LAME’s 1105 samples out and starts after them', async () => {
    const found = (await run('audio/timbl_1.mp3')).finding('decoded-sound');
    expect(found.measures['skippedSamples']!.value).toBe(1105);
    expect(found.measures['start']!.value).toBeCloseTo((1105 / 48_000) * 1000, 2);
  });

  it('starts at 0 where an edit list hides 2112 samples', async () => {
    const found = (await run('video_structure/edts.mp4')).finding('decoded-sound');
    expect(found.measures['start']!.value).toBe(0);
    expect(found.measures['skippedSamples']!.value).toBe(2112);
  });

  it('sees that a FLAC went through a lossy codec before: its spectrum ends near 16 kHz', async () => {
    // Its tags say that it came out of an MP4.
    const { bandwidth } = (await run('audio/jfk.flac')).finding('bandwidth-edge').measures;
    expect(Math.abs(Number(bandwidth!.value) - 15_850)).toBeLessThan(300);
  });

  it('finds one microphone stored twice', async () => {
    const found = await run('audio/audio-stereo-24-bit-44100Hz.wav');
    expect(found.finding('channels-identical').details).toMatchObject({ first: 1, second: 2 });
  });

  it('examines six channels', async () => {
    const found = await run('video_structure/rotate-buck-bunny.mp4');
    expect(found.finding('decoded-sound').measures['channels']!.value).toBe(6);
    expect(found.rows('channels-1')).toHaveLength(6);
    expect(found.rows('channel-pairs-1')).toHaveLength(15);
  });
});
