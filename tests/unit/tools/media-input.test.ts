import { describe, expect, it } from 'vitest';
import { inputArguments } from '../../../src/tools/media-input.ts';

const formats = (args: readonly string[]): string[] => (args[args.indexOf('-format_whitelist') + 1] ?? '').split(',');

describe('inputArguments', () => {
  it('makes every name inert', () => {
    for (const name of ['-i', 'http://example.org/x.mp4', 'concat:a|b', 'a:b.mp4', 'two\nlines.mp4']) {
      expect(inputArguments(name).at(-1)).toBe(`file:${name}`);
    }
  });

  it('lets only files, pipes and descriptors be opened', () => {
    const args = inputArguments('x.mp4');
    expect(args[args.indexOf('-protocol_whitelist') + 1]).toBe('file,pipe,fd');
  });

  it('refuses every format that names other files, generates pictures or opens devices', () => {
    const allowed = formats(inputArguments('x.mp4'));
    for (const format of [
      'hls',
      'concat',
      'dash',
      'sdp',
      'rtsp',
      'imf',
      'lavfi',
      'x11grab',
      'tty',
      'rawvideo',
      'libopenmpt',
    ]) {
      expect(allowed).not.toContain(format);
    }
  });

  it('takes image2 away where the name is a pattern', () => {
    expect(formats(inputArguments('original.jpg'))).toContain('image2');
    expect(formats(inputArguments('original.%d'))).not.toContain('image2');
  });

  it('keeps to the format that ffprobe found, where that is allowed', () => {
    expect(formats(inputArguments('x', 'matroska,webm'))).toEqual(['matroska', 'webm']);
    expect(formats(inputArguments('x', 'hls'))).not.toContain('hls');
  });
});
