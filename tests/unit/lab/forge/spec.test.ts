import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { demoSpec } from '../../../../src/lab/forge/demo-spec.ts';
import { containerOf, decideEncoding, decideIntermediate } from '../../../../src/lab/forge/encoding-choice.ts';
import { frameTimes } from '../../../../src/lab/forge/frame-rate.ts';
import { startsMs, untouchedFrames } from '../../../../src/lab/forge/frame-slot.ts';
import { StillSpec } from '../../../../src/lab/forge/forge-still.ts';
import { blockHead, matroskaHead } from '../../../../src/lab/forge/matroska-pipe.ts';
import { ForgeSpec } from '../../../../src/lab/forge/spec.ts';

describe('a specification', () => {
  it('needs nothing: every field has a default', () => {
    expect(ForgeSpec.parse({})).toMatchObject({ seconds: 10, width: 640, height: 360, frameRate: 25, audioLeadMs: 0 });
  });

  it('refuses odd sizes, leads beyond the speech that there is, unknown fields and edits', () => {
    for (const wrong of [{ width: 641 }, { audioLeadMs: 2001 }, { colour: 1 }, { edits: [{ kind: 'sharpen' }] }]) {
      expect(ForgeSpec.safeParse(wrong).success).toBe(false);
    }
  });

  it('of the demonstration is one', () => {
    const demo = demoSpec();
    expect(ForgeSpec.parse(demo.clip.spec)).toMatchObject({ audioLeadMs: 160, seconds: 20, width: 1280, height: 720 });
    expect(StillSpec.parse(demo.still.spec).paste).toBeDefined();
  });
});

describe('frame times', () => {
  it('are exact fractions for broadcast rates', () => {
    expect(frameTimes(29.97, 10, 1).timeBase).toEqual({ num: 1001, den: 30_000 });
    expect(frameTimes(23.976, 10, 1).timeBase).toEqual({ num: 1001, den: 24_000 });
    expect(frameTimes(25, 10, 1)).toMatchObject({ timeBase: { num: 1, den: 25 }, constant: true });
    expect(frameTimes(12.5, 10, 1).timeBase).toEqual({ num: 1000, den: 12_500 });
    expect(frameTimes(29.97, 10, 1).durations).toHaveLength(300);
  });

  it('rise, fill the time, and are the same for the same seed', () => {
    fc.assert(
      fc.property(
        fc.nat(1000),
        fc.integer({ min: 5, max: 60 }),
        fc.integer({ min: 0, max: 15 }),
        (seed, fps, jitter) => {
          const rate = { framesPerSecond: fps, jitterMs: jitter };
          const track = untouchedFrames(frameTimes(rate, 3, seed));
          const { starts, endMs } = startsMs(track);
          expect(starts.every((start, i) => i === 0 || start > (starts[i - 1] ?? 0))).toBe(true);
          expect(starts.every((start) => Number.isInteger(start))).toBe(true);
          expect(endMs).toBeGreaterThanOrEqual(3000);
          expect(endMs).toBeLessThan(3000 + 1000 / fps + jitter + 1);
          expect(startsMs(untouchedFrames(frameTimes(rate, 3, seed))).starts).toEqual(starts);
        },
      ),
    );
  });

  it('repeat a pattern, or are the list that was given', () => {
    expect(startsMs(untouchedFrames(frameTimes({ patternMs: [33, 33, 34] }, 0.2, 1))).starts).toEqual([
      0, 33, 66, 100, 133, 166,
    ]);
    const listed = startsMs(untouchedFrames(frameTimes({ timesMs: [20, 50, 200] }, 0.3, 1)));
    expect(listed).toEqual({ starts: [20, 50, 200], endMs: 300 });
    expect(ForgeSpec.safeParse({ frameRate: { timesMs: [0, 40, 40] } }).success).toBe(false);
  });
});

describe('an encoding', () => {
  it('follows from the container', () => {
    expect(containerOf('a.b/Statement.MP4')).toBe('mp4');
    expect(containerOf('statement.wmv')).toBeUndefined();
    expect(decideEncoding('webm', {})).toMatchObject({ codec: 'vp9', soundCodec: 'opus' });
    expect(decideEncoding('avi', {})).toMatchObject({ codec: 'mpeg4', soundCodec: 'pcm', quality: 4 });
    expect(decideEncoding('mp4', { codec: 'mjpeg', quality: 60, gop: 12 })).toMatchObject({ quality: 31, gop: 1 });
  });

  it('is refused where the container cannot hold it', () => {
    expect(decideEncoding('webm', { codec: 'h264' })).toEqual({ impossible: 'h264' });
    expect(decideEncoding('mp4', { soundCodec: 'pcm' })).toEqual({ impossible: 'pcm' });
  });

  it('that is decoded again at once goes where the delay of its sound is told to the sample', () => {
    expect(decideIntermediate({})).toMatchObject({ container: 'mp4', soundCodec: 'aac' });
    expect(decideIntermediate({ soundCodec: 'pcm' })).toMatchObject({ container: 'mov' });
    expect(decideIntermediate({ codec: 'ffv1' })).toMatchObject({ container: 'mkv', soundCodec: 'pcm' });
  });
});

describe('the stream to the encoder', () => {
  it('begins as Matroska with the tracks that there are', () => {
    const both = matroskaHead({
      picture: { width: 64, height: 32 },
      frameNs: 40_000_000,
      sound: { sampleRateHz: 48_000, channels: 1 },
    });
    const text = Buffer.from(both).toString('latin1');
    expect([...both.subarray(0, 4)]).toEqual([0x1a, 0x45, 0xdf, 0xa3]);
    expect(text).toContain('V_UNCOMPRESSED');
    expect(text).toContain('A_PCM/INT/LIT');
    expect(Buffer.from(matroskaHead({ frameNs: 1 })).toString('latin1')).not.toContain('V_UNCOMPRESSED');
  });

  it('gives each block a cluster with its own time', () => {
    const head = blockHead(2, 123_456, 7);
    expect([...head.subarray(0, 4)]).toEqual([0x1f, 0x43, 0xb6, 0x75]);
    // Length of the cluster: what follows its head, the block's seven bytes included.
    expect(head[11]).toBe(head.length - 12 + 7);
    expect([...head.subarray(12, 24)]).toEqual([0xe7, 1, 0, 0, 0, 0, 0, 0, 3, 0x01, 0xe2, 0x40]);
    expect([...head.subarray(-4)]).toEqual([0x82, 0, 0, 0x80]);
  });
});
