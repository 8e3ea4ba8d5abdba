import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { avchdEntries } from '../../../../src/methods/metadata/avchd-entries.ts';

/** A message with packs of one number and four bytes each. */
function message(packs: readonly (readonly [id: number, bytes: readonly number[]])[]): Buffer {
  return Buffer.concat([
    Buffer.from('17ee8c60f84d11d98cd60800200c9a66', 'hex'),
    Buffer.from('MDPM'),
    Buffer.from([packs.length, ...packs.flatMap(([id, bytes]) => [id, ...bytes])]),
  ]);
}

/** A transport stream of one stream of bytes, `size` bytes a packet, with an adaptation field in every other packet. */
function transport(stream: Buffer, size: 188 | 192): Buffer {
  const packets: Buffer[] = [];
  for (let at = 0, index = 0; at < stream.length || index < 4; index += 1) {
    const stuffing = index % 2 === 1 ? 20 : 0;
    const payload = stream.subarray(at, at + 184 - stuffing);
    const packet = Buffer.alloc(size, 0xff);
    const start = size - 188;
    packet.set([0x47, 0x10, 0x11, stuffing === 0 ? 0x10 : 0x30], start);
    if (stuffing > 0) packet[start + 4] = stuffing - 1;
    packet.set(payload, start + 4 + stuffing);
    packets.push(packet);
    at += payload.length;
  }
  return Buffer.concat(packets);
}

const packs = [
  [0x18, [0x44, 0x20, 0x19, 0x04]],
  [0x19, [0x24, 0x22, 0x24, 0x05]],
  [0x7f, [0x00, 0x00, 0x32, 0x82]],
  [0xa1, [0x02, 0x76, 0x00, 0x64]],
  [0xe0, [0x01, 0x08, 0x31, 0x00]],
  [0xe4, [...Buffer.from('ILCE')]],
  [0xe5, [...Buffer.from('-7M3')]],
] as const;

const read = async (bytes: Uint8Array): Promise<Record<string, string>> =>
  Object.fromEntries((await avchdEntries(bytesInMemory(bytes))).map(({ tag, raw }) => [tag, raw]));

describe('avchdEntries', () => {
  for (const size of [188, 192] as const) {
    it(`reads camera, time with zone, exposure and aperture out of packets of ${String(size)} bytes`, async () => {
      const stream = Buffer.concat([Buffer.alloc(150, 0xaa), message(packs), Buffer.alloc(700, 0xaa)]);
      expect(await read(transport(stream, size))).toEqual({
        ...{ Make: 'Sony', Model: 'ILCE-7M3', DateTimeOriginal: '2019:04:24 22:24:05+02:00' },
        ...{ ExposureTime: '562/28125', FNumber: '630/100' },
      });
    });
  }

  it('gives the byte of the file where the message begins, also behind other packets', async () => {
    const file = transport(Buffer.concat([Buffer.alloc(500, 0xaa), message(packs), Buffer.alloc(300, 0xaa)]), 192);
    const [entry] = await avchdEntries(bytesInMemory(file));
    expect(file.toString('hex', entry?.offsetBytes, (entry?.offsetBytes ?? 0) + 4)).toBe('17ee8c60');
  });

  it('leaves out the bytes that H.264 puts in against start codes', async () => {
    const stuffed = message([[0xa1, [0, 0, 3, 0]]]);
    // 00 00 03 00 stands for 00 00 00: the fourth byte of the pack is the one behind it.
    const stream = Buffer.concat([stuffed, Buffer.from([100]), Buffer.alloc(900, 0xaa)]);
    expect(await read(transport(stream, 188))).toEqual({ FNumber: '0/100' });
  });

  it('gives a time without a zone where none is told, and nothing for other files', async () => {
    const noZone = message([
      [0x18, [0xff, 0x20, 0x19, 0x04]],
      [0x19, [0x24, 0x22, 0x24, 0x05]],
    ]);
    expect(await read(transport(Buffer.concat([noZone, Buffer.alloc(900)]), 188))).toEqual({
      DateTimeOriginal: '2019:04:24 22:24:05',
    });
    expect(await read(Buffer.alloc(2000, 0x47))).toEqual({});
    expect(await read(Buffer.from('short'))).toEqual({});
  });

  it('never throws, whatever stands in the packets', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 300 }), fc.nat(255), async (bytes, count) => {
        const hostile = Buffer.concat([message([]).subarray(0, 20), Buffer.from([count]), bytes, Buffer.alloc(900)]);
        await avchdEntries(bytesInMemory(transport(hostile, 188)));
      }),
      { numRuns: 200 },
    );
  });
});
