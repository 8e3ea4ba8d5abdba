import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { decodeArguments, decodeCommand } from '../../../../src/media/decode/command.ts';
import { decodeTimeMs, defaultDecodeLimits } from '../../../../src/media/decode/decode-limits.ts';
import { frameBytes, tapSize } from '../../../../src/media/decode/frame-size.ts';
import { planDecode } from '../../../../src/media/decode/plan.ts';
import type { Probe, ProbedStream } from '../../../../src/media/exhibit-media.ts';
import type { Tap } from '../../../../src/media/taps.ts';

const stream = (index: number, more: Partial<ProbedStream>): ProbedStream => ({
  ...{ index, type: 'video', codec: 'h264', timeBase: { num: 1, den: 12800 }, startPts: 0, durationTicks: null },
  ...{ attachedPicture: false, tags: {}, printed: {}, sideData: [], ...more },
});
const picture = stream(0, { width: 1920, height: 1080, pixelFormat: 'yuv420p' });
const sound = stream(1, { type: 'audio', codec: 'aac', sampleRateHz: 44100, channels: 2, channelLayout: 'stereo' });
const probe = (streams: readonly ProbedStream[]): Probe => ({
  ...{
    formatName: 'mov,mp4',
    durationMs: 1000,
    startMs: 0,
    bitRate: null,
    tags: {},
    printed: {},
    streams,
    messages: [],
  },
});
const small: Tap = { kind: 'frames', stream: 0, width: 320, pixelFormat: 'yuv420p', select: 'all' };
const keys: Tap = { kind: 'frames', stream: 0, width: 'native', pixelFormat: 'rgb24', select: 'key' };
const hashes: Tap = { kind: 'frame-hashes', stream: 0, algorithm: 'murmur3' };
const pcm: Tap = { kind: 'pcm', stream: 1, sampleRateHz: 'native', channels: 'native' };
const mono: Tap = { kind: 'pcm', stream: 1, sampleRateHz: 16000, channels: 'mono' };
const loudness: Tap = { kind: 'loudness', stream: 1 };
const all = [small, keys, hashes, pcm, mono, loudness];
const plan = (taps: readonly Tap[], streams = [picture, sound]) =>
  planDecode(probe(streams), taps, defaultDecodeLimits);

describe('planDecode', () => {
  it('gives equal taps one pipe', () => {
    expect(plan([small, { ...small }, small])).toEqual(plan([small]));
  });

  it('takes the same times in another order for the same tap', () => {
    const at = (...times: number[]): Tap => ({ ...keys, select: { times } });
    expect(plan([at(512, 0), at(0, 512, 512)]).streams[0]).toMatchObject({ frames: [{ fd: 6 }] });
    expect(decodeArguments(plan([at(512, 0)]), 'x', defaultDecodeLimits)).toEqual(
      decodeArguments(plan([at(0, 512)]), 'x', defaultDecodeLimits),
    );
  });

  it('decodes each stream once, and hashes its frames also when nobody asked', () => {
    const args = decodeArguments(plan([small, keys]), 'x.mp4', defaultDecodeLimits);
    expect(args.filter((arg) => arg.includes('[0:0]'))).toHaveLength(1);
    expect(args.filter((arg) => arg === 'framehash')).toHaveLength(1);
    expect(args[args.indexOf('-hash') + 1]).toBe('murmur3');
  });

  it('thins only where a tap allows it and the picture is four times as wide', () => {
    const wide = { ...picture, width: 1920, height: 1080 };
    const graphOf = (tap: Tap, stream: ProbedStream): string =>
      decodeArguments(plan([tap], [stream]), 'x', defaultDecodeLimits).find((arg) => arg.includes('scale='))!;
    const thinned: Tap = { ...small, scaling: 'thinned' };
    expect(graphOf(thinned, wide)).toContain('scale=w=640:h=360:flags=neighbor+bitexact,scale=w=320:h=180:flags=area');
    expect(graphOf(small, wide)).not.toContain('neighbor');
    expect(graphOf(thinned, { ...wide, width: 1279 })).not.toContain('neighbor');
    expect(plan([small, thinned], [wide]).streams[0]).toMatchObject({ frames: [{}, {}] });
  });

  it('does not hash twice where another hash is asked for', () => {
    const args = decodeArguments(plan([small, { ...hashes, algorithm: 'sha256' }]), 'x', defaultDecodeLimits);
    expect(args.filter((arg) => arg === 'framehash')).toHaveLength(1);
    expect(args[args.indexOf('-hash') + 1]).toBe('SHA256');
  });

  it('makes the same plan whatever the order of the taps, with every pipe numbered once from 3', () => {
    fc.assert(
      fc.property(fc.shuffledSubarray(all, { minLength: 1 }), (taps) => {
        const args = decodeArguments(plan(taps), 'x', defaultDecodeLimits);
        expect(args).toEqual(decodeArguments(plan([...taps].reverse()), 'x', defaultDecodeLimits));
        const pipes = args.flatMap((arg) => [...arg.matchAll(/pipe\\?:(\d+)/g)].map((match) => Number(match[1])));
        expect(pipes.sort((a, b) => a - b)).toEqual(pipes.map((_, i) => i + 3));
      }),
    );
  });

  it('keeps picture and sound in graphs of their own, so that neither waits for the other', () => {
    const args = decodeArguments(plan(all), 'x', defaultDecodeLimits);
    expect(args.filter((arg) => arg === '-filter_complex')).toHaveLength(2);
  });

  it('refuses a picture beyond the bound before anything is decoded', () => {
    const huge = { ...picture, width: 60_000, height: 60_000 };
    const refused = plan([small, pcm], [huge, sound]);
    expect([...refused.refused]).toEqual([[0, 'too-large']]);
    expect(refused.streams.map(({ stream: index }) => index)).toEqual([1]);
    expect(decodeCommand(probe([huge]), [small], 'x.mp4')).toEqual([]);
  });

  it('refuses what cannot be decoded, stream by stream', () => {
    const { pixelFormat: _, ...withoutFormat } = picture;
    const { sampleRateHz: __, ...withoutRate } = sound;
    expect([...plan([small, pcm], [withoutFormat, withoutRate]).refused.values()]).toEqual([
      'undecodable',
      'undecodable',
    ]);
    expect([...plan([{ ...small, stream: 7 }]).refused]).toEqual([[7, 'undecodable']]);
    expect([...plan([{ ...small, stream: 1 }]).refused]).toEqual([[1, 'undecodable']]);
    expect([...plan([{ ...pcm, stream: 0 }]).refused]).toEqual([[0, 'undecodable']]);
  });

  it('does not ask ffmpeg for a layout that it only describes', () => {
    const odd = { ...sound, channelLayout: '2 channels (FL+LFE)' };
    expect(decodeArguments(plan([pcm], [odd]), 'x', defaultDecodeLimits).join(' ')).not.toContain('channel_layouts');
    const surround = { ...sound, channelLayout: '5.1(side)', channels: 6 };
    expect(decodeArguments(plan([pcm], [surround]), 'x', defaultDecodeLimits).join(' ')).toContain(
      'channel_layouts=5.1(side)',
    );
  });
});

describe('decodeCommand', () => {
  it('is the whole command line for these taps alone', () => {
    expect(decodeCommand(probe([picture, sound]), [hashes], 'original.mp4').join(' ')).toBe(
      [
        'ffmpeg -nostdin -hide_banner -loglevel repeat+level+warning -nostats -copyts -threads 1 -filter_threads 1',
        '-filter_complex_threads 1 -max_error_rate 1 -noautorotate -flags +bitexact -max_pixels 134217728 -reinit_filter 0',
        '-protocol_whitelist file,pipe,fd -format_whitelist mov,mp4 -i file:original.mp4 -filter_complex',
        "[0:0]metadata=mode=add:key=n:value=1,metadata=mode=print:file='pipe\\:3':direct=1,split=1[v0h0] -map [v0h0]",
        '-fps_mode passthrough -enc_time_base 1:12800 -f framehash -hash murmur3 pipe:4',
      ].join(' '),
    );
  });

  it('names no folder of this machine', () => {
    expect(decodeCommand(probe([picture, sound]), all, 'original.mp4').join(' ')).not.toMatch(/(^|[^\w])\/\w/);
  });
});

describe('tapSize', () => {
  it('keeps the coded aspect with an even height', () => {
    expect(tapSize(320, 1920, 1080)).toEqual({ width: 320, height: 180 });
    expect(tapSize(320, 1080, 1920)).toEqual({ width: 320, height: 568 });
    expect(tapSize(320, 720, 576)).toEqual({ width: 320, height: 256 });
    expect(tapSize('native', 853, 481)).toEqual({ width: 853, height: 481 });
  });

  it('keeps any claimed shape within bounds', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 65_535 }), fc.integer({ min: 1, max: 65_535 }), (width, height) => {
        const size = tapSize(320, width, height);
        expect(size.height % 2).toBe(0);
        expect(size.height).toBeGreaterThanOrEqual(2);
        expect(size.height).toBeLessThanOrEqual(5120);
      }),
    );
  });
});

describe('frameBytes', () => {
  it('counts the planes of each format, odd sizes rounded up', () => {
    expect(frameBytes('gray', { width: 3, height: 5 })).toBe(15);
    expect(frameBytes('rgb24', { width: 3, height: 5 })).toBe(45);
    expect(frameBytes('yuv420p', { width: 3, height: 5 })).toBe(15 + 2 * 2 * 3);
  });
});

describe('decodeTimeMs', () => {
  it('grows with the exhibit, but not with a lie', () => {
    expect(decodeTimeMs(defaultDecodeLimits, null)).toBe(600_000);
    expect(decodeTimeMs(defaultDecodeLimits, 60_000)).toBe(1_800_000);
    expect(decodeTimeMs(defaultDecodeLimits, 1e15)).toBe(decodeTimeMs(defaultDecodeLimits, 24 * 3_600_000));
    expect(decodeTimeMs({ ...defaultDecodeLimits, timeMs: 5 }, 60_000)).toBe(5);
  });
});
