import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { crc32, deflateSync } from 'node:zlib';
import sharp from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { metadata } from '../../../src/methods/metadata/method.ts';
import { makeClip, makeMedia } from '../../support/make-media.ts';
import { runMethod, type MethodRunInTest } from '../../support/run-method.ts';
import { buildTiff, cameraTiff } from '../../unit/containers/tiff/build-tiff.ts';
import { goldenPicture } from '../../unit/methods/ela/golden-picture.ts';
import {
  exifSegment,
  extendedXmpSegment,
  photoshopSegment,
  withSegments,
  xmpPacket,
  xmpSegment,
  type Segment,
} from './build-jpeg.ts';
import { sayAll } from './say-findings.ts';

let folder: string;
let plain: Buffer;
let small: Buffer;
let other: Buffer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-metadata-'));
  const { width, height, data } = goldenPicture(640, 480);
  const picture = sharp(data, { raw: { width, height, channels: 3 } });
  plain = await picture.clone().jpeg({ quality: 90 }).toBuffer();
  small = await picture.clone().resize(160, 120).jpeg().toBuffer();
  const discs = [50, 210, 330, 470, 590].map(
    (x, i) => `<circle cx="${String(x)}" cy="${String(60 + i * 80)}" r="45"/>`,
  );
  const drawing = `<svg width="640" height="480"><rect width="640" height="480" fill="white"/>${discs.join('')}</svg>`;
  other = await sharp(Buffer.from(drawing)).resize(160, 120).jpeg().toBuffer();
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

let number = 0;
async function run(bytes: Uint8Array, name = 'file.bin', params = {}): Promise<MethodRunInTest> {
  const path = join(folder, `${String(number++)}-${name}`);
  await writeFile(path, bytes);
  const result = await runMethod(metadata, path, params);
  await sayAll('metadata', result);
  return result;
}
const jpeg = (...segments: Segment[]): Promise<MethodRunInTest> => run(withSegments(plain, segments), 'picture.jpg');
const codes = (result: MethodRunInTest): string[] => result.findings.map(({ code }) => code);

function row(result: MethodRunInTest, origin: string, tag: string): Readonly<Record<string, unknown>> {
  const found = result.rows('metadata').find((one) => one['origin'] === origin && one['tag'] === tag);
  if (found === undefined) throw new Error(`no ${origin} ${tag}`);
  return found;
}

describe('metadata of a JPEG', () => {
  it('keeps origin, raw and readable value, time with zone, and the byte of every EXIF entry', async () => {
    const file = withSegments(plain, [exifSegment(cameraTiff(false, small))]);
    const result = await run(file, 'camera.jpg');
    expect(row(result, 'exif/ifd0', 'Make')).toMatchObject({ id: '0x010F', raw: 'Example Works', time: null });
    expect(row(result, 'exif/exif', 'DateTimeOriginal')).toMatchObject({ time: '2020-05-06T07:08:09', zone: '+05:00' });
    expect(row(result, 'exif/exif', 'ExposureTime')).toMatchObject({ raw: '1/125', readable: '1/125 s' });
    expect(row(result, 'exif/gps', 'GPSLatitude')).toMatchObject({ readable: '43° 14′ 15.36″ N' });
    expect(row(result, 'exif/ifd0', '0x5ABC')).toMatchObject({ raw: '1 2 3' });
    const make = row(result, 'exif/ifd0', 'Make');
    expect(file.readUInt16BE(Number(make['offset']))).toBe(0x010f);
    expect(file.toString('latin1', Number(make['valueOffset']), Number(make['valueOffset']) + 7)).toBe('Example');
  });

  it('finds its own statements in agreement', async () => {
    const result = await jpeg(exifSegment(cameraTiff(true, small)));
    expect(codes(result)).toEqual(
      expect.arrayContaining(['camera', 'recording-times-agree', 'changed-when-recorded', 'position', 'sizes-agree']),
    );
    expect(result.finding('thumbnail-agrees')).toMatchObject({ outcome: 'consistent' });
    expect(result.finding('readers-compared').measures['different']?.value).toBe(0);
    expect(result.findings.filter(({ outcome }) => outcome === 'inconsistent')).toEqual([]);
  });

  it('extracts a thumbnail that shows something else, byte for byte, and says so', async () => {
    const result = await jpeg(exifSegment(cameraTiff(true, other)));
    const finding = result.finding('thumbnail-differs');
    expect(finding).toMatchObject({ outcome: 'inconsistent', proposition: 'thumbnail-shows-picture' });
    expect(finding.measures['bytes']?.value).toBe(other.length);
    const kept = result.artefacts.get('thumbnail-0')!;
    expect(kept.artefact).toMatchObject({ kind: 'map', scale: 'picture', width: 160, height: 120 });
    const samples = await sharp(Buffer.from(kept.bytes)).raw().toBuffer();
    expect(samples.equals(await sharp(other).raw().toBuffer())).toBe(true);
  });

  it('finds conflicts between EXIF and XMP: camera, orientation, position, size and time', async () => {
    const packet = xmpPacket(
      `tiff:Make="Other Works" tiff:Orientation="1" exif:PixelXDimension="4000" exif:PixelYDimension="2000"
       exif:GPSLatitude="10,0.0N" exif:GPSLongitude="20,0.0E" photoshop:DateCreated="2021-01-01T00:00:00Z"`,
    );
    const result = await jpeg(exifSegment(cameraTiff()), xmpSegment(packet));
    const conflicts = result.findings.filter(({ outcome }) => outcome === 'inconsistent');
    expect(conflicts.map(({ code }) => code).sort()).toEqual([
      'camera-names-differ',
      'orientations-differ',
      'positions-differ',
      'recording-times-differ',
      'size-differs',
    ]);
    for (const { limits, proposition } of conflicts) {
      expect(limits).toContain('metadata-can-be-written');
      expect(proposition).toBeDefined();
    }
  });

  it('tells a size in the same proportion from another, and a turned one from both', async () => {
    const stating = (width: number, height: number) =>
      jpeg(
        exifSegment(
          buildTiff({
            ifd0: { fields: [{ tag: 0x8769, type: 4, value: { to: 'exif' } }] },
            exif: {
              fields: [
                { tag: 0xa002, type: 4, value: [width] },
                { tag: 0xa003, type: 4, value: [height] },
              ],
            },
          }),
        ),
      );
    expect(codes(await stating(640, 480))).toContain('sizes-agree');
    expect(codes(await stating(4032, 3024))).toContain('size-scaled');
    expect(codes(await stating(4032, 2268))).toContain('size-differs');
    expect(codes(await stating(480, 640))).toContain('size-turned');
  });

  it('names editing software beside a camera, and only then', async () => {
    const software = (text: string, make: string) =>
      buildTiff({
        ifd0: {
          fields: [
            ...(make === '' ? [] : [{ tag: 0x010f, type: 2, value: make }]),
            { tag: 0x0131, type: 2, value: text },
          ],
        },
      });
    const edited = await jpeg(exifSegment(software('GIMP 2.10.34', 'Example Works')));
    expect(edited.finding('written-by-editor')).toMatchObject({
      outcome: 'inconsistent',
      proposition: 'written-by-camera',
    });
    expect(codes(await jpeg(exifSegment(software('GIMP 2.10.34', ''))))).not.toContain('written-by-editor');
    expect(codes(await jpeg(exifSegment(software('Ver.1.02', 'Example Works'))))).not.toContain('written-by-editor');
  });

  it('joins an extended XMP packet, and reads IPTC, thumbnail and program out of Photoshop resources', async () => {
    const whole = Buffer.from(xmpPacket('xmp:Label="far away"'));
    const guid = 'A'.repeat(32);
    const iptc = Buffer.concat([Buffer.from([0x1c, 2, 105, 0, 5]), Buffer.from('Title')]);
    const thumbnail = Buffer.concat([Buffer.alloc(28), small]);
    const result = await jpeg(
      xmpSegment(xmpPacket('xmp:Rating="2"')),
      extendedXmpSegment(guid, whole, 100, whole.length),
      extendedXmpSegment(guid, whole, 0, 100),
      photoshopSegment([
        [0x0404, iptc],
        [0x040c, thumbnail],
      ]),
    );
    expect(row(result, 'xmp', 'xmp:Rating')).toMatchObject({ raw: '2' });
    expect(row(result, 'xmp[1]', 'xmp:Label')).toMatchObject({ raw: 'far away', offset: null });
    expect(row(result, 'iptc', 'Headline')).toMatchObject({ raw: 'Title', id: '2:105' });
    expect(result.finding('thumbnail-agrees').details['origin']).toBe('photoshop');
  });

  it('reads a thumbnail out of XMP', async () => {
    const body = `<xmp:Thumbnails><rdf:Alt><rdf:li rdf:parseType="Resource"><xmpGImg:image>${small.toString('base64')}</xmpGImg:image></rdf:li></rdf:Alt></xmp:Thumbnails>`;
    const result = await jpeg(xmpSegment(xmpPacket('', body)));
    expect(codes(result).some((code) => code.startsWith('thumbnail-'))).toBe(true);
  });

  it('says that there is none', async () => {
    const result = await run(plain, 'bare.jpg');
    expect(result.finding('no-camera-metadata')).toMatchObject({
      outcome: 'information',
      limits: ['absence-says-nothing'],
    });
  });

  it('says that EXIF is damaged, keeps what can be read, and does not ask the second reader', async () => {
    const tiff = cameraTiff();
    tiff.writeUInt32LE(0xffff_fff0, 8 + 2 + 12 + 4);
    const result = await jpeg(exifSegment(tiff));
    expect(result.finding('metadata-damaged').measures['problems']?.value).toBeGreaterThan(0);
    expect(codes(result)).toContain('second-reader-gave-up');
    expect(row(result, 'exif/ifd0', 'Make')).toMatchObject({ raw: 'Example Works' });
  });

  it('survives EXIF cut at every few bytes', async () => {
    const tiff = cameraTiff();
    for (let length = 0; length < tiff.length; length += 41) {
      const result = await jpeg(exifSegment(tiff.subarray(0, length)));
      expect(result.result?.status).toBe('completed');
    }
  }, 120_000);
});

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

describe('metadata of other pictures', () => {
  it('reads every way in which a PNG carries it', async () => {
    const png = await sharp(plain).png().toBuffer();
    const packet = Buffer.from(xmpPacket('xmp:Label="packed"'));
    const exifText = `\nexif\n${String(cameraTiff().length + 6)}\n${Buffer.concat([Buffer.from('Exif\0\0'), cameraTiff()]).toString('hex')}\n`;
    const chunks = [
      chunk('tEXt', Buffer.from('Software\0Some Program 1')),
      chunk('zTXt', Buffer.concat([Buffer.from('Comment\0\0'), deflateSync('packed text')])),
      chunk('iTXt', Buffer.concat([Buffer.from('XML:com.adobe.xmp\0\x01\0\0\0'), deflateSync(packet)])),
      chunk('zTXt', Buffer.concat([Buffer.from('Raw profile type exif\0\0'), deflateSync(exifText)])),
      chunk('tIME', Buffer.from([0x07, 0xe4, 5, 6, 7, 8, 9])),
      chunk('eXIf', cameraTiff(false)),
    ];
    const result = await run(Buffer.concat([png.subarray(0, 33), ...chunks, png.subarray(33)]), 'all.png');
    expect(row(result, 'tEXt', 'Software')).toMatchObject({ raw: 'Some Program 1' });
    expect(row(result, 'zTXt[0]', 'Comment')).toMatchObject({ raw: 'packed text', valueOffset: null });
    expect(row(result, 'xmp', 'xmp:Label')).toMatchObject({ raw: 'packed', offset: null });
    expect(row(result, 'exif/ifd0', 'Make')).toMatchObject({ raw: 'Example Works', offset: null });
    expect(row(result, 'exif[1]/ifd0', 'Make')['offset']).toBeGreaterThan(33);
    expect(row(result, 'tIME', 'ModifyDate')).toMatchObject({
      time: '2020-05-06T07:08:09',
      zone: 'utc-by-specification',
    });
    expect(codes(result)).toContain('several-exif-blocks');
    expect(codes(result)).not.toContain('metadata-after-picture');
    const late = Buffer.concat([png.subarray(0, -12), chunk('eXIf', cameraTiff()), png.subarray(-12)]);
    expect(codes(await run(late, 'late.png'))).toContain('metadata-after-picture');
  });

  it("reads EXIF and XMP of a WebP, with JPEG's mark in front or without", async () => {
    const webp = await sharp(plain)
      .withExif({ IFD0: { Make: 'Example Works' } })
      .withXmp(xmpPacket('xmp:Label="w"'))
      .webp()
      .toBuffer();
    const result = await run(webp, 'picture.webp');
    expect(row(result, 'exif/ifd0', 'Make')).toMatchObject({ raw: 'Example Works' });
    expect(row(result, 'xmp', 'xmp:Label')).toMatchObject({ raw: 'w' });
    const at = webp.indexOf('EXIF');
    const tiff = cameraTiff();
    const marked = Buffer.concat([Buffer.from('Exif\0\0'), tiff]);
    const size = Buffer.alloc(4);
    size.writeUInt32LE(marked.length);
    const changed = Buffer.concat([webp.subarray(0, at + 4), size, marked, Buffer.alloc(marked.length & 1)]);
    changed.writeUInt32LE(changed.length - 8, 4);
    expect(row(await run(changed, 'marked.webp'), 'exif/ifd0', 'Model')).toMatchObject({ raw: 'Model 7' });
  });

  it('reads a TIFF file as the EXIF block that it is', async () => {
    const result = await run(cameraTiff(), 'picture.tif');
    expect(row(result, 'exif/ifd0', 'Make')).toMatchObject({ raw: 'Example Works', offset: 10 });
  });

  it('reads the Exif item of an AVIF', async () => {
    const avif = await sharp(plain)
      .resize(64)
      .withExif({ IFD0: { Make: 'Example Works' } })
      .avif({ effort: 0 })
      .toBuffer();
    expect(row(await run(avif, 'picture.avif'), 'exif/ifd0', 'Make')).toMatchObject({ raw: 'Example Works' });
  });
});

describe('metadata of films', () => {
  it('reads movie times, place and program of an MP4, with their boxes and bytes', async () => {
    const path = join(folder, 'clip.mp4');
    const more = ['-metadata', 'creation_time=2021-02-03T04:05:06Z', '-metadata', 'location=+43.2376+076.9450/'];
    await makeClip(path, { seconds: 1, more });
    const result = await runMethod(metadata, path);
    await sayAll('metadata', result);
    expect(row(result, 'moov/mvhd', 'creationTime')).toMatchObject({
      ...{ raw: '2021-02-03T04:05:06Z', time: '2021-02-03T04:05:06', zone: 'utc-by-specification' },
    });
    expect(Number(row(result, 'moov/mvhd', 'creationTime')['offset'])).toBeGreaterThan(0);
    expect(result.finding('position').measures['latitude']?.value).toBeCloseTo(43.2376, 4);
    expect(String(result.finding('software').measures['programs']?.value)).toContain('Lavf');
    expect(row(result, 'ffprobe/stream[0]', 'codec_name')).toMatchObject({ raw: 'h264' });
  });

  it('reads Info and Tags of a Matroska file', async () => {
    const path = join(folder, 'clip.mkv');
    await makeMedia([
      ...['-f', 'lavfi', '-i', 'testsrc2=size=64x48:rate=5:duration=1', '-c:v', 'ffv1'],
      ...[
        '-metadata',
        'title=A title',
        '-metadata',
        'ARTIST=Somebody',
        '-metadata',
        'creation_time=2021-02-03T04:05:06Z',
        path,
      ],
    ]);
    const result = await runMethod(metadata, path);
    await sayAll('metadata', result);
    expect(row(result, 'Segment/Info/Title', 'Title')).toMatchObject({ raw: 'A title' });
    expect(row(result, 'Segment/Info/DateUTC', 'DateUTC')).toMatchObject({ zone: 'utc-by-specification' });
    expect(result.rows('metadata').some(({ tag, raw }) => tag === 'ARTIST' && raw === 'Somebody')).toBe(true);
  });

  it('lists the times of a repacked film that are not set', async () => {
    const path = join(folder, 'bare.mp4');
    await makeClip(path, { seconds: 1 });
    const result = await runMethod(metadata, path);
    expect(result.finding('times-not-set').outcome).toBe('information');
  });
});

describe('metadata of hardly anything', () => {
  it('does not apply to an empty file and finds nothing wrong with text', async () => {
    expect((await run(Buffer.alloc(0), 'empty')).applicability).toEqual({ applies: false, reason: 'empty' });
    expect((await run(Buffer.from('just a note\n'), 'note.txt')).result?.status).toBe('completed');
  });

  it('gives the same bytes each time', async () => {
    const file = withSegments(plain, [exifSegment(cameraTiff(true, other))]);
    const [first, second] = [await run(file, 'a.jpg'), await run(file, 'b.jpg')];
    expect(second.findings).toEqual(first.findings);
    for (const [name, { artefact }] of first.artefacts)
      expect(second.artefacts.get(name)?.artefact.sha256).toBe(artefact.sha256);
  });
});
