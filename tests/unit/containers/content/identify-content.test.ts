import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { formatsOfExtension } from '../../../../src/containers/content/content-formats.ts';
import { identifyContent } from '../../../../src/containers/identify-content.ts';
import {
  allSamples,
  box,
  fullBox,
  joinBytes,
  le16,
  le32,
  u16,
  u32,
  zeros,
  type Part,
} from '../../../support/container-samples.ts';

const identify = (...parts: Part[]) => identifyContent(bytesInMemory(joinBytes(...parts)));

/** A stored ZIP archive of empty files with these names. */
function zipOf(...names: string[]): Uint8Array {
  const local = names.map((name) => joinBytes('PK\x03\x04', le16(20), zeros(22 - 2), le16(name.length), le16(0), name));
  let offset = 0;
  const central = names.map((name, index) => {
    const entry = joinBytes('PK\x01\x02', zeros(24), le16(name.length), zeros(12), le32(offset), name);
    offset += local[index]?.length ?? 0;
    return entry;
  });
  const directory = joinBytes(...central);
  const end = joinBytes(
    'PK\x05\x06',
    zeros(4),
    le16(names.length),
    le16(names.length),
    le32(directory.length),
    le32(offset),
    le16(0),
  );
  return joinBytes(...local, directory, end);
}

/** An MPEG-1 layer III frame of 128 kbit/s at 44.1 kHz: 417 bytes. */
const mp3Frame = [0xff, 0xfb, 0x90, 0x00, ...zeros(413)];
const adtsFrame = [0xff, 0xf1, 0x50, 0x80, 0x02, 0x00, 0xfc, ...zeros(9)];

const tiff = (...entries: (readonly [tag: number, length: number, value: number])[]): Uint8Array =>
  joinBytes(
    ...['II*\0', le32(8), le16(entries.length)],
    ...entries.map(([tag, length, value]) => joinBytes(le16(tag), le16(2), le32(length), le32(value))),
  );

const known: readonly (readonly [format: string, bytes: Uint8Array, offset?: number])[] = [
  ['jpeg', joinBytes([0xff, 0xd8, 0xff, 0xe0], zeros(8))],
  ['png', joinBytes('\x89PNG\r\n\x1a\n', zeros(8))],
  ['gif', joinBytes('GIF89a', zeros(8))],
  ['webp', joinBytes('RIFF', le32(100), 'WEBPVP8 '), 8],
  ['bmp', joinBytes('BM', zeros(12), le32(40), zeros(20))],
  ['heic', box('ftyp', 'heic', u32(0)), 4],
  ['heic', box('ftyp', 'mif1', u32(0), 'mif1heic'), 4],
  ['avif', box('ftyp', 'avif', u32(0)), 4],
  ['avif', box('ftyp', 'mif1', u32(0), 'mif1avif'), 4],
  ['cr3', box('ftyp', 'crx ', u32(0)), 4],
  ['mp4', box('ftyp', 'isom', u32(0)), 4],
  ['mp4', box('ftyp', 'mp42', u32(0)), 4],
  ['mov', box('ftyp', 'qt  ', u32(0)), 4],
  ['mov', joinBytes(box('wide'), u32(0), 'mdat'), 4],
  ['m4a', box('ftyp', 'M4A ', u32(0)), 4],
  ['3gp', box('ftyp', '3gp5', u32(0)), 4],
  ['3g2', box('ftyp', '3g2a', u32(0)), 4],
  ['mkv', joinBytes([0x1a, 0x45, 0xdf, 0xa3, 0x8b, 0x42, 0x82, 0x88], 'matroska')],
  ['webm', joinBytes([0x1a, 0x45, 0xdf, 0xa3, 0x87, 0x42, 0x82, 0x84], 'webm')],
  ['avi', joinBytes('RIFF', le32(100), 'AVI LIST'), 8],
  ['wav', joinBytes('RIFF', le32(100), 'WAVEfmt '), 8],
  ['wav', joinBytes('RF64', [255, 255, 255, 255], 'WAVEds64'), 8],
  ['mp3', joinBytes(mp3Frame, mp3Frame)],
  ['mp3', joinBytes('ID3', [4, 0, 0, 0, 0, 0, 10], zeros(10), mp3Frame, mp3Frame), 20],
  ['mp3', joinBytes('ID3', [3, 0, 0, 0, 0, 0, 4], zeros(40))],
  ['flac', joinBytes('fLaC', zeros(34))],
  ['flac', joinBytes('ID3', [4, 0, 0, 0, 0, 0, 4], zeros(4), 'fLaC', zeros(40)), 14],
  ['ogg', joinBytes('OggS', zeros(20))],
  ['aac', joinBytes(adtsFrame, adtsFrame, adtsFrame)],
  ['mpeg-ts', joinBytes(...Array.from({ length: 6 }, () => [0x47, ...zeros(187)]))],
  ['m2ts', joinBytes(...Array.from({ length: 6 }, () => [9, 9, 9, 9, 0x47, ...zeros(187)])), 4],
  ['mpeg-ps', joinBytes([0, 0, 1, 0xba], zeros(20))],
  ['flv', joinBytes('FLV\x01', zeros(9))],
  ['asf', joinBytes([0x30, 0x26, 0xb2, 0x75, 0x8e, 0x66, 0xcf, 0x11, 0xa6, 0xd9, 0, 0xaa, 0, 0x62, 0xce, 0x6c])],
  ['pdf', joinBytes('%PDF-1.7\n')],
  ['zip', zipOf('a.txt')],
  ['docx', zipOf('[Content_Types].xml', 'word/document.xml')],
  ['xlsx', zipOf('[Content_Types].xml', 'xl/workbook.xml')],
  ['jar', zipOf('META-INF/MANIFEST.MF', 'A.class')],
  ['apk', zipOf('META-INF/MANIFEST.MF', 'AndroidManifest.xml')],
  ['odf', zipOf('mimetype', 'content.xml')],
  ['tiff', tiff([0x0100, 1, 5])],
  ['dng', tiff([0x0100, 1, 5], [0xc612, 4, 1])],
  ['nef', joinBytes(tiff([0x010f, 6, 34], [0x014a, 1, 99]), 'NIKON\0'), 0],
  ['cr2', joinBytes('II*\0', le32(16), 'CR\x02\0', zeros(8))],
  ['rw2', joinBytes('IIU\0', zeros(12))],
  ['elf', joinBytes('\x7fELF', zeros(12))],
  ['exe', joinBytes('MZ', [0x90, 0], zeros(60))],
  ['html', joinBytes('<!-- a note --><!DOCTYPE html><html></html>')],
  ['html', joinBytes('\n <HTML><body>')],
  ['svg', joinBytes('<?xml version="1.0"?>\n<svg xmlns="http://www.w3.org/2000/svg"/>')],
  ['xml', joinBytes('<?xml version="1.0"?><gpx/>')],
  ['script', joinBytes('#!/bin/sh\necho\n')],
  ['git-lfs-pointer', joinBytes('version https://git-lfs.github.com/spec/v1\noid sha256:ab\nsize 5\n')],
  ['text', joinBytes('Just some words.\r\n\tAnd more.\n')],
  ['text', joinBytes(Buffer.from('Қазақша мәтін', 'utf8'))],
  ['text', joinBytes([0xff, 0xfe], Buffer.from('wide text', 'utf16le'))],
  ['tar', joinBytes(zeros(257), 'ustar\0', zeros(300)), 257],
  ['sqlite', joinBytes('SQLite format 3\0', zeros(84))],
  ['unknown', joinBytes([1, 2, 3, 0, 5, 0xfe, 0xff, 0x80], zeros(50))],
  ['unknown', joinBytes(zeros(1000))],
];

describe('what a file is by its content', () => {
  it.each(known.map(([format, bytes, offset]) => ({ format, bytes, offset })))('$format', async (sample) => {
    const { format, bytes, offset } = sample;
    const identity = await identifyContent(bytesInMemory(bytes));
    expect(identity.format).toBe(format);
    if (offset !== undefined) expect(identity.offsetBytes).toBe(offset);
  });

  it('is said of an empty file too', async () => {
    expect(await identify()).toMatchObject({ format: 'empty', basis: 'none', extensions: [] });
  });

  it('comes with media type, name, extensions and the bytes that it rests on', async () => {
    expect(await identify(box('ftyp', 'isom', u32(0)))).toEqual({
      ...{ format: 'mp4', name: 'MP4', mediaType: 'video/mp4', family: 'iso-base-media', subtype: 'isom' },
      ...{ extensions: ['mp4', 'm4v', 'mp4v', 'f4v', 'lrv', 'insv'], basis: 'signature' },
      ...{ offsetBytes: 4, lengthBytes: 8 },
    });
  });

  it('holds of every sample', async () => {
    const formats = await Promise.all(
      Object.values(allSamples).map(async (build) => (await identifyContent(bytesInMemory(build()))).format),
    );
    expect(formats).toEqual([
      ...['mp4', 'mp4', 'heic', 'webm', 'webm', 'wav', 'avi', 'webp', 'jpeg', 'jpeg', 'png', 'gif'],
    ]);
  });
});

describe('what only looks like a format', () => {
  it.each([
    ['words that begin with BM', 'text', joinBytes('BMW and other makers of motor cars, in alphabetical order')],
    ['words that begin with MZ', 'text', joinBytes('MZ was a maker of motor cycles')],
    ['words that begin with ID3', 'text', joinBytes('ID3 tags are described here')],
    ['words with a box type in them', 'text', joinBytes('be  free as in freedom, says the text')],
    ['words with many comments', 'text', joinBytes('<!---->'.repeat(5000))],
    ['one sync byte', 'unknown', joinBytes([0x47], zeros(700))],
    ['one sync word of sound', 'unknown', joinBytes([0xff, 0xfb, 0x90, 0], zeros(2000))],
    ['a number that begins icons', 'unknown', joinBytes([0, 0, 1, 0], zeros(40))],
    ['text with a zero byte', 'unknown', joinBytes('text\0text and so on')],
    ['bytes that are no UTF-8', 'unknown', joinBytes('text ', [0xe9, 0x20, 0xff], ' text')],
  ])('is not taken for it: %s', async (_name, format, bytes) => {
    expect((await identifyContent(bytesInMemory(bytes))).format).toBe(format);
  });

  it('is settled quickly, however it is built', async () => {
    const started = performance.now();
    await identify('<?xml ' + '<!-- '.repeat(12_000));
    await identify('<!--'.repeat(16_000));
    await identify(' '.repeat(65_536));
    await identify('PK\x05\x06'.repeat(16_000));
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

describe('extensions', () => {
  it('stand for formats, in any case', () => {
    expect(formatsOfExtension('JPG').map(({ format }) => format)).toEqual(['jpeg']);
    expect(formatsOfExtension('mp4').map(({ format }) => format)).toContain('mp4');
    expect(formatsOfExtension('nothing')).toEqual([]);
  });
});

describe('a TIFF directory that points outside the file', () => {
  it('leaves it a TIFF file', async () => {
    expect((await identify('II*\0', le32(0xffff_fff0))).format).toBe('tiff');
    expect((await identify('MM\0*', u32(8), u16(0xffff))).format).toBe('tiff');
    expect((await identify(fullBox('ftyp', 0, 0))).format).toBe('mp4');
  });
});
