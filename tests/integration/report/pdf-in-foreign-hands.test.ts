import { spawnSync } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createText } from '../../../src/base/text.ts';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';
import { writeReport, type WrittenReport } from '../../../src/report/write-report.ts';
import { fixtureCatalogues } from '../../support/report/fixture-text.ts';
import { richInput } from '../../support/report/rich-input.ts';
import { clock, makeSigner } from '../../unit/seal/fixtures.ts';

const root = resolve(import.meta.dirname, '../../..');

/** Runs a program of the system; undefined where it is not installed. */
function run(program: string, ...args: string[]): { status: number | null; output: string } | undefined {
  const { status, stdout, stderr, error } = spawnSync(program, args, {
    encoding: 'utf8',
    env: { PATH: process.env['PATH'], LC_ALL: 'C.UTF-8', HOME: '/nonexistent' },
    maxBuffer: 64 * 1024 * 1024,
  });
  return error === undefined ? { status, output: stdout + stderr } : undefined;
}

/** Titles of the sections, as far as they are needed to find them. */
const order = [
  'Summary',
  'What was asked',
  'Exhibits',
  'Findings',
  "Examiner's opinion",
  'Not examined',
  'Custody',
  'Methods and sources',
  'Reproduction',
  'Annex',
];

/** A test with a program of Debian's that says so where the program is missing. */
const withProgram = (program: string, title: string, test: () => void | Promise<void>): void => {
  const there = run(program, '--version') !== undefined;
  it.skipIf(!there)(there ? title : `${title} (skipped: ${program} is not installed)`, test);
};

describe('report.pdf and public-note.pdf in foreign hands', () => {
  let place: string;
  let written: WrittenReport;
  const both = () => [written.pdf, written.note ?? ''];

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'assay-pdf-'));
    await mkdir(join(place, '.R001.part'));
    await writeFile(join(place, 'log'), '{"seq":0}\n');
    await writeFile(join(place, 'head'), '{}\n');
    const { en: english = {} } = await loadCatalogues(join(root, 'resources'), 'en');
    written = await writeReport({
      input: await richInput(),
      text: createText({ en: { ...english, ...fixtureCatalogues() } }, 'en', { onMissing: 'throw' }),
      resourcesFolder: join(root, 'resources'),
      folder: join(place, '.R001.part'),
      custodyLog: join(place, 'log'),
      custodyHead: join(place, 'head'),
      signer: await makeSigner({ subject: { commonName: 'Айнұр Ғалымқызы' } }),
      note: true,
      clock,
      place: async (from) => {
        await rename(from, join(place, 'R001'));
        return join(place, 'R001');
      },
    });
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  withProgram('qpdf', 'qpdf finds no error', () => {
    for (const path of both()) expect(run('qpdf', '--check', path)).toMatchObject({ status: 0 });
  });

  withProgram('qpdf', 'bookmarks lead to every section, exhibit and finding', async () => {
    interface Bookmark {
      readonly title: string;
      readonly destpageposfrom1: number;
      readonly kids: readonly Bookmark[];
    }
    const { outlines } = JSON.parse(run('qpdf', '--json', '--json-key=outlines', written.pdf)?.output ?? '{}') as {
      outlines: readonly Bookmark[];
    };
    expect(outlines.map(({ title }) => title)).toEqual([
      ...order.slice(0, 5),
      'Not examined, or without an answer',
      'What a report of this kind cannot say',
      ...order.slice(6, 9),
      'Annex: details by exhibit and method',
    ]);
    const model = JSON.parse(await readFile(written.json, 'utf8')) as {
      exhibits: { findings: { id: string; outcome: string }[] }[];
    };
    const cards = model.exhibits.flatMap(({ findings }) => findings.filter(({ outcome }) => outcome !== 'information'));
    const listed = outlines[3]?.kids.flatMap(({ kids }) => kids) ?? [];
    expect(listed.map(({ title }) => title.split(' ')[0])).toEqual(cards.map(({ id }) => id));
    const pages = [...outlines, ...listed].map(({ destpageposfrom1 }) => destpageposfrom1);
    expect(Math.min(...pages)).toBe(1);
  });

  withProgram('pdfinfo', 'pdfinfo sees a tagged PDF 1.7 with the title and the date of the report', () => {
    const { output = '' } = run('pdfinfo', written.pdf) ?? {};
    for (const line of [/^Tagged: +yes$/m, /^JavaScript: +no$/m, /^Encrypted: +no$/m, /^PDF version: +1\.7$/m, /A4/])
      expect(output).toMatch(line);
    expect(output).toMatch(/^Title: +2026-014\/Қ · Interview that circulates/m);
    expect(run('pdfinfo', written.note ?? '')?.output).toMatch(/^Pages: +1$/m);
    const pictures = run('pdfimages', '-list', written.note ?? '')
      ?.output.trim()
      .split('\n')
      .slice(2);
    expect(pictures).toHaveLength(1);
    const structure = run('pdfinfo', '-struct', written.pdf)?.output ?? '';
    for (const type of ['Document', 'H1', 'H2', 'Table', 'TH (inline)', 'Figure'])
      expect(structure).toContain(type.split(' ')[0]);
    expect(structure).not.toContain('Error');
  });

  withProgram('pdffonts', 'pdffonts lists embedded subsets with tables of characters only', () => {
    for (const path of both()) {
      const fonts = (run('pdffonts', path)?.output ?? '').trim().split('\n').slice(2);
      expect(fonts.length).toBeGreaterThan(1);
      for (const font of fonts) expect(font).toMatch(/^[A-Z]{6}\+NotoSans\S* +CID TrueType +Identity-H +yes yes yes /);
    }
  });

  withProgram(
    'pdftotext',
    'pdftotext takes hashes out whole, without hyphens or empty boxes, and no page ends with a heading',
    async () => {
      const words = run('pdftotext', '-layout', written.pdf, '-')?.output ?? '';
      const model = JSON.parse(await readFile(written.json, 'utf8')) as {
        exhibits: { sha256: string; sha512: string; name: string }[];
      };
      for (const { sha256, sha512 } of model.exhibits) {
        expect(words).toContain(sha256);
        expect(words).toMatch(new RegExp(`${sha512.slice(0, 64)}\\s+${sha512.slice(64)}`));
      }
      expect(words).toContain('reference recording ‹U+202E›gpj.4pm');
      expect(words).toContain('Қазақстан Республикасының Ұлттық арнасындағы');
      for (const box of ['\u25a1', '\ufffd', '\u0000']) expect(words).not.toContain(box);
      const sheets = words.split('\f');
      const found = order.map(
        (title) => sheets.findIndex((sheet) => new RegExp(`^${title}[^0-9]*$`, 'm').test(sheet)) + 1,
      );
      expect(found).not.toContain(0);
      expect(found).toEqual([...found].sort((a, b) => a - b));
      // The list of contents on the first page names the pages that the sections really begin on.
      const listed = order.map((title) =>
        Number(new RegExp(`${title}[^\\n]*? +(\\d+)( |$)`, 'm').exec(sheets[0] ?? '')?.[1]),
      );
      expect(listed).toEqual(found);
      // No page ends with a heading, and none begins with what was cut off from the one before.
      for (const sheet of sheets.slice(0, -1)) {
        const body = sheet
          .split('\n')
          .map((line) => line.trim())
          .filter((line) => line !== '' && !/Page \d+ of/.test(line));
        expect(body.at(-1)).not.toMatch(
          /^(?:Limits|Sources|Command lines|Figure \d|E00\d .*\.(?:mp4|mov)|.* version \d+(?: · .*)?)$/,
        );
        expect(order).not.toContain(body.at(-1));
        expect(body[0]).not.toMatch(/rows and|rows shown/);
      }
      const pages = Number(/^Pages: +(\d+)$/m.exec(run('pdfinfo', written.pdf)?.output ?? '')?.[1]);
      for (let page = 1; page <= pages; page += 1) expect(words).toContain(`Page ${page} of ${pages}`);
    },
  );

  withProgram(
    'pdfsig',
    'pdfsig finds both signatures valid over the whole file, and not any more once a byte is changed',
    async () => {
      for (const path of both()) {
        const { status, output } = run('pdfsig', '-nocert', path) ?? {};
        expect(status).toBe(0);
        expect(output).toContain('Signature Type: ETSI.CAdES.detached');
        expect(output).toContain('Total document signed');
        expect(output).toContain('Signature Validation: Signature is Valid.');
        expect(output).toContain('Айнұр Ғалымқызы');
        const changed = await readFile(path);
        changed[2000] = (changed[2000] ?? 0) ^ 1;
        await writeFile(join(place, 'changed.pdf'), changed);
        expect(run('pdfsig', '-nocert', join(place, 'changed.pdf'))?.output).not.toContain('Signature is Valid');
      }
    },
  );

  withProgram('pdfsig', 'HOW-TO-VERIFY.txt lists a command for each PDF that answers as it says', async () => {
    const text = await readFile(join(written.folder, 'HOW-TO-VERIFY.txt'), 'utf8');
    const commands = [...text.matchAll(/^ {4}(pdfsig .+)$/gm)].map(([, command = '']) => command);
    expect(commands).toEqual(['pdfsig -nocert report.pdf', 'pdfsig -nocert public-note.pdf']);
    for (const command of commands) {
      const answer = run('bash', '-c', `cd '${written.folder}' && ${command}`)?.output ?? '';
      for (const words of ['Signature is Valid', 'Total document signed']) {
        expect(answer).toContain(words);
        expect(text.replace(/\s+/g, ' ')).toContain(words);
      }
    }
  });

  withProgram('pdfdetach', 'pdfdetach takes report.json out as it lies beside the PDF', async () => {
    const out = join(place, 'detached.json');
    expect(run('pdfdetach', '-save', '1', '-o', out, written.pdf)).toMatchObject({ status: 0 });
    expect(Buffer.compare(await readFile(out), await readFile(written.json))).toBe(0);
  });
});
