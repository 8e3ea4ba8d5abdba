import { describe, expect, it } from 'vitest';
import {
  chunk,
  joinBytes,
  le16,
  le32,
  list,
  sampleAvi,
  sampleWav,
  sampleWebp,
  zeros,
} from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

describe('a WAV file', () => {
  it('gives its format, the recorder’s record and its information list', async () => {
    const structure = await walkBytes(sampleWav());
    expect(structure.format).toBe('riff');
    expect(fieldsAt(structure, 'RIFF:WAVE/fmt')).toMatchObject({ format: 'PCM', channels: 2, sampleRateHz: 44_100 });
    expect(fieldsAt(structure, 'RIFF:WAVE/bext')).toMatchObject({
      ...{ originator: 'recorder', originationDate: '2024-05-06', originationTime: '12:13:14' },
      ...{ timeReferenceSamples: 2_646_000, codingHistory: 'A=PCM,F=44100\r\n' },
    });
    expect(fieldsAt(structure, 'RIFF:WAVE/LIST:INFO/ISFT')['value']).toBe('Lavf59.27.100');
    expect(nodeAt(structure, 'RIFF:WAVE/data').sizeBytes).toBe(16);
  });

  it('of more than 4 GiB takes its sizes from ds64', async () => {
    const sizes = chunk('ds64', le32(100), le32(0), le32(8), le32(0), le32(2), le32(0), le32(0));
    const data = joinBytes('data', le32(0xffff_ffff), zeros(8));
    const body = joinBytes(
      'WAVE',
      sizes,
      chunk('fmt ', le16(1), le16(1), le32(8000), le32(8000), le16(1), le16(8)),
      data,
    );
    const structure = await walkBytes(
      joinBytes('RF64', le32(0xffff_ffff), body, chunk('LIST', 'INFO', chunk('ISFT', 'x'))),
    );
    expect(nodeAt(structure, 'RF64:WAVE/data').sizeBytes).toBe(16);
    expect(nodeAt(structure, 'RF64:WAVE/LIST:INFO/ISFT')).toBeDefined();
    expect(structure.errors).toEqual([]);
  });

  it('in big-endian form is read with its byte order', async () => {
    const format = [0, 1, 0, 1, 0, 0, 0x1f, 0x40, 0, 0, 0x3e, 0x80, 0, 2, 0, 16];
    const body = joinBytes('WAVE', 'fmt ', [0, 0, 0, 16], format);
    const structure = await walkBytes(joinBytes('RIFX', [0, 0, 0, body.length], body));
    expect(fieldsAt(structure, 'RIFX:WAVE/fmt')).toMatchObject({ channels: 1, sampleRateHz: 8000, bitsPerSample: 16 });
  });

  it('whose format contradicts itself is an error', async () => {
    const format = chunk('fmt ', le16(1), le16(2), le32(44_100), le32(999), le16(4), le16(16));
    expect(errorCodes(await walkBytes(list('RIFF', 'WAVE', format)))).toEqual(['format-contradicts-itself']);
  });

  it('whose size was never written runs to the end of the file', async () => {
    const bytes = sampleWav();
    bytes.fill(0, 4, 8);
    const structure = await walkBytes(bytes);
    expect(errorCodes(structure)).toEqual(['size-not-written']);
    expect(nodeAt(structure, 'RIFF:WAVE').sizeBytes).toBe(bytes.length);
  });

  it('with an extensible format names what is inside', async () => {
    const guid = [3, 0, 0, 0, 0, 0, 0x10, 0, 0x80, 0, 0, 0xaa, 0, 0x38, 0x9b, 0x71];
    const format = chunk(
      'fmt ',
      ...[le16(0xfffe), le16(2), le32(48_000), le32(384_000), le16(8), le16(32), le16(22), le16(32), le32(3), guid],
    );
    const structure = await walkBytes(list('RIFF', 'WAVE', format));
    expect(fieldsAt(structure, 'RIFF:WAVE/fmt')).toMatchObject({ format: 'Extensible', subFormatName: 'IEEE float' });
  });
});

describe('an AVI file', () => {
  it('gives its head, streams, index and the chunks of its media', async () => {
    const structure = await walkBytes(sampleAvi());
    const hdrl = 'RIFF:AVI/LIST:hdrl';
    expect(fieldsAt(structure, `${hdrl}/avih`)).toMatchObject({ totalFrames: 2, width: 320, hasIndex: true });
    expect(fieldsAt(structure, `${hdrl}/LIST:strl/strh`)).toMatchObject({ streamType: 'vids', rate: 25, quality: -1 });
    expect(fieldsAt(structure, `${hdrl}/LIST:strl/strf`)).toMatchObject({ compression: 'MJPG', height: 240 });
    expect(fieldsAt(structure, 'RIFF:AVI/LIST:movi')).toMatchObject({ 'chunks[00dc]': 2, allChunksCounted: true });
    expect(fieldsAt(structure, 'RIFF:AVI/idx1')).toMatchObject({
      ...{ entryCount: 2, 'chunks[00dc]': 2, 'keyChunks[00dc]': 1, 'entries[0].size': 3 },
    });
    expect(fieldsAt(structure, 'RIFF:AVI/JUNK')).toMatchObject({ text: 'a note', nonZeroBytes: 6 });
  });

  it('passes over the byte that pads an odd chunk', async () => {
    const structure = await walkBytes(sampleAvi());
    const [first, second] = [0, 1].map((n) => nodeAt(structure, `RIFF:AVI/LIST:movi/00dc[${n}]`));
    expect(first?.sizeBytes).toBe(11);
    expect(second?.offsetBytes).toBe((first?.offsetBytes ?? 0) + 12);
  });

  it('that announces an index and has none is an error', async () => {
    expect(errorCodes(await walkBytes(sampleAvi({ index: false })))).toEqual(['index-missing']);
  });

  it('whose head counts other frames than its index is an error', async () => {
    const structure = await walkBytes(sampleAvi({ frames: 9 }));
    expect(structure.errors).toMatchObject([
      { code: 'frame-count-mismatch', details: { declaredFrames: 9, indexedFrames: 2 } },
    ]);
  });

  it('reads the index of indexes that OpenDML adds', async () => {
    const superIndex = chunk(
      'indx',
      ...[le16(4), [0, 0], le32(1), '00dc', zeros(12), le32(4096), le32(0), le32(64), le32(25)],
    );
    const structure = await walkBytes(list('RIFF', 'AVI ', list('LIST', 'strl', superIndex)));
    expect(fieldsAt(structure, 'RIFF:AVI/LIST:strl/indx')).toMatchObject({
      ...{ chunkId: '00dc', 'entries[0].offset': 4096, 'entries[0].duration': 25 },
    });
  });

  it('may go on in further RIFF chunks', async () => {
    const structure = await walkBytes(
      joinBytes(sampleAvi(), list('RIFF', 'AVIX', list('LIST', 'movi', chunk('00dc', [1])))),
    );
    expect(nodeAt(structure, 'RIFF:AVIX/LIST:movi/00dc')).toBeDefined();
    expect(structure.errors).toEqual([]);
  });
});

describe('a WebP file', () => {
  it('gives sizes and flags', async () => {
    const structure = await walkBytes(sampleWebp());
    expect(structure.format).toBe('webp');
    expect(fieldsAt(structure, 'RIFF:WEBP/VP8X')).toMatchObject({ width: 320, height: 240, hasExif: true });
    expect(fieldsAt(structure, 'RIFF:WEBP/VP8')).toMatchObject({ width: 320, height: 240, keyframe: true });
  });

  it('gives the size of a lossless picture', async () => {
    const packed = (319 | (239 << 14) | (1 << 28)) >>> 0;
    const structure = await walkBytes(list('RIFF', 'WEBP', chunk('VP8L', [0x2f], le32(packed))));
    expect(fieldsAt(structure, 'RIFF:WEBP/VP8L')).toMatchObject({ width: 320, height: 240, hasAlpha: true });
  });

  it('gives the frames of an animation', async () => {
    const frame = chunk('ANMF', zeros(6), [63, 0, 0], [31, 0, 0], [100, 0, 0], [0], chunk('ALPH', [1, 2]));
    const structure = await walkBytes(list('RIFF', 'WEBP', frame));
    expect(fieldsAt(structure, 'RIFF:WEBP/ANMF')).toMatchObject({ width: 64, height: 32, durationMs: 100 });
    expect(nodeAt(structure, 'RIFF:WEBP/ANMF/ALPH')).toBeDefined();
  });
});

describe('damage and tails', () => {
  it('keep what follows the last RIFF chunk', async () => {
    const bytes = sampleWav();
    const structure = await walkBytes(joinBytes(bytes, 'a tail behind it'));
    expect(structure.nodes.at(-1)).toMatchObject({ type: 'trailing-data', offsetBytes: bytes.length });
  });

  it('cut chunks that claim too much', async () => {
    const structure = await walkBytes(list('RIFF', 'WAVE', joinBytes('data', le32(9999), zeros(4))));
    expect(structure.errors).toMatchObject([{ code: 'size-beyond-parent', path: 'RIFF:WAVE/data' }]);
  });

  it('stop where bytes are no chunk', async () => {
    const structure = await walkBytes(list('RIFF', 'WAVE', [1, 2, 3, 4, 5, 6, 7, 8, 9, 10]));
    expect(errorCodes(structure)).toEqual(['not-a-chunk']);
  });

  it('keep chunks of unknown type', async () => {
    const structure = await walkBytes(list('RIFF', 'WAVE', chunk('zzzz', [1])));
    expect(nodeAt(structure, 'RIFF:WAVE/zzzz').known).toBe(false);
  });
});
