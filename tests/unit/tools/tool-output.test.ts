import { Readable } from 'node:stream';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseFrameHashLine } from '../../../src/tools/parse-framehash.ts';
import { MetadataPrintParser, parseFrameTime, type PrintedFrame } from '../../../src/tools/parse-metadata-print.ts';
import { readLines, readText } from '../../../src/tools/read-text.ts';
import { ToolMessages } from '../../../src/tools/tool-messages.ts';
import { parseToolVersion } from '../../../src/tools/tool-version.ts';

describe('parseToolVersion', () => {
  it('reads the version of a distribution, a release and a development build', () => {
    expect(parseToolVersion('ffmpeg version 5.1.9-0+deb12u1 Copyright (c) 2000-2026')).toBe('5.1.9-0+deb12u1');
    expect(parseToolVersion('ffprobe version 7.1 Copyright')).toBe('7.1');
    expect(parseToolVersion('ffmpeg version N-118448-g43be8d0728 Copyright')).toBe('N-118448-g43be8d0728');
  });
  it('is nothing for another program', () => {
    expect(parseToolVersion('GNU bash, version 5.2.15')).toBeUndefined();
  });
});

describe('parseFrameHashLine', () => {
  it('reads duration, size and hash', () => {
    expect(parseFrameHashLine('0,        512,        512,      512,  3110400, 1776bcb27d24af96')).toEqual({
      ...{ durationTicks: 512, sizeBytes: 3110400, hash: '1776bcb27d24af96' },
    });
  });
  it('reads a frame without times', () => {
    expect(parseFrameHashLine('0, NOPTS, NOPTS, 1, 10, aa')?.hash).toBe('aa');
  });
  it('passes over comments and anything else', () => {
    for (const line of ['', '#tb 0: 1/25', 'frame', '0, 1, 2']) expect(parseFrameHashLine(line)).toBeUndefined();
  });
});

describe('metadata print', () => {
  it('reads the line that begins a frame', () => {
    expect(parseFrameTime('frame:12   pts:-1024   pts_time:-0.02322')).toEqual({ pts: -1024, ptsSeconds: -0.02322 });
    expect(parseFrameTime('frame:0    pts:NOPTS   pts_time:NOPTS')).toEqual({ pts: null, ptsSeconds: null });
    expect(parseFrameTime('lavfi.r128.M=-23.1')).toBeUndefined();
  });

  it('gathers the entries below each frame', () => {
    const frames: PrintedFrame[] = [];
    const parser = new MetadataPrintParser((frame) => frames.push(frame));
    for (const line of [
      'stray=1',
      'frame:0    pts:0       pts_time:0',
      'a=1',
      'b=x=y',
      'frame:1    pts:9       pts_time:0.1',
      'a=2',
    ]) {
      parser.line(line);
    }
    parser.end();
    parser.end();
    expect(frames.map(({ pts, entries }) => [pts, ...entries])).toEqual([
      [0, ['a', '1'], ['b', 'x=y']],
      [9, ['a', '2']],
    ]);
  });
});

describe('ToolMessages', () => {
  it('takes out memory addresses, so that two runs say the same', () => {
    const messages = new ToolMessages();
    messages.add('[h264 @ 0x55df8df57740] [error] missing picture\n[mov,mp4 @ 0x1234567] [warning] moov atom\n');
    expect(messages.list()).toEqual(['[h264] [error] missing picture', '[mov,mp4] [warning] moov atom']);
  });

  it('counts lines that differ in their numbers only', () => {
    const messages = new ToolMessages();
    messages.add('error at MB 3 4\nerror at MB 5 6\nother\nerror at MB 7 8\n');
    expect(messages.list()).toEqual(['error at MB 3 4 ×3', 'other']);
  });

  it('joins lines that come in pieces', () => {
    const messages = new ToolMessages();
    for (const piece of ['one li', 'ne\ntw', 'o']) messages.add(piece);
    expect(messages.list()).toEqual(['one line', 'two']);
  });

  it('keeps to its bounds and says what it dropped', () => {
    const messages = new ToolMessages();
    for (let i = 0; i < 100; i += 1)
      messages.add(`kind ${String.fromCharCode(97 + (i % 26)).repeat(1 + Math.floor(i / 26))}\n`);
    messages.add('x'.repeat(100_000));
    const list = messages.list();
    expect(list).toHaveLength(41);
    expect(list.at(-1)).toBe('… +61');
    expect(list.every((line) => line.length <= 310)).toBe(true);
  });

  it('shows no control characters that a name or tag of the exhibit may hold', () => {
    const messages = new ToolMessages();
    messages.add('tag \u001b[31mred\u0007\n');
    expect(messages.list()).toEqual(['tag \uFFFD[31mred\uFFFD']);
  });
});

describe('readLines', () => {
  it('gives the same lines however the text is cut', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.string({ unit: fc.constantFrom('a', 'é', '\n', '🎥') }), { maxLength: 6 }),
        async (pieces) => {
          const lines: string[] = [];
          await readLines(Readable.from(pieces.map((piece) => Buffer.from(piece))), (some) => {
            lines.push(...some);
          });
          const expected = pieces.join('').split('\n');
          if (expected.at(-1) === '') expected.pop();
          expect(lines).toEqual(expected);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('cuts a line that would fill the memory', async () => {
    const lines: string[] = [];
    await readLines(
      Readable.from(Array.from({ length: 50 }, () => Buffer.alloc(1000, 0x61))),
      (some) => void lines.push(...some),
      100,
    );
    expect(lines.join('').length).toBeLessThanOrEqual(1100);
  });
});

describe('readText', () => {
  it('reads on past its bound, so that the writer never waits', async () => {
    let sent = 0;
    const stream = Readable.from(
      (function* () {
        for (; sent < 100; sent += 1) yield Buffer.alloc(1000, 0x61);
      })(),
    );
    expect((await readText(stream, 10)).length).toBe(10);
    expect(sent).toBe(100);
  });
});
