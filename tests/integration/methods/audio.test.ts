import { createHash } from 'node:crypto';
import { mkdtemp, readFile, rm, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { audio } from '../../../src/methods/audio/method.ts';
import { makeClip, makeMedia, makePicture } from '../../support/make-media.ts';
import { runMethod } from '../../support/run-method.ts';
import { sayAll } from './say-findings.ts';

let folder: string;
const at = (name: string) => join(folder, name);

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-audio-'));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** The samples of a WAVE file, read by the real ffmpeg's decoder as hash. */
async function sha256OfFloats(path: string): Promise<string> {
  await makeMedia(['-i', path, '-map', '0:a:0', '-c:a', 'pcm_f32le', '-f', 'f32le', `${path}.raw`]);
  return createHash('sha256')
    .update(await readFile(`${path}.raw`))
    .digest('hex');
}

const value = (run: Awaited<ReturnType<typeof runMethod>>, code: string, measure: string) =>
  run.finding(code).measures[measure]?.value;

describe('the sound of a stereo tone at −23 dBFS', () => {
  let run: Awaited<ReturnType<typeof runMethod>>;
  beforeAll(async () => {
    // EBU Tech 3341, first test signal: it must read −23 LUFS.
    const amplitude = 10 ** (-23 / 20);
    const tone = `aevalsrc=${amplitude}*sin(2*PI*1000*t)|${amplitude}*sin(2*PI*1000*t):s=48000:d=20`;
    await makeMedia(['-f', 'lavfi', '-i', tone, '-c:a', 'pcm_s24le', at('tone.wav')]);
    run = await runMethod(audio, at('tone.wav'));
  });

  it('has the loudness that the EBU says, to a tenth', () => {
    for (const measure of ['integratedLoudness', 'maxMomentary', 'maxShortTerm'])
      expect(Math.abs(Number(value(run, 'loudness', measure)) + 23)).toBeLessThanOrEqual(0.1);
    expect(value(run, 'loudness', 'loudnessRange')).toBe(0);
    expect(Math.abs(Number(value(run, 'loudness', 'truePeak')) + 23)).toBeLessThanOrEqual(0.2);
  });

  it('has the level of a sine in both channels, which are the same', () => {
    expect(value(run, 'levels', 'samplePeak')).toBeCloseTo(-23, 1);
    expect(value(run, 'levels', 'meanLevel')).toBeCloseTo(-26.01, 1);
    expect(value(run, 'levels', 'dcOffset')).toBeCloseTo(0, 3);
    expect(run.finding('channels-identical').details).toMatchObject({ first: 1, second: 2 });
  });

  it('is kept bit for bit as a 24-bit WAVE file, with the hash of what was decoded', async () => {
    const { bytes, artefact } = run.artefacts.get('sound-0')!;
    expect(artefact.mediaType).toBe('audio/wav');
    await writeFile(at('kept.wav'), bytes);
    const hash = await sha256OfFloats(at('kept.wav'));
    expect(hash).toBe(await sha256OfFloats(at('tone.wav')));
    expect(value(run, 'decoded-sound', 'pcmSha256')).toBe(hash);
  });

  it('shows as one bright line at 1 kHz in the spectrogram', async () => {
    const { bytes, artefact } = run.artefacts.get('spectrogram-0')!;
    if (artefact.kind !== 'map') throw new Error('no map');
    expect(artefact.over).toMatchObject({ plane: 'time-frequency', minHz: 0, maxHz: 24_000, startMs: 0 });
    const { data, info } = await sharp(bytes).raw().toBuffer({ resolveWithObject: true });
    const column = Math.floor(info.width / 2);
    const levels = Array.from({ length: info.height }, (_, row) => data[(row * info.width + column) * info.channels]!);
    const row = levels.indexOf(Math.max(...levels));
    const hz = ((info.height - 1 - row) / info.height) * 24_000;
    expect(Math.abs(hz - 1000)).toBeLessThan(24);
    // A grey is 120/255 dB; the tone lies between two bins.
    expect(-120 + (levels[row]! / 255) * 120).toBeGreaterThan(-24.5);
  });

  it('has an envelope of the tone’s amplitude at every zoom', () => {
    for (const level of [0, 1]) {
      const high = run.column(`waveform-0-channel-1-level-${level}`, 'highest');
      expect(high).toHaveLength(level === 0 ? 3750 : 938);
      expect(Math.max(...high)).toBeCloseTo(10 ** (-23 / 20), 3);
      const times = run.column(`waveform-0-channel-1-level-${level}`, 'time');
      expect(times[1]! - times[0]!).toBeCloseTo((256 * 4 ** level) / 48, 2);
    }
  });

  it('is told in words, all of them', async () => {
    expect((await sayAll('audio', run)).join('\n')).toContain('−23');
  });
});

describe('sound beside a picture', () => {
  it('has its events at the times that a player shows them', async () => {
    // One second of tone, one of exact silence, one of tone; the sound starts 500 ms late.
    const silence = `aevalsrc=if(between(t\\,1\\,2)\\,0\\,0.3*sin(2*PI*440*t)):s=48000:d=3`;
    await makeMedia([
      ...['-f', 'lavfi', '-i', 'testsrc2=size=64x64:rate=25:duration=4'],
      ...['-itsoffset', '0.5', '-f', 'lavfi', '-i', silence],
      ...['-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'pcm_s16le', at('late.mov')],
    ]);
    const run = await runMethod(audio, at('late.mov'));
    expect(value(run, 'decoded-sound', 'start')).toBeCloseTo(500, 0);
    const [place] = run.finding('digital-silence').places;
    expect(place!.startMs).toBeCloseTo(1500, 0);
    expect(place!.endMs).toBeCloseTo(2500, 0);
    expect(value(run, 'digital-silence', 'inside')).toBe(1);
    expect(value(run, 'silence', 'count')).toBe(1);
    expect(run.json('sound-events-1')).toMatchObject({ events: [{ label: 'digital-silence' }, { label: 'silence' }] });
    expect(run.column('waveform-1-channel-0-level-0', 'time')[0]).toBeCloseTo(500, 0);
    const loudnessTimes = run.column('loudness-1', 'time');
    expect(loudnessTimes[0]).toBeCloseTo(600, 0);
    await sayAll('audio', run);
  });

  it('counts as many samples as the packets announce, whatever the codec and container', async () => {
    const cases: readonly (readonly [string, readonly string[]])[] = [
      ['aac.mp4', ['-c:a', 'aac']],
      ['aac.ts', ['-c:a', 'aac']],
      ['opus.mkv', ['-c:a', 'libopus', '-ar', '48000']],
      ['mp3.avi', ['-c:a', 'libmp3lame']],
      ['ac3.mp4', ['-c:a', 'ac3']],
      ['vorbis.mkv', ['-c:a', 'libvorbis']],
    ];
    for (const [name, more] of cases) {
      await makeClip(at(name), { seconds: 1, more });
      const run = await runMethod(audio, at(name), { keepPcm: false });
      const found = run.findings.find(({ code }) => code.startsWith('decoded-sound'))!;
      expect({ name, codes: run.findings.map(({ code }) => code) }).toMatchObject({
        name,
        codes: expect.not.arrayContaining(['sample-count-differs']) as string[],
      });
      expect({ name, long: Number(found.measures['duration']!.value) > 950 }).toEqual({ name, long: true });
      expect(run.artefacts.has('sound-1')).toBe(false);
      await sayAll('audio', run);
    }
  });

  it('follows a hole in the sound’s time', async () => {
    const hole = "setts=pts='if(gt(PTS\\,44100)\\,PTS+22050\\,PTS)':dts='if(gt(DTS\\,44100)\\,DTS+22050\\,DTS)'";
    await makeClip(at('whole.mkv'), { more: ['-c:a', 'pcm_s16le'] });
    await makeMedia([
      '-i',
      at('whole.mkv'),
      '-c',
      'copy',
      '-bsf:a',
      hole.replaceAll('44100', '1000').replaceAll('22050', '500'),
      at('hole.mkv'),
    ]);
    const run = await runMethod(audio, at('hole.mkv'));
    expect(run.finding('decoded-sound').details['timeJumps']).toBe(1);
    const times = run.column('waveform-1-channel-0-level-0', 'time');
    const largest = Math.max(...times.slice(1).map((time, i) => time - times[i]!));
    expect(largest).toBeGreaterThan(500);
    expect(largest).toBeLessThan(510);
  });
});

describe('what is wrong with sound', () => {
  it('is found: clipping, a dead channel, an opposite channel, values beyond full scale', async () => {
    const make = (expression: string, name: string, codec = 'pcm_s16le') =>
      makeMedia(['-f', 'lavfi', '-i', `aevalsrc=${expression}:s=48000:d=2`, '-c:a', codec, at(name)]);
    await make('clip(2*sin(2*PI*100*t)\\,-1\\,1)|0', 'clipped.wav');
    const clipped = await runMethod(audio, at('clipped.wav'));
    expect(value(clipped, 'clipping', 'count')).toBe(400);
    expect(clipped.finding('channel-silent').details['channel']).toBe(2);

    await make('0.3*sin(2*PI*300*t)|-0.3*sin(2*PI*300*t)', 'opposite.wav');
    const opposite = await runMethod(audio, at('opposite.wav'));
    expect(opposite.finding('channels-inverted').details).toMatchObject({ first: 1, second: 2 });

    await make('1.5*sin(2*PI*100*t)', 'loud.wav', 'pcm_f32le');
    const loud = await runMethod(audio, at('loud.wav'));
    expect(value(loud, 'levels', 'samplePeak')).toBeCloseTo(3.52, 1);
    expect(Number(value(loud, 'levels', 'beyondFullScale'))).toBeGreaterThan(10_000);
    for (const run of [clipped, opposite, loud]) await sayAll('audio', run);
  });

  it('is found in what a codec cut off', async () => {
    await makeMedia([
      ...['-f', 'lavfi', '-i', 'anoisesrc=d=6:c=white:a=0.3:seed=5:r=44100'],
      ...['-c:a', 'libmp3lame', '-b:a', '128k', '-cutoff', '16000', at('cut.mp3')],
    ]);
    const run = await runMethod(audio, at('cut.mp3'));
    const { bandwidth } = run.finding('bandwidth-edge').measures;
    expect(Math.abs(Number(bandwidth!.value) - 16_000)).toBeLessThan(500);
    await sayAll('audio', run);
  });

  it('gives nothing but facts for silence: no loudness, no bandwidth', async () => {
    await makeMedia(['-f', 'lavfi', '-i', 'anullsrc=r=8000:cl=mono:d=2', '-c:a', 'pcm_s16le', at('silent.wav')]);
    const run = await runMethod(audio, at('silent.wav'));
    expect(run.finding('loudness-below-gate')).toMatchObject({ outcome: 'abstained', reason: 'below-gate' });
    expect(run.finding('bandwidth-unknown')).toMatchObject({ outcome: 'abstained', reason: 'nothing-sounds' });
    expect(run.finding('all-digital-silence').outcome).toBe('information');
    expect(value(run, 'digital-silence', 'total')).toBe(2000);
    await sayAll('audio', run);
  });
});

describe('the sound method', () => {
  it('does not apply where there is no sound, and says why', async () => {
    await makeMedia(['-f', 'lavfi', '-i', 'testsrc2=size=64x64:duration=1', '-c:v', 'libx264', at('mute.mp4')]);
    await makePicture(at('still.jpg'), '64x64');
    await writeFile(at('text.mp4'), 'no media at all');
    const applies = async (name: string) => (await runMethod(audio, at(name))).applicability;
    expect(await applies('mute.mp4')).toEqual({ applies: false, reason: 'no-sound' });
    expect(await applies('still.jpg')).toEqual({ applies: false, reason: 'no-sound' });
    expect(await applies('text.mp4')).toEqual({ applies: false, reason: 'not-readable' });
  });

  it('examines every sound track, and names those past its bound', async () => {
    await makeMedia([
      ...['-f', 'lavfi', '-i', 'sine=440:duration=1', '-f', 'lavfi', '-i', 'sine=880:duration=1'],
      ...[
        '-f',
        'lavfi',
        '-i',
        'sine=990:duration=1',
        '-map',
        '0',
        '-map',
        '1',
        '-map',
        '2',
        '-c:a',
        'flac',
        at('three.mkv'),
      ],
    ]);
    const run = await runMethod(audio, at('three.mkv'), { maxStreams: 2 });
    expect(run.findings.filter(({ code }) => code === 'levels').map(({ details }) => details['stream'])).toEqual([
      0, 1,
    ]);
    expect(run.finding('sound-not-examined')).toMatchObject({ reason: 'too-many-streams', details: { stream: 2 } });
    await sayAll('audio', run);
  });

  it('gives the same bytes twice', async () => {
    await makeClip(at('same.mp4'));
    const [one, two] = [await runMethod(audio, at('same.mp4')), await runMethod(audio, at('same.mp4'))];
    expect(two.result).toEqual(one.result);
    const hashes = (run: typeof one) => [...run.artefacts].map(([name, { artefact }]) => [name, artefact.sha256]);
    expect(hashes(two)).toEqual(hashes(one));
  });

  it('examines what a broken-off file still gives', async () => {
    await makeClip(at('broken.mkv'), { seconds: 6 });
    await truncate(at('broken.mkv'), Math.floor((await readFile(at('broken.mkv'))).length / 2));
    const run = await runMethod(audio, at('broken.mkv'));
    const duration = Number(value(run, 'decoded-sound', 'duration'));
    expect(duration).toBeGreaterThan(1000);
    expect(duration).toBeLessThan(5500);
    await sayAll('audio', run);
  });
});
