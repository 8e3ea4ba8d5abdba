import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseCompact } from '../../../src/tools/parse-compact.ts';

describe('parseCompact', () => {
  it('reads the fields of each section in order', () => {
    const sections = parseCompact('stream|index=0|codec_name=h264\nformat|format_name=avi|duration=1.5\n');
    expect(sections.map(({ name }) => name)).toEqual(['stream', 'format']);
    expect(Object.entries(sections[0]?.fields ?? {})).toEqual([
      ['index', '0'],
      ['codec_name', 'h264'],
    ]);
  });

  it('keeps side data apart, one record for each', () => {
    const text =
      'stream|index=0|side_data|side_data_type=Display Matrix|displaymatrix=\\n00: 1\\n|rotation=-90|side_data|side_data_type=Stereo 3D\n\n';
    const [section] = parseCompact(text);
    expect(section?.sideData).toHaveLength(2);
    expect(section?.sideData[0]).toMatchObject({ rotation: '-90', displaymatrix: '\n00: 1\n' });
    expect(section?.fields).not.toHaveProperty('rotation');
  });

  it('undoes the escapes of the compact writer', () => {
    const [section] = parseCompact('format|tag:a=one\\|two|tag:b=back\\\\slash\\nline\\ttab\n');
    expect(section?.fields).toMatchObject({ 'tag:a': 'one|two', 'tag:b': 'back\\slash\nline\ttab' });
  });

  it('keeps everything after the first equals sign', () => {
    expect(parseCompact('format|tag:x=a=b=c')[0]?.fields['tag:x']).toBe('a=b=c');
  });

  it('takes a tag named __proto__ like any other', () => {
    const [section] = parseCompact('format|__proto__=evil|x=1');
    expect(Object.keys(section?.fields ?? {})).toEqual(['__proto__', 'x']);
    expect(({} as Record<string, unknown>)['evil']).toBeUndefined();
  });

  it('gives back any value that was escaped as ffprobe does', () => {
    const escape = (text: string): string =>
      text.replace(/[\\|\n\r\t\b\f]/g, (character) => {
        const letters: Record<string, string> = { '\n': 'n', '\r': 'r', '\t': 't', '\b': 'b', '\f': 'f' };
        return `\\${letters[character] ?? character}`;
      });
    fc.assert(
      fc.property(fc.string(), fc.string(), (a, b) => {
        const [section] = parseCompact(`format|one=${escape(a)}|two=${escape(b)}`);
        expect(section?.fields).toMatchObject({ one: a, two: b });
      }),
    );
  });

  it('never throws, whatever the text', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom('|', '=', '\\', '\n', 'a', 'side_data') }), (text) => {
        parseCompact(text);
      }),
    );
  });
});
