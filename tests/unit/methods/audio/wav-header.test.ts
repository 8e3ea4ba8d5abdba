import { describe, expect, it } from 'vitest';
import { wavHeader } from '../../../../src/methods/audio/wav-header.ts';

/** Chunks of a WAVE file's head: name, size field, offset of the content. */
function chunksOf(header: Uint8Array): { name: string; size: number; at: number }[] {
  const view = Buffer.from(header);
  const found: { name: string; size: number; at: number }[] = [];
  for (let at = 12; at + 8 <= view.length;) {
    const size = view.readUInt32LE(at + 4);
    found.push({ name: view.toString('latin1', at, at + 4), size, at: at + 8 });
    at += 8 + size;
  }
  return found;
}

describe('the WAVE header', () => {
  it('describes plain 16-bit stereo', () => {
    const header = Buffer.from(wavHeader({ encoding: 's16', channels: 2, sampleRateHz: 44_100 }, 1000));
    expect(header.toString('latin1', 0, 4)).toBe('RIFF');
    expect(header.readUInt32LE(4)).toBe(header.length - 8 + 1000);
    const [junk, format, data] = chunksOf(header);
    expect([junk!.name, format!.name, data!.name]).toEqual(['JUNK', 'fmt ', 'data']);
    expect(data!.size).toBe(1000);
    expect(data!.at).toBe(header.length);
    const fields = [0, 2].map((o) => header.readUInt16LE(format!.at + o));
    expect(fields).toEqual([1, 2]);
    expect(header.readUInt32LE(format!.at + 4)).toBe(44_100);
    expect(header.readUInt32LE(format!.at + 8)).toBe(44_100 * 4);
    expect(header.readUInt16LE(format!.at + 12)).toBe(4);
    expect(header.readUInt16LE(format!.at + 14)).toBe(16);
  });

  it('is extensible with speaker positions for more channels or bits', () => {
    const header = Buffer.from(
      wavHeader({ encoding: 's24', channels: 6, sampleRateHz: 48_000, channelLayout: '5.1' }, 18),
    );
    const format = chunksOf(header)[1]!;
    expect(format.size).toBe(40);
    expect(header.readUInt16LE(format.at)).toBe(0xfffe);
    expect(header.readUInt16LE(format.at + 12)).toBe(18);
    expect(header.readUInt16LE(format.at + 18)).toBe(24);
    expect(header.readUInt32LE(format.at + 20)).toBe(0x3f);
    expect(header.toString('hex', format.at + 24, format.at + 40)).toBe('0100000000001000800000aa00389b71');
  });

  it('counts the padding byte of an odd length into the file but not into the sound', () => {
    const header = Buffer.from(wavHeader({ encoding: 's24', channels: 1, sampleRateHz: 8000 }, 3));
    expect(header.readUInt32LE(4)).toBe(header.length - 8 + 4);
    expect(chunksOf(header)[2]!.size).toBe(3);
  });

  it('becomes RF64 beyond 4 GiB with a header of the same length', () => {
    const format = { encoding: 'f32', channels: 2, sampleRateHz: 96_000 } as const;
    const dataBytes = 8 * 1_000_000_000;
    const header = Buffer.from(wavHeader(format, dataBytes));
    expect(header.length).toBe(wavHeader(format, 0).length);
    expect(header.toString('latin1', 0, 4)).toBe('RF64');
    expect(header.readUInt32LE(4)).toBe(0xffffffff);
    const [sizes, , data] = chunksOf(header);
    expect(sizes!.name).toBe('ds64');
    expect(header.readBigUInt64LE(sizes!.at)).toBe(BigInt(header.length - 8 + dataBytes));
    expect(header.readBigUInt64LE(sizes!.at + 8)).toBe(BigInt(dataBytes));
    expect(header.readBigUInt64LE(sizes!.at + 16)).toBe(1_000_000_000n);
    expect(data!.size).toBe(0xffffffff);
  });

  it('stays RIFF as long as the sizes fit', () => {
    const format = { encoding: 's16', channels: 1, sampleRateHz: 8000 } as const;
    const most = 0xffffffff - (wavHeader(format, 0).length - 8);
    const even = most - (most % 2);
    expect(Buffer.from(wavHeader(format, even)).toString('latin1', 0, 4)).toBe('RIFF');
    expect(Buffer.from(wavHeader(format, even + 2)).toString('latin1', 0, 4)).toBe('RF64');
  });
});
