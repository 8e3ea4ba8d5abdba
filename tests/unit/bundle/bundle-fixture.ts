import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { createText, type Text } from '../../../src/base/text.ts';
import { silent } from '../../../src/base/progress.ts';
import { exportCase, type ExportedCase, type ExportWanted } from '../../../src/bundle/export-case.ts';
import { importCase, type ImportedCase, type ImportWanted } from '../../../src/bundle/import-case.ts';
import { memorySource } from '../../../src/bundle/byte-source.ts';
import { keptSeal } from '../../../src/bundle/kept-seal.ts';
import type { Case } from '../../../src/case/case.ts';
import { beginReport, recordReport } from '../../../src/case/record-report.ts';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';
import { verifiedSignature } from '../../../src/seal/sealed-folder/seal-folder.ts';
import { addFiles, type Bench } from '../case/case-fixture.ts';

export async function englishText(): Promise<Text> {
  const resources = join(import.meta.dirname, '../../../resources');
  return createText(await loadCatalogues(resources, 'en'), 'en', { onMissing: 'throw' });
}

/** A small case with two exhibits and a note. */
export async function smallCase(bench: Bench, name: string): Promise<Case> {
  const made = await bench.create(name);
  const noise = Uint8Array.from({ length: 3000 }, (_, index) => (index * 7919 + (index >> 3)) & 0xff);
  await addFiles(bench, made, { 'first.bin': noise, 'second.txt': 'the second exhibit\n' });
  await made.addNote({ kind: 'note', body: { text: 'A note' } });
  return made;
}

/** Gives a case a report of one file, as far as the custody log is concerned. */
export async function addReport(target: Case): Promise<void> {
  const { id, folder } = await beginReport(target);
  await writeFile(join(folder, 'report.html'), '<p>A report</p>');
  await recordReport(target, id);
}

/** Packs an open case as the operation does. */
export async function packCase(
  bench: Bench,
  target: Case,
  out: string,
  wanted: Partial<ExportWanted> = {},
): Promise<ExportedCase> {
  const { signer } = bench;
  return exportCase(target, {
    scope: 'evidence',
    out,
    recipients: [],
    certificate: signer.certificate,
    issuers: signer.issuers,
    text: await englishText(),
    assayVersion: '0.0.0',
    writeDerived: () => Promise.resolve([]),
    randomUuid: () => 'work',
    progress: silent,
    signal: new AbortController().signal,
    sign: (content) =>
      keptSeal(bench.state, content, signer.certificate, () =>
        verifiedSignature(content, signer, { signingTime: signer.certificate.notBefore }),
      ),
    ...wanted,
  });
}

/** Takes a bundle in as the operation does. */
export async function takeIn(
  bench: Bench,
  bundle: string | Uint8Array,
  folder: string,
  wanted: Partial<ImportWanted> = {},
): Promise<ImportedCase> {
  let seconds = 0;
  let uuids = 0;
  return importCase({
    source: memorySource(typeof bundle === 'string' ? await readFile(bundle) : bundle),
    path: 'bundle.zip',
    folder,
    trust: {},
    identity: bench.identity,
    unlock: () => Promise.resolve(bench.signer),
    state: bench.state,
    clock: () => new Date(bench.signer.certificate.notBefore.getTime() + 1000 * seconds++),
    randomUuid: () => `00000000-0000-4000-9000-${String(++uuids).padStart(12, '0')}`,
    acceptOlder: false,
    progress: silent,
    signal: new AbortController().signal,
    ...wanted,
  });
}
