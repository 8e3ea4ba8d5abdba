import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../../../base/errors.ts';
import type { Face } from '../layout/style.ts';

/** The fonts that a PDF embeds, as TrueType. */
export type PdfFonts = Readonly<Record<Face, Uint8Array>>;

const files: Readonly<Record<Face, string>> = {
  sans: 'NotoSans-Regular.ttf',
  bold: 'NotoSans-Bold.ttf',
  mono: 'NotoSansMono-Regular.ttf',
};

/** Reads `<resources>/fonts`. Throws `defect` where Assay's own files are missing. */
export async function loadPdfFonts(resourcesFolder: string): Promise<PdfFonts> {
  const folder = join(resourcesFolder, 'fonts');
  try {
    const [sans, bold, mono] = await Promise.all(
      [files.sans, files.bold, files.mono].map((f) => readFile(join(folder, f))),
    );
    if (sans === undefined || bold === undefined || mono === undefined) throw new Error('a font is missing');
    return { sans, bold, mono };
  } catch (cause) {
    throw new AssayError('defect', { what: `the fonts in ${folder} cannot be read` }, { cause });
  }
}
