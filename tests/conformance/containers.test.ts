import { readdirSync, readFileSync, statSync } from 'node:fs';
import { join, relative } from 'node:path';
import { expect, it } from 'vitest';
import { bytesInMemory } from '../../src/base/bytes.ts';
import { identifyContent } from '../../src/containers/identify-content.ts';
import { readEditLists } from '../../src/containers/read-edit-lists.ts';
import { nodesOfType, numberField, textField } from '../../src/containers/structure-query.ts';
import type { Structure, StructureNode } from '../../src/containers/structure.ts';
import { walkStructure } from '../../src/containers/walk-structure.ts';
import { container } from '../../src/methods/container/method.ts';
import { fileType } from '../../src/methods/file-type/method.ts';
import { boxesByMp4box } from '../support/mp4box-oracle.ts';
import { runOnBytes } from '../support/run-on-bytes.ts';
import { errorCodes, fieldsAt, nodeAt } from '../support/walk-bytes.ts';
import { describeWithMedia } from './shared-media.ts';

interface Entry {
  readonly file: string;
  readonly facts?: {
    readonly exiftool?: Readonly<Record<string, string | number | undefined>>;
    readonly ffprobe?: { readonly streams?: readonly Record<string, string | number>[] };
  };
}

describeWithMedia('containers of real media', (folder) => {
  const manifest = JSON.parse(readFileSync(join(folder, 'manifest.json'), 'utf8')) as readonly Entry[];
  const files = allFiles(folder).filter((file) => !file.includes('expected/') && !/\.(json|md)$/.test(file));
  const bytesOf = (file: string): Uint8Array => new Uint8Array(readFileSync(join(folder, file)));
  const walk = (file: string): Promise<Structure> => walkStructure(bytesInMemory(bytesOf(file)));
  const factsOf = (file: string): NonNullable<Entry['facts']> =>
    manifest.find((entry) => entry.file === file)?.facts ?? {};

  it.each(files)('%s is examined by both methods in less than two seconds', async (file) => {
    const bytes = bytesOf(file);
    const started = performance.now();
    const results = [await runOnBytes(fileType, bytes, file), await runOnBytes(container, bytes, file)];
    expect(performance.now() - started).toBeLessThan(2000);
    expect(results[0]?.findings.length).toBeGreaterThan(0);
    for (const { outcome } of results[1]?.findings ?? []) expect(['information', 'abstained']).toContain(outcome);
  });

  const typed = manifest.filter(({ facts }) => facts?.exiftool?.['FileType'] !== undefined);
  it.each(typed.map(({ file }) => file))('%s is of the type that an independent tool names', async (file) => {
    const names: Readonly<Record<string, string>> = { 'Extended WEBP': 'WEBP', 'git-lfs-pointer': 'TXT' };
    const identity = await identifyContent(bytesInMemory(bytesOf(file)));
    const ours = names[identity.format] ?? identity.format.toUpperCase();
    const theirs = String(factsOf(file).exiftool?.['FileType']);
    expect(ours).toBe(names[theirs] ?? theirs);
  });

  const isMovie = (file: string): boolean =>
    /\.(mp4|mov|heic|avif)$/i.test(file) && statSync(join(folder, file)).size > 0;
  const movies = files.filter(isMovie);
  // mp4box.js throws at the empty decoder configuration of this one.
  const readable = movies.filter((file) => file !== 'corrupt/annex-b.mp4');
  it.each(readable)('%s has every box where mp4box.js finds it', async (file) => {
    const structure = await walk(file);
    const ours = new Set(structure.nodes.map((node) => `${node.type.slice(0, 4)} ${node.offsetBytes}`));
    const missing = boxesByMp4box(bytesOf(file)).filter(({ type, offset }) => !ours.has(`${type} ${offset}`));
    expect(missing).toEqual([]);
  });

  const sized = movies.filter((file) => factsOf(file).ffprobe?.streams?.some((s) => s['codec_type'] === 'video'));
  it.each(sized)('%s has the dimensions that ffprobe gives', async (file) => {
    const structure = await walk(file);
    const entries = sampleEntries(structure);
    for (const stream of factsOf(file).ffprobe?.streams ?? []) {
      if (stream['codec_type'] !== 'video' || structure.nodes.some(({ type }) => type === 'ispe')) continue;
      const sizes = entries.map((entry) => [numberField(entry, 'width'), numberField(entry, 'height')]);
      expect(sizes).toContainEqual([stream['width'], stream['height']]);
    }
  });

  const pictures = typed.filter(({ facts }) => facts?.exiftool?.['JPEGDigest'] !== undefined).map(({ file }) => file);
  it.each(pictures)('%s has the quantisation tables that exiftool names', async (file) => {
    const digest = String(factsOf(file).exiftool?.['JPEGDigest']);
    const { findings } = await runOnBytes(container, bytesOf(file), file);
    const standard = findings.find(({ code }) => code === 'quantisation-standard');
    const library = /^Independent JPEG Group library .*Quality (\d+)$/.exec(digest);
    // exiftool names a quality for what its list knows; ours is exact, so it must agree where both speak.
    if (library && standard) expect(standard.measures['quality']?.value).toBe(Number(library[1]));
    if (library) expect(standard, digest).toBeDefined();
  });

  it('edts.mp4 has the edit lists that its manifest states', async () => {
    expect(readEditLists(await walk('video_structure/edts.mp4'))).toMatchObject([
      {
        ...{ handler: 'vide', mediaTimeScale: 12_800, movieTimeScale: 1000 },
        entries: [{ segmentDuration: 9000, mediaTime: 1024, rate: 1 }],
      },
      {
        ...{ handler: 'soun', mediaTimeScale: 44_100, movieTimeScale: 1000 },
        entries: [{ segmentDuration: 9000, mediaTime: 2112, rate: 1 }],
      },
    ]);
  });

  it.each([
    ['video_structure/video_rotation_90.mp4', 90],
    ['video_structure/rotate-buck-bunny.mp4', 90],
    ['video_original/iphone6_with-gps.mov', 90],
    ['video_original/gopro_hero5_karma.mp4', 0],
  ])('%s is turned by %i degrees clockwise', async (file, degrees) => {
    const structure = await walk(file);
    expect(nodesOfType(structure, 'tkhd').map((node) => numberField(node, 'rotationDeg'))).toContain(degrees);
    expect(degrees).toBe(factsOf(file).exiftool?.['Rotation'] ?? degrees);
  });

  it.each([
    ['video_original/iphone6_with-gps.mov', '2019-07-24T08:25:57Z', 'qt'],
    ['video_original/gopro_hero5_karma.mp4', '2017-04-17T19:27:57Z', 'mp41'],
    ['video_original/android601_with-gps.mp4', '2017-02-22T08:20:28Z', 'mp42'],
    ['video_reencoded/gopher-video.mp4', '2020-05-11T14:18:35Z', 'isom'],
    ['video_structure/edts.mp4', null, 'isom'],
  ])('%s was created at %s under the brand %s', async (file, created, brand) => {
    const structure = await walk(file);
    expect(fieldsAt(structure, 'moov/mvhd')['creationTime']).toBe(created);
    expect(String(fieldsAt(structure, 'ftyp')['majorBrand']).trim()).toBe(brand);
  });

  it('places and makers stand in the boxes that the manifest names', async () => {
    const iphone = await walk('video_original/iphone6_with-gps.mov');
    const values = nodesOfType(iphone, 'data').map((node) => textField(node, 'value'));
    expect(values).toEqual(['+32.0929+034.8620+028.516/', 'Apple', 'iPhone 6', '12.3', '2019-07-24T11:25:40+0300']);
    const android = await walk('video_original/android601_with-gps.mp4');
    expect(fieldsAt(android, 'moov/udta/©xyz')['value']).toBe('+51.4169-000.0806/');
    const gopro = await walk('video_original/gopro_hero5_karma.mp4');
    expect(fieldsAt(gopro, 'moov/udta/FIRM')['value']).toBe('HD5.02.02.00.00');
    expect(nodesOfType(gopro, 'hdlr').map((node) => textField(node, 'name'))).toEqual([
      ...['GoPro AVC', 'GoPro AAC', 'GoPro TCD', 'GoPro MET', 'GoPro SOS'],
    ]);
    expect(numberField(nodesOfType(gopro, 'stsz')[3], 'sampleCount')).toBe(13);
    const avi = await walk('video_original/MVI_4823.AVI');
    expect(fieldsAt(avi, 'RIFF:AVI/LIST:INFO/ISFT')['value']).toBe('CanonMVI06');
    expect(String(fieldsAt(avi, 'RIFF:AVI/LIST:hdrl/IDIT')['value']).trim()).toBe('MON SEP 10 20:52:00 2012');
  });

  it.each([
    ['corrupt/chunk_out_of_range.mp4', 'chunk-outside-table'],
    ['corrupt/annex-b.mp4', 'chunk-offset-outside-file'],
    ['corrupt/truncated_jpeg.jpg', 'end-of-image-missing'],
    ['corrupt/truncated_image.png', 'size-beyond-file'],
    ['corrupt/broken_data_stream.png', 'checksum-mismatch'],
    ['corrupt/broken.png', 'not-a-chunk'],
    ['odd/zero_width.gif', 'blocks-not-ended'],
    ['odd/md5-s1.mp4', 'repeated-box'],
  ])('%s has the error %s', async (file, code) => {
    expect(errorCodes(await walk(file))).toContain(code);
  });

  const original = ['video_original', 'video_structure', 'video_reencoded', 'av_sync', 'prnu', 'pdq'];
  const sound = files.filter((file) => original.includes(file.split('/')[0] ?? '') && !file.endsWith('.mts'));
  it.each(sound)('%s, which is whole, has no errors and no unknown parts', async (file) => {
    const structure = await walk(file);
    expect(structure.errors).toEqual([]);
    expect(structure.nodes.filter(({ known }) => !known).map(({ path }) => path)).toEqual([]);
  });

  it.each([
    ['odd/lfs-pointer.jpg', 'git-lfs-pointer', 'extension-mismatch'],
    ['odd/this-is-a-jpeg.png', 'content-type', 'extension-mismatch'],
    ['odd/2018-04-12 19_24_49.mov', 'empty-file', 'extension-without-content'],
    ['odd/测试.png', 'content-type', 'extension-matches'],
  ])('%s is said to be what it is', async (file, content, claim) => {
    const { codes } = await runOnBytes(fileType, bytesOf(file), file);
    expect(codes).toContain(content);
    expect(codes).toContain(claim);
  });

  it('names agree with contents everywhere but where the manifest says otherwise', async () => {
    const wrong: string[] = [];
    for (const file of files) {
      const { codes } = await runOnBytes(fileType, bytesOf(file), file);
      if (codes.includes('extension-mismatch')) wrong.push(file);
    }
    expect(wrong.sort()).toEqual(['odd/lfs-pointer.jpg', 'odd/this-is-a-jpeg.png']);
  });

  it('content credentials are seen where there are any', async () => {
    const seen = async (file: string): Promise<boolean> =>
      (await runOnBytes(container, bytesOf(file), file)).codes.includes('content-credentials-present');
    // The manifest of cloud.jpg is not in the file: its XMP names an address, which nobody here will visit.
    const without = ['c2pa/cloud.jpg', 'c2pa/no_manifest.jpg', 'c2pa/video1_no_manifest.mp4'];
    for (const file of files.filter((name) => name.startsWith('c2pa/')))
      expect(await seen(file), file).toBe(!without.includes(file));
  });

  it('the still picture of a phone gives its items and size', async () => {
    const structure = await walk('exif/IMG_5195.HEIC');
    expect(fieldsAt(structure, 'meta/iprp/ipco/ispe[1]')).toMatchObject({ width: 2566, height: 3313 });
    expect(fieldsAt(structure, 'meta/pitm')['itemId']).toBe(43);
    expect(nodeAt(structure, 'meta/iinf/infe[43]').fields).toContainEqual(expect.objectContaining({ value: 'Exif' }));
  });
});

function sampleEntries(structure: Structure): readonly StructureNode[] {
  return structure.nodes.filter((node) => structure.nodes[node.parent]?.type === 'stsd');
}

function allFiles(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .sort();
}
