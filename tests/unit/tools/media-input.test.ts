import { describe, expect, it } from 'vitest';
import { inputArguments, scriptInputArguments, seekScript } from '../../../src/tools/media-input.ts';

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

describe('a seeking script', () => {
  const mov = 'mov,mp4,m4a,3gp,3g2,mj2';

  it('holds the exhibit to files and to the demuxer that ffprobe named', () => {
    expect(seekScript('original.mp4', mov, 1_234_567, true)?.split('\n')).toEqual([
      'ffconcat version 1.0',
      "file 'file:original.mp4'",
      "option protocol_whitelist 'file'",
      `option format_whitelist '${mov}'`,
      'inpoint 1.234567',
      '',
    ]);
    expect(seekScript('original.mp4', mov, 40, true)).toContain('inpoint 0.000040\n');
  });

  it('lets nothing be decoded beforehand where the container is believed', () => {
    const script = seekScript('original.mp4', mov, 40, false);
    expect(script).toContain("\noption codec_whitelist 'none'\noption probesize 32\ninpoint");
    expect(seekScript('original.mp4', mov, 40, true)).not.toContain('codec_whitelist');
  });

  it('is never written for an exhibit that is a script or a pattern itself', () => {
    for (const format of ['concat', 'hls', 'image2', 'lavfi', '']) {
      expect(seekScript('original.mp4', format, 0, true)).toBeUndefined();
    }
    expect(seekScript('original.mp4', `concat,${mov}`, 0, true)).not.toContain('concat,');
  });

  it('is not written for a name that could end its line or its quotes', () => {
    for (const name of ["a'b.mp4", 'a\nfile b.mp4', '../a.mp4', '-a.mp4', 'a b.mp4', '']) {
      expect(seekScript(name, mov, 0, true)).toBeUndefined();
    }
    for (const time of [-1, 0.5, Number.NaN, Infinity]) expect(seekScript('a.mp4', mov, time, true)).toBeUndefined();
  });

  it('is the only input that the concat demuxer reads', () => {
    expect(formats(scriptInputArguments(0))).toEqual(['concat']);
    expect(scriptInputArguments(7).at(-1)).toBe('pipe:7');
  });
});
