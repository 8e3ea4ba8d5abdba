import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AssayError } from '../base/errors.ts';

const fonts = [
  { family: 'Assay Sans', weight: 400, file: 'NotoSans-Regular.woff2' },
  { family: 'Assay Sans', weight: 700, file: 'NotoSans-Bold.woff2' },
  { family: 'Assay Mono', weight: 400, file: 'NotoSansMono-Regular.woff2' },
] as const;

/** In the order in which they hold: what paper asks for comes last. */
const sheets = ['base', 'title-and-outcomes', 'tables', 'findings', 'figures', 'paper'] as const;

/**
 * The report's style sheet with its fonts inside, from `<resources>/report`. Throws `defect` where Assay's own files are
 * missing.
 */
export async function loadReportStyle(resourcesFolder: string): Promise<string> {
  const folder = join(resourcesFolder, 'report');
  try {
    const parts = await Promise.all(sheets.map((name) => readFile(join(folder, 'style', `${name}.css`), 'utf8')));
    const style = parts.join('\n');
    const faces = await Promise.all(
      fonts.map(async ({ family, weight, file }) => {
        const bytes = await readFile(join(folder, 'fonts', file));
        return `@font-face { font-family: '${family}'; font-weight: ${weight}; src: url(data:font/woff2;base64,${bytes.toString('base64')}) format('woff2'); }`;
      }),
    );
    // A function, because fonts in base64 could hold what `replace` reads as a reference to the match.
    return style.replace('@assay-fonts;', () => faces.join('\n'));
  } catch (cause) {
    throw new AssayError('defect', { what: `the report's style in ${folder} cannot be read` }, { cause });
  }
}
