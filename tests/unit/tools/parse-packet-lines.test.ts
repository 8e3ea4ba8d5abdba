import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PacketLineParser, type PacketLine } from '../../../src/tools/parse-packet-lines.ts';

function parse(text: string, cuts: readonly number[] = []): { packets: PacketLine[]; unread: number } {
  const packets: PacketLine[] = [];
  const parser = new PacketLineParser((packet) => packets.push({ ...packet }));
  const bytes = Buffer.from(text, 'latin1');
  const at = [0, ...[...cuts].sort((a, b) => a - b), bytes.length];
  for (let i = 1; i < at.length; i += 1) parser.add(bytes.subarray(at[i - 1], at[i]));
  parser.end();
  return { packets, unread: parser.unread };
}

describe('PacketLineParser', () => {
  it('reads the seven fields', () => {
    const { packets } = parse('0|1024|-512|512|344578|48|K_\n1|3|2|1|9|99|__\n');
    expect(packets).toEqual([
      {
        stream: 0,
        pts: 1024,
        dts: -512,
        duration: 512,
        sizeBytes: 344578,
        position: 48,
        flags: 1,
        skipStart: 0,
        skipEnd: 0,
      },
      { stream: 1, pts: 3, dts: 2, duration: 1, sizeBytes: 9, position: 99, flags: 0, skipStart: 0, skipEnd: 0 },
    ]);
  });

  it('takes N/A for not told', () => {
    const [packet] = parse('2|N/A|87677|N/A|22|N/A|K_').packets;
    expect([packet?.pts, packet?.dts, packet?.duration, packet?.position]).toEqual([NaN, 87677, NaN, NaN]);
  });

  it('reads key, discard and corrupt flags, in the short form of older versions and the long one of newer', () => {
    expect(parse('0|0|0|0|0|0|KD\n0|0|0|0|0|0|__C\n0|0|0|0|0|0|KDC').packets.map(({ flags }) => flags)).toEqual([
      3, 4, 7,
    ]);
  });

  it('reads samples to be skipped, behind other side data too', () => {
    const { packets } = parse(
      '1|-1024|-1024|1024|338|366235|KD|Skip Samples|1024|0\n0|0|0|1|1|1|K_|MPEGTS Stream ID|Skip Samples|312|55\n0|0|0|1|1|1|K_|MPEGTS Stream ID\n',
    );
    expect(packets.map(({ skipStart, skipEnd }) => [skipStart, skipEnd])).toEqual([
      [1024, 0],
      [312, 55],
      [0, 0],
    ]);
  });

  it('passes over empty lines and counts what is no packet', () => {
    const { packets, unread } = parse('\nfoo\n0|x|0|0|0|0|K_\n0|1|2\n-1|0|0|0|0|0|K_\n0|1|2|3|4|5|?\n0|1|2|3|4|5|K_\n');
    expect(packets).toHaveLength(1);
    expect(unread).toBe(5);
  });

  it('keeps large byte positions exactly', () => {
    expect(parse('0|9007199254740991|0|0|0|1099511627776|K_').packets[0]).toMatchObject({
      pts: 9007199254740991,
      position: 1099511627776,
    });
  });

  it('reads the same however the bytes are cut', () => {
    const ticks = fc.oneof(fc.constant('N/A'), fc.integer().map(String));
    const line = fc
      .tuple(fc.nat(9), ticks, ticks, ticks, ticks, ticks, fc.constantFrom('K_', '__', '_D', 'K_C'))
      .map((fields) => fields.join('|'));
    fc.assert(
      fc.property(fc.array(line, { maxLength: 8 }), fc.array(fc.nat(400), { maxLength: 6 }), (lines, cuts) => {
        const text = lines.map((one) => `${one}\n`).join('');
        expect(
          parse(
            text,
            cuts.map((cut) => Math.min(cut, text.length)),
          ),
        ).toEqual(parse(text));
        expect(parse(text).packets).toHaveLength(lines.length);
      }),
    );
  });

  it('does not gather a line that never ends', () => {
    const parser = new PacketLineParser(() => undefined);
    for (let i = 0; i < 100; i += 1) parser.add(Buffer.alloc(10_000, 0x31));
    parser.end();
    expect(parser.unread).toBeLessThanOrEqual(1);
  });

  it('never throws, whatever the bytes', () => {
    fc.assert(
      fc.property(fc.uint8Array(), (bytes) => {
        const parser = new PacketLineParser(() => undefined);
        parser.add(Buffer.from(bytes));
        parser.end();
      }),
    );
  });
});
