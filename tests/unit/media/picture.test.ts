import { createHash } from 'node:crypto';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import sharp, { type Sharp } from 'sharp';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { StillPicture } from '../../../src/media/exhibit-media.ts';
import { defaultPictureLimits, readPicture } from '../../../src/media/picture.ts';

const width = 48;
const height = 32;

/** A picture whose every pixel differs from its neighbours. */
function gradient(): Buffer {
  const rgb = Buffer.alloc(width * height * 3);
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      rgb.set([x * 5, y * 7, (x * y) % 256], (y * width + x) * 3);
    }
  }
  return rgb;
}

const raw = (): Sharp => sharp(gradient(), { raw: { width, height, channels: 3 } });

async function decoded(source: string | Uint8Array): Promise<StillPicture> {
  const answer = await readPicture(source);
  if (answer.status !== 'ok') throw new Error(`${answer.reason}: ${answer.messages.join('; ')}`);
  return answer.value;
}

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-picture-'));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

describe('readPicture', () => {
  it('gives back the very samples of a lossless picture, from bytes and from a file alike', async () => {
    const png = await raw().png().toBuffer();
    const path = join(folder, 'odd name [page=3], quote".png');
    await writeFile(path, png);
    for (const source of [png, path]) {
      const picture = await decoded(source);
      expect(picture).toMatchObject({ format: 'png', width, height, channels: 3 });
      expect(Buffer.compare(Buffer.from(picture.data), gradient())).toBe(0);
      expect(picture.damage).toBeUndefined();
    }
  });

  it('reports the orientation and leaves the stored picture unturned', async () => {
    const jpeg = await raw().withMetadata({ orientation: 6 }).jpeg().toBuffer();
    const picture = await decoded(jpeg);
    expect(picture).toMatchObject({ orientation: 6, width, height });
  });

  it('drops alpha without blending and repeats grey in three channels', async () => {
    const transparent = await sharp({
      create: { width: 2, height: 2, channels: 4, background: { r: 200, g: 100, b: 50, alpha: 0 } },
    })
      .png()
      .toBuffer();
    expect([...(await decoded(transparent)).data.slice(0, 3)]).toEqual([200, 100, 50]);
    const grey = await sharp(Buffer.from([7, 80, 160, 255]), { raw: { width: 2, height: 2, channels: 1 } })
      .toColourspace('b-w')
      .png()
      .toBuffer();
    expect([...(await decoded(grey)).data]).toEqual([7, 7, 7, 80, 80, 80, 160, 160, 160, 255, 255, 255]);
  });

  it('does not apply an embedded colour profile to the samples', async () => {
    const tagged = await raw().withIccProfile('p3').png().toBuffer();
    const plain = await sharp(tagged, { ignoreIcc: true }).raw().toBuffer();
    expect(Buffer.compare(Buffer.from((await decoded(tagged)).data), plain)).toBe(0);
  });

  it('takes the first frame of an animation and says how many there are', async () => {
    const red = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'red' } })
      .png()
      .toBuffer();
    const blue = await sharp({ create: { width: 8, height: 8, channels: 3, background: 'blue' } })
      .png()
      .toBuffer();
    const gif = await sharp([red, blue], { join: { animated: true } })
      .gif()
      .toBuffer();
    const picture = await decoded(gif);
    expect(picture).toMatchObject({ width: 8, height: 8, pages: 2 });
    expect([...picture.data.slice(0, 3)]).toEqual([255, 0, 0]);
  });

  it('keeps the decoded part of a JPEG that breaks off, says so, and gives the same samples each time', async () => {
    const jpeg = await raw().jpeg({ quality: 95 }).toBuffer();
    const broken = jpeg.subarray(0, Math.floor(jpeg.length * 0.8));
    const picture = await decoded(broken);
    expect(picture.damage?.truncated).toBe(true);
    expect(picture.damage?.messages.length).toBeGreaterThan(0);
    const whole = await decoded(jpeg);
    expect(picture.data.slice(0, width * 3)).toEqual(whole.data.slice(0, width * 3));
    const digest = (value: StillPicture): string => createHash('sha256').update(value.data).digest('hex');
    expect(digest(await decoded(broken))).toBe(digest(picture));
  });

  it('gives the same samples each time for a PNG that breaks off', async () => {
    const png = await sharp(Buffer.from(Array.from({ length: 200 * 200 * 3 }, (_, i) => (i * 7919) % 251)), {
      raw: { width: 200, height: 200, channels: 3 },
    })
      .png()
      .toBuffer();
    const broken = png.subarray(0, Math.floor(png.length / 2));
    const digests = new Set<string>();
    for (let turn = 0; turn < 5; turn += 1) {
      const picture = await decoded(broken);
      expect(picture.damage?.truncated).toBe(true);
      digests.add(createHash('sha256').update(picture.data).digest('hex'));
      await decoded(await raw().png().toBuffer());
    }
    expect(digests.size).toBe(1);
  });

  it('refuses a BMP that claims three million by two million pixels before anything is allocated', async () => {
    const bmp = Buffer.alloc(24_630);
    bmp.write('BM', 'latin1');
    bmp.writeUInt32LE(40, 14);
    bmp.writeInt32LE(3_000_000, 18);
    bmp.writeInt32LE(-2_000_000, 22);
    expect(await readPicture(bmp)).toMatchObject({ status: 'unreadable', reason: 'too-large' });
  });

  it('refuses a GIF of a few bytes whose frame lies far outside its screen', async () => {
    const gif = Buffer.alloc(44);
    gif.write('GIF89a', 'latin1');
    gif.writeUInt16LE(32, 6);
    gif.writeUInt16LE(32, 8);
    gif.writeUInt8(0x2c, 13);
    gif.writeUInt16LE(65_280, 16);
    gif.writeUInt16LE(65_535, 18);
    gif.writeUInt16LE(1321, 20);
    expect(await readPicture(gif)).toMatchObject({ status: 'unreadable', reason: 'too-large' });
  });

  it('holds the pixel limit for a format that the library itself measures', async () => {
    const png = await raw().png().toBuffer();
    const answer = await readPicture(png, { ...defaultPictureLimits, maxPixels: width * height - 1 });
    expect(answer).toMatchObject({ status: 'unreadable', reason: 'too-large' });
  });

  it('says that a codec is missing for a picture that the library cannot decode', async () => {
    const small = Buffer.alloc(64);
    small.write('BM', 'latin1');
    small.writeUInt32LE(40, 14);
    small.writeInt32LE(4, 18);
    small.writeInt32LE(4, 22);
    expect(await readPicture(small)).toMatchObject({ reason: 'codec-missing', messages: ['bmp'] });
  });

  it('calls text, SVG, nothing at all and a film no picture', async () => {
    const film = Buffer.from('\0\0\0\x18ftypisom\0\0\x02\0isomavif', 'latin1');
    for (const bytes of [
      Buffer.from('version https://example.invalid/spec'),
      Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="4" height="4"/>'),
      Buffer.alloc(0),
      film,
    ]) {
      expect(await readPicture(bytes)).toEqual({ status: 'unreadable', reason: 'not-media', messages: [] });
    }
  });

  it("rejects with the file system's own error only when the file cannot be read", async () => {
    await expect(readPicture(join(folder, 'missing.jpg'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('never rejects, whatever is flipped in a JPEG, a PNG or a WebP', async () => {
    const originals = [
      await raw().jpeg().toBuffer(),
      await raw().png().toBuffer(),
      await raw().webp({ lossless: true }).toBuffer(),
    ];
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...originals),
        fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
        fc.nat(),
        async (original, flips, cut) => {
          const bytes = Buffer.from(original);
          for (const [at, value] of flips) bytes[at % bytes.length] = value;
          const limits = { ...defaultPictureLimits, maxPixels: 4_000_000 };
          const answer = await readPicture(bytes.subarray(0, (cut % bytes.length) + 1), limits);
          if (answer.status === 'ok') {
            expect(answer.value.data.length).toBe(answer.value.width * answer.value.height * 3);
          }
        },
      ),
      { numRuns: 120 },
    );
  });
});
