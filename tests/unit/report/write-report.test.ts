import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readdir, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { createText } from '../../../src/base/text.ts';
import { verifySealedFolder } from '../../../src/seal/sealed-folder/verify-sealed-folder.ts';
import { drawPdf } from '../../../src/report/draw-pdf.ts';
import { drawReport } from '../../../src/report/draw-report.ts';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';
import { ReportModel } from '../../../src/report/model/report-model.ts';
import { writeReport, type ReportOrder } from '../../../src/report/write-report.ts';
import { fixtureCatalogues } from '../../support/report/fixture-text.ts';
import { smallInput } from '../../support/report/small-input.ts';
import { clock, makeSigner } from '../seal/fixtures.ts';

const resourcesFolder = resolve(import.meta.dirname, '../../../resources');
const { en: english = {} } = await loadCatalogues(resourcesFolder, 'en');
const text = createText({ en: { ...english, ...fixtureCatalogues() } }, 'en', { onMissing: 'throw' });
const signer = await makeSigner();

async function order(change: Partial<ReportOrder> = {}): Promise<ReportOrder> {
  const root = await mkdtemp(join(tmpdir(), 'assay-report-'));
  onTestFinished(() => rm(root, { recursive: true, force: true }));
  const folder = join(root, '.R001.part');
  await mkdir(folder);
  await writeFile(join(root, 'log'), '{"seq":0}\n');
  await writeFile(join(root, 'head'), '{"seq":0,"signed":true}\n');
  return {
    input: smallInput(),
    text,
    resourcesFolder,
    folder,
    custodyLog: join(root, 'log'),
    custodyHead: join(root, 'head'),
    signer,
    clock,
    place: async (from) => {
      await rename(from, join(root, 'R001'));
      return join(root, 'R001');
    },
    ...change,
  };
}

describe('writeReport', () => {
  it('leaves a sealed folder with everything that a stranger needs to check it', async () => {
    const asked = await order();
    const written = await writeReport(asked);
    expect((await readdir(written.folder)).sort()).toEqual([
      'HOW-TO-VERIFY.txt',
      'custody-head.json',
      'custody.jsonl',
      'manifest-sha256.txt',
      'manifest-sha256.txt.p7s',
      'report.html',
      'report.json',
      'report.pdf',
      'signer-certificate.pem',
    ]);
    const seal = await verifySealedFolder(written.folder);
    expect(seal.checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(seal.manifestSha256).toBe(written.manifestSha256);
    expect(await readFile(join(written.folder, 'custody.jsonl'), 'utf8')).toBe('{"seq":0}\n');
  });

  it('names in the page the hash of the data beside it', async () => {
    const { json, html } = await writeReport(await order());
    const data = await readFile(json);
    ReportModel.parse(JSON.parse(data.toString('utf8')));
    const hash = createHash('sha256').update(data).digest('hex');
    expect((await readFile(html, 'utf8')).includes(hash)).toBe(true);
  });

  it('has no report under its final name when it was cancelled', async () => {
    const asked = await order({ signal: AbortSignal.abort() });
    await expect(writeReport(asked)).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(dirname(asked.folder))).not.toContain('R001');
  });

  it('stops between the parts of the PDF when it is cancelled', async () => {
    const controller = new AbortController();
    const drawn = await drawReport(smallInput(), text, resourcesFolder);
    const drawing = drawPdf(drawn, text, resourcesFolder, { signal: controller.signal });
    controller.abort();
    await expect(drawing).rejects.toMatchObject({ code: 'cancelled' });
  });

  it('never takes for written what the disk does not hold', async () => {
    for (const file of ['report.html', 'custody.jsonl', 'manifest-sha256.txt']) {
      const asked = await order();
      const place: ReportOrder['place'] = async (from) => {
        const final = await asked.place(from);
        const bytes = await readFile(join(final, file));
        bytes[3] = (bytes[3] ?? 0) ^ 1;
        await writeFile(join(final, file), bytes);
        return final;
      };
      await expect(writeReport({ ...asked, place }), file).rejects.toMatchObject({ code: 'report-differs' });
    }
  });

  it('says which path it could not write', async () => {
    const asked = await order();
    const missing = join(asked.folder, 'gone');
    await expect(writeReport({ ...asked, folder: missing })).rejects.toMatchObject({
      code: 'file-not-writable',
      details: { path: join(missing, 'report.json') },
    });
  });

  it('never writes over a file that is already there', async () => {
    const asked = await order();
    await writeFile(join(asked.folder, 'report.json'), 'mine');
    await expect(writeReport(asked)).rejects.toMatchObject({ code: 'file-not-writable' });
    expect(await readFile(join(asked.folder, 'report.json'), 'utf8')).toBe('mine');
  });

  it('says that the custody log cannot be read instead of leaving it out', async () => {
    const asked = await order();
    await rm(asked.custodyLog);
    await expect(writeReport(asked)).rejects.toMatchObject({ code: 'file-not-found' });
  });
});
