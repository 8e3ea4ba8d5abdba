import { execFileSync } from 'node:child_process';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decode } from '../../../src/media/decode/decode.ts';
import { subscribe, type LoudnessReading } from '../../../src/media/taps.ts';
import { DecodeClips } from '../../support/decode-clips.ts';
import { openMedia, testToolbox } from '../../support/run-method.ts';

const clips = new DecodeClips();
const { file } = clips;
beforeAll(() => clips.make());
afterAll(() => {
  clips.remove();
});

describe('the taps of sound', () => {
  async function decodeSound(path: string, sampleRateHz: number | 'native', channels: 'native' | 'mono') {
    const media = await openMedia(path);
    const stream = (await media.mainAudio())?.index ?? -1;
    const samples: number[] = [];
    const starts: number[] = [];
    const readings: LoudnessReading[] = [];
    let shape = '';
    const outcome = await decode({
      ...{ media, toolbox: testToolbox },
      subscriptions: [
        subscribe({ kind: 'pcm', stream, sampleRateHz, channels }, (chunk) => {
          starts.push(chunk.firstSample);
          shape = `${chunk.sampleRateHz}/${chunk.channels}`;
          for (const sample of chunk.samples) samples.push(sample);
        }),
        subscribe({ kind: 'loudness', stream }, (reading) => void readings.push(reading)),
      ].map((subscription) => ({ owner: 'test', subscription })),
    });
    await media.close();
    return { outcome, samples, starts, readings, shape };
  }

  it('gives the samples of the stream, interleaved, counted from the start', async () => {
    const { outcome, samples, starts, shape } = await decodeSound(file('mjpeg.avi'), 'native', 'native');
    expect(outcome.status).toBe('complete');
    expect(shape).toBe('48000/1');
    expect(samples).toHaveLength(48000);
    expect(starts).toEqual([0, 16384, 32768]);
    const raw = execFileSync('ffmpeg', ['-v', 'error', '-i', file('mjpeg.avi'), '-vn', '-f', 's16le', '-']);
    const exact = Array.from(new Int16Array(raw.buffer, raw.byteOffset, raw.length / 2), (value) => value / 32768);
    expect(samples).toEqual(exact);
  });

  it('resamples and mixes where that is asked', async () => {
    const { samples, shape } = await decodeSound(file('streams.mkv'), 16000, 'mono');
    expect(shape).toBe('16000/1');
    expect(Math.abs(samples.length - 16000)).toBeLessThan(1100);
  });

  it('measures loudness ten times a second, as a tone at −18 dBFS comes out', async () => {
    const { readings } = await decodeSound(file('mjpeg.avi'), 'native', 'native');
    expect(readings.map(({ atMs }) => Math.round(atMs))).toEqual([100, 200, 300, 400, 500, 600, 700, 800, 900, 1000]);
    // A sine of amplitude 1/8 has a level of −21.07 dB; K weighting lifts 1 kHz by 0.7 dB, the offset is −0.69 LU.
    expect(readings.at(-1)?.momentary).toBeCloseTo(-21.1, 0);
    expect(readings.at(-1)?.truePeak[0]).toBeCloseTo(20 * Math.log10(1 / 8), 1);
  });

  it('survives a picture that cannot be decoded', async () => {
    const media = await openMedia(file('h264.mp4'));
    let samples = 0;
    const outcome = await decode({
      ...{ media, toolbox: testToolbox, limits: { maxPixels: 1 } },
      subscriptions: [
        subscribe({ kind: 'frames', stream: 0, width: 64, pixelFormat: 'gray', select: 'all' }, () => undefined),
        subscribe(
          { kind: 'pcm', stream: 1, sampleRateHz: 'native', channels: 'native' },
          (chunk) => void (samples += chunk.samples.length),
        ),
      ].map((subscription) => ({ owner: 'test', subscription })),
    });
    expect(outcome).toMatchObject({ status: 'incomplete', streams: { 0: 'too-large', 1: 'complete' } });
    expect(samples).toBeGreaterThan(90_000);
    await media.close();
  });
});
