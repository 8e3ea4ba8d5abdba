import { rename, writeFile } from 'node:fs/promises';
import { basename, join } from 'node:path';
import sharp from 'sharp';
import { z } from 'zod';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { AssayError } from '../../base/errors.ts';
import { digestFile } from './digest-file.ts';
import { Region } from './edit.ts';
import { inOwnFolder } from './own-folder.ts';
import { matrixForHeight, toRgb } from './picture/colour.ts';
import type { Picture } from './picture/layer.ts';
import { presentationOf } from './presentation.ts';
import { ForgeSpec } from './spec.ts';
import { truthPath } from './truth.ts';

const Quality = z.number().int().min(1).max(100);
/** EXIF's own form of a time: `YYYY:MM:DD hh:mm:ss`, without a zone. */
const ExifTime = z.string().regex(/^\d{4}:\d\d:\d\d \d\d:\d\d:\d\d$/);

/** A still to forge: one instant of a presenter, saved as JPEG, then changed and saved again. */
export const StillSpec = z.strictObject({
  scene: ForgeSpec.prefault({}),
  atMs: z.number().nonnegative().default(0),
  /** Quality of the first JPEG; the second is saved over what the paste left. */
  firstQuality: Quality.default(78),
  lastQuality: Quality.default(92),
  /** A region of the picture as it was before any JPEG (taken at `fromMs`) that is laid over the first JPEG. */
  paste: z
    .strictObject({
      region: Region,
      to: z.strictObject({ x: z.number().int().nonnegative(), y: z.number().int().nonnegative() }),
      fromMs: z.number().nonnegative().default(0),
    })
    .optional(),
  exif: z
    .strictObject({
      make: z.string().max(64).default('Assay'),
      model: z.string().max(64).default('Synthetic presenter'),
      software: z.string().max(64).default('Assay forge'),
      taken: ExifTime.default('2026:03:14 09:26:53'),
      /** Zone of `taken`, as EXIF 2.31 has it. */
      takenOffset: z
        .string()
        .regex(/^[+-]\d\d:\d\d$/)
        .default('+05:00'),
      changed: ExifTime.default('2026:03:15 18:02:11'),
    })
    .prefault({}),
});
export type StillSpec = z.infer<typeof StillSpec>;
export type StillSpecInput = z.input<typeof StillSpec>;

/** `<still>.truth.json` beside a still that the forge made. */
export const StillTruth = z.strictObject({
  schema: z.literal('assay.still/1'),
  spec: StillSpec,
  still: z.strictObject({ file: z.string(), sha256: z.string(), sizeBytes: z.number().int() }),
  /** Where foreign pixels lie in the still; null where nothing was pasted. */
  pastedRegion: Region.nullable(),
  jpegQualities: z.array(Quality),
});
export type StillTruth = z.infer<typeof StillTruth>;

/** Interleaved 8-bit RGB of a picture; chroma is repeated, not interpolated. */
export function rgbOf(picture: Picture): Uint8Array {
  const { width, height } = picture;
  const matrix = matrixForHeight(height);
  const rgb = new Uint8Array(width * height * 3);
  for (let y = 0, at = 0; y < height; y++) {
    const chromaRow = (y >> 1) * (width / 2);
    for (let x = 0; x < width; x++, at += 3) {
      const c = chromaRow + (x >> 1);
      rgb.set(toRgb(matrix, picture.y[y * width + x] ?? 0, picture.u[c] ?? 128, picture.v[c] ?? 128), at);
    }
  }
  return rgb;
}

function checkFits(
  region: { x: number; y: number; width: number; height: number },
  width: number,
  height: number,
): void {
  for (const [from, length, size] of [
    [region.x, region.width, width],
    [region.y, region.height, height],
  ] as const) {
    if (from + length <= size) continue;
    throw new AssayError('edit-beyond-clip', { edit: 'paste', unit: 'px', from, to: from + length - 1, size });
  }
}

/** Makes a JPEG still with `<still>.truth.json` beside it. Throws `edit-beyond-clip`, or zod's error for the specification. */
export async function forgeStill(input: StillSpecInput, outPath: string): Promise<StillTruth> {
  const spec = StillSpec.parse(input);
  const { width, height } = spec.scene;
  const { presenter } = presentationOf(spec.scene);
  const raw = { raw: { width, height, channels: 3 as const } };
  const first = await sharp(rgbOf(presenter.draw(spec.atMs, 0, true)), raw)
    .jpeg({ quality: spec.firstQuality })
    .toBuffer();
  let picture = sharp(first);
  if (spec.paste !== undefined) {
    const { region, to, fromMs } = spec.paste;
    checkFits(region, width, height);
    checkFits({ ...region, ...to }, width, height);
    const piece = await sharp(rgbOf(presenter.draw(fromMs, 1, true)), raw)
      .extract({ left: region.x, top: region.y, width: region.width, height: region.height })
      .png()
      .toBuffer();
    picture = picture.composite([{ input: piece, left: to.x, top: to.y }]);
  }
  const { exif } = spec;
  const last = await picture
    .jpeg({ quality: spec.lastQuality })
    .withExif({
      IFD0: { Make: exif.make, Model: exif.model, Software: exif.software, DateTime: exif.changed },
      IFD2: { DateTimeOriginal: exif.taken, OffsetTimeOriginal: exif.takenOffset },
    })
    .toBuffer();
  return inOwnFolder(outPath, async (folder) => {
    await writeFile(join(folder, 'still.jpg'), last);
    const truth = StillTruth.parse({
      schema: 'assay.still/1',
      spec,
      still: { file: basename(outPath), ...(await digestFile(join(folder, 'still.jpg'))) },
      pastedRegion: spec.paste ? { ...spec.paste.region, ...spec.paste.to } : null,
      jpegQualities: [spec.firstQuality, spec.lastQuality],
    } satisfies StillTruth);
    await writeFile(join(folder, 'truth.json'), canonicalJsonFile(truth));
    await rename(join(folder, 'still.jpg'), outPath);
    await rename(join(folder, 'truth.json'), truthPath(outPath));
    return truth;
  });
}
