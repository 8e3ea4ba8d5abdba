import { deflateSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { joinBytes, pngChunk, samplePng, u32, zeros } from '../../../support/container-samples.ts';
import { errorCodes, fieldsAt, nodeAt, walkBytes } from '../../../support/walk-bytes.ts';

const signature = '\x89PNG\r\n\x1a\n';
const header = pngChunk('IHDR', u32(3), u32(2), [8, 6, 0, 0, 1]);
const picture = (...chunks: Uint8Array[]): Uint8Array => joinBytes(signature, header, ...chunks, pngChunk('IEND'));

describe('the chunks of a PNG file', () => {
  it('give size, colour and interlace', async () => {
    const structure = await walkBytes(picture());
    expect(fieldsAt(structure, 'IHDR')).toMatchObject({
      ...{ width: 3, height: 2, colour: 'truecolour with alpha', interlaceMethod: 1 },
    });
  });

  it('give texts, plain, compressed and international', async () => {
    const structure = await walkBytes(
      picture(
        pngChunk('tEXt', 'Software\0a painter \xe9'),
        pngChunk('zTXt', 'Comment\0\0', deflateSync('squeezed')),
        pngChunk('iTXt', 'Title\0\0\0en\0Titel\0', Buffer.from('Қазақ', 'utf8')),
      ),
    );
    expect(fieldsAt(structure, 'tEXt')).toMatchObject({ keyword: 'Software', value: 'a painter é' });
    expect(fieldsAt(structure, 'zTXt')).toMatchObject({ keyword: 'Comment', value: 'squeezed' });
    expect(fieldsAt(structure, 'iTXt')).toMatchObject({ keyword: 'Title', language: 'en', value: 'Қазақ' });
  });

  it('do not unfold a text that would fill the memory', async () => {
    const bomb = deflateSync(Buffer.alloc(10 * 1024 * 1024));
    const structure = await walkBytes(picture(pngChunk('zTXt', 'Comment\0\0', bomb)));
    expect(errorCodes(structure)).toEqual(['compressed-text-unreadable']);
  });

  it('say where EXIF stands', async () => {
    expect(fieldsAt(await walkBytes(samplePng()), 'eXIf')).toMatchObject({ byteOrder: 'II', afterImageData: true });
  });

  it('with a wrong checksum are errors, with both values', async () => {
    const bytes = samplePng();
    const at = Buffer.from(bytes).indexOf('a painter');
    bytes[at] = 0x62;
    const structure = await walkBytes(bytes);
    expect(structure.errors).toMatchObject([{ code: 'checksum-mismatch', path: 'tEXt' }]);
  });

  it('of unknown type are kept', async () => {
    expect(nodeAt(await walkBytes(picture(pngChunk('zzZz', [1]))), 'zzZz').known).toBe(false);
  });

  it('that claim more than there is are cut', async () => {
    const structure = await walkBytes(joinBytes(signature, header, u32(5000), 'IDAT', zeros(10)));
    expect(errorCodes(structure)).toEqual(['size-beyond-file', 'end-of-image-missing']);
  });

  it('that do not begin with the header are an error', async () => {
    expect(errorCodes(await walkBytes(joinBytes(signature, pngChunk('tIME', zeros(7)), pngChunk('IEND'))))).toEqual([
      'header-not-first',
    ]);
  });

  it('end at IEND; what follows is trailing data', async () => {
    const bytes = samplePng();
    const structure = await walkBytes(joinBytes(bytes, 'more'));
    expect(structure.nodes.at(-1)).toMatchObject({ type: 'trailing-data', offsetBytes: bytes.length, sizeBytes: 4 });
    expect(structure.errors).toEqual([]);
  });
});
