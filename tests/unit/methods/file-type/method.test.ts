import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { fileType } from '../../../../src/methods/file-type/method.ts';
import {
  box,
  joinBytes,
  le16,
  le32,
  sampleGif,
  sampleJpeg,
  sampleMatroska,
  sampleMp4,
  sampleMultiPicture,
  samplePng,
  u32,
  zeros,
} from '../../../support/container-samples.ts';
import { runOnBytes } from '../../../support/run-on-bytes.ts';

const run = (bytes: Uint8Array, name: string) => runOnBytes(fileType, bytes, name);
const text = (words: string): Uint8Array => joinBytes(words);

describe('name and content', () => {
  it('that agree are consistent with the proposition', async () => {
    const { finding } = await run(sampleMp4(), 'clip.MP4');
    expect(finding('extension-matches')).toMatchObject({
      outcome: 'consistent',
      proposition: 'extension-states-type',
      details: { extension: 'mp4', format: 'MP4' },
      places: [{ offsetBytes: 4, lengthBytes: 8 }],
    });
    expect(finding('content-type').details).toMatchObject({ mediaType: 'video/mp4', subtype: 'isom' });
  });

  it('that differ are inconsistent with it', async () => {
    const { finding } = await run(sampleJpeg(), 'picture.png');
    expect(finding('extension-mismatch')).toMatchObject({
      outcome: 'inconsistent',
      details: { extension: 'png', claimed: 'PNG', format: 'JPEG' },
      limits: ['mismatch-is-common'],
    });
  });

  it('of one family leave it open', async () => {
    const { finding } = await run(sampleMp4(), 'clip.mov');
    expect(finding('extension-related').outcome).toBe('inconclusive');
  });

  it.each([
    ['clip.mp4', 'Not a film at all.\n', 'extension-mismatch', 'plain text'],
    [
      'photo.jpg',
      'version https://git-lfs.github.com/spec/v1\noid sha256:00\nsize 1\n',
      'extension-mismatch',
      'Git LFS pointer',
    ],
    ['page.jpg', '<!DOCTYPE html><html></html>', 'extension-mismatch', 'HTML'],
    ['notes.txt', 'Just notes.', 'extension-matches', 'plain text'],
  ])('text under the name %s', async (name, words, code, format) => {
    const result = await run(text(words), name);
    expect(result.finding(code).details['format']).toBe(format);
  });

  it.each(['noext', 'clip.', '.hidden', 'clip.xyz', ''])(
    'without a claim are compared with nothing: %j',
    async (name) => {
      const { codes } = await run(sampleJpeg(), name);
      expect(codes).toContain('extension-states-nothing');
      expect(codes).not.toContain('extension-mismatch');
    },
  );

  it('of unknown content stay open', async () => {
    const result = await run(joinBytes(zeros(100)), 'clip.mp4');
    expect(result.finding('extension-untested').outcome).toBe('inconclusive');
    expect(result.finding('trailing-data-not-checked')).toMatchObject({
      outcome: 'abstained',
      reason: 'no-logical-end',
    });
  });

  it('of an empty file say that there is nothing to compare', async () => {
    const { codes, finding } = await run(new Uint8Array(0), 'clip.mov');
    expect(codes).toEqual(['empty-file', 'extension-without-content']);
    expect(finding('empty-file').measures['size']).toEqual({ value: 0, unit: 'bytes' });
  });
});

describe('names that mislead', () => {
  it('by two extensions are said', async () => {
    const { finding } = await run(joinBytes('MZ', [0x90, 0], zeros(60)), 'invoice.pdf.exe');
    expect(finding('name-has-two-extensions').details).toMatchObject({ first: 'pdf', last: 'exe' });
  });

  it.each(['archive.tar.gz', 'clip.final.mp4', 'IMG.0001.jpg', 'photo.jpg.jpeg'])('are not those: %s', async (name) => {
    expect((await run(sampleJpeg(), name)).codes).not.toContain('name-has-two-extensions');
  });

  it('by turning the direction of writing are said', async () => {
    expect((await run(sampleJpeg(), 'photo\u202Egpj.exe')).codes).toContain('name-turns-direction');
    expect((await run(sampleJpeg(), 'сурет 📷 ғ.jpg')).codes).not.toContain('name-turns-direction');
  });
});

describe('the end of the format', () => {
  it.each([
    ['jpeg', sampleJpeg()],
    ['png', samplePng()],
    ['gif', sampleGif()],
    ['mp4', sampleMp4()],
    ['matroska', sampleMatroska()],
    ['multi-picture jpeg', sampleMultiPicture()],
    ['pdf', text('%PDF-1.4\n1 0 obj\nendobj\n%%EOF\n')],
    ['bmp', joinBytes('BM', le32(70), zeros(8), le32(40), zeros(52))],
  ])('is where the file ends: %s', async (_name, bytes) => {
    const { codes } = await run(bytes, 'x');
    expect(codes).toContain('ends-with-format');
    expect(codes).not.toContain('trailing-data');
  });

  it.each([
    ['jpeg', sampleJpeg()],
    ['png', samplePng()],
    ['gif', sampleGif()],
    ['mp4', sampleMp4()],
    ['matroska', sampleMatroska()],
    ['pdf', text('%PDF-1.4\n%%EOF\n')],
    ['bmp', joinBytes('BM', le32(70), zeros(8), le32(40), zeros(52))],
  ])('is found when something follows: %s', async (_name, bytes) => {
    const tail = Uint8Array.from({ length: 512 }, (_, index) => (index * 73) & 255);
    const { finding, codes } = await run(joinBytes(bytes, tail), 'x');
    expect(finding('trailing-data')).toMatchObject({
      outcome: 'information',
      measures: {
        offset: { value: bytes.length, unit: 'bytes' },
        length: { value: 512, unit: 'bytes' },
        entropy: { value: 8, unit: '1' },
        zeroShare: { value: 0.39, unit: 'percent' },
      },
      places: [{ offsetBytes: bytes.length, lengthBytes: 512 }],
    });
    expect(codes).not.toContain('ends-with-format');
  });

  it('behind which a known format begins is said by its name', async () => {
    const { finding } = await run(joinBytes(sampleJpeg(), sampleMp4()), 'photo.jpg');
    expect(finding('trailing-content')).toMatchObject({ details: { format: 'MP4' } });
  });

  it('behind which known formats begin further inside gives their places', async () => {
    const head = joinBytes(sampleJpeg(), zeros(100));
    const { finding } = await run(joinBytes(head, samplePng(), '%PDF-1.4'), 'photo.jpg');
    expect(finding('known-content-in-trailing-data')).toMatchObject({
      measures: { starts: { value: 2 } },
      details: { formats: 'png, pdf' },
      places: [{ offsetBytes: head.length }, { offsetBytes: head.length + samplePng().length }],
    });
  });

  it('of which only so much is examined as was asked for', async () => {
    const tail = joinBytes(new Uint8Array(2 * 1024 * 1024).fill(7), '%PDF-1.4');
    const whole = await runOnBytes(fileType, joinBytes(sampleJpeg(), tail), 'a.jpg', { trailingScanMiB: 4 });
    const part = await runOnBytes(fileType, joinBytes(sampleJpeg(), tail), 'a.jpg', { trailingScanMiB: 1 });
    expect(whole.codes).toContain('known-content-in-trailing-data');
    expect(part.codes).not.toContain('known-content-in-trailing-data');
    expect(part.finding('trailing-data').measures['examined']).toEqual({ value: 1_048_576, unit: 'bytes' });
  });

  it('that is missing is said, and nothing about what follows', async () => {
    const { codes, finding } = await run(sampleMp4().subarray(0, 500), 'clip.mp4');
    expect(finding('content-incomplete').details['errors']).toContain('size-beyond-file');
    expect(codes).not.toContain('ends-with-format');
  });
});

describe('a second content', () => {
  const zip = (name: string): Uint8Array => {
    const local = joinBytes('PK\x03\x04', le16(20), zeros(20), le16(name.length), le16(0), name);
    const central = joinBytes('PK\x01\x02', zeros(24), le16(name.length), zeros(16), name);
    return joinBytes(
      local,
      central,
      'PK\x05\x06',
      zeros(4),
      le16(1),
      le16(1),
      le32(central.length),
      le32(local.length),
      le16(0),
    );
  };

  it('may be an archive behind a picture', async () => {
    const { findings } = await run(joinBytes(sampleJpeg(), zip('secret.txt')), 'photo.jpg');
    expect(findings.find(({ code }) => code === 'second-content')).toMatchObject({
      details: { format: 'zip', isBeyondEnd: true },
      measures: { offset: { value: sampleJpeg().length } },
    });
  });

  it('may be an archive inside a box, which no walk of the boxes shows', async () => {
    const bytes = joinBytes(sampleMp4(), box('free', zip('META-INF/MANIFEST.MF')));
    const { findings, codes } = await run(bytes, 'clip.mp4');
    expect(findings.find(({ code }) => code === 'second-content')).toMatchObject({
      details: { format: 'jar', isBeyondEnd: false },
    });
    expect(codes).toContain('ends-with-format');
  });

  it('may be a PDF in the first kilobyte', async () => {
    const bytes = joinBytes(box('ftyp', 'isom', u32(0)), box('free', '%PDF-1.4'), sampleMp4().subarray(32));
    expect((await run(bytes, 'clip.mp4')).finding('second-content').details).toMatchObject({ format: 'pdf' });
  });

  it('may be a page that a browser would run', async () => {
    const bytes = joinBytes(
      sampleGif().subarray(0, 19),
      [0x21, 0xfe, 25],
      '<script>alert(1)</script>',
      [0],
      sampleGif().subarray(19),
    );
    expect((await run(bytes, 'a.gif')).finding('embedded-markup')).toMatchObject({
      measures: { offset: { value: 22 } },
    });
  });

  it('may be another file of the same kind behind the first', async () => {
    const { findings } = await run(joinBytes(sampleMp4(), sampleMp4()), 'clip.mp4');
    expect(findings.find(({ code }) => code === 'second-content')).toMatchObject({
      measures: { offset: { value: sampleMp4().length } },
    });
  });

  it('is not seen in four letters alone', async () => {
    const { codes } = await run(joinBytes(sampleJpeg(), 'PK\x05\x06', zeros(200)), 'photo.jpg');
    expect(codes).not.toContain('second-content');
  });

  it('is not looked for in text, which is all markup', async () => {
    const { codes } = await run(text('<html><script>x</script></html>'), 'page.html');
    expect(codes).not.toContain('embedded-markup');
  });
});

describe('any bytes at all', () => {
  it('give findings that hold to their form', async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.string({ unit: 'binary' }), async (bytes, name) => {
        const { findings } = await run(bytes, name);
        expect(findings.length).toBeGreaterThan(1);
      }),
      { numRuns: 100 },
    );
  });
});
