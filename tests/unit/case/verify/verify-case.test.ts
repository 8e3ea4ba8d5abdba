import { execFileSync } from 'node:child_process';
import { chmod, cp, mkdir, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Check } from '../../../../src/base/check.ts';
import { canonicalJson } from '../../../../src/base/canonical-json.ts';
import { caseLayout, type CaseLayout } from '../../../../src/case/case-layout.ts';
import { entryDigest } from '../../../../src/case/custody/custody-digest.ts';
import { CustodyEntry } from '../../../../src/case/custody-entry.ts';
import { unfinishedName } from '../../../../src/case/durable-file.ts';
import { intactExaminations, recordExaminations } from '../../../../src/case/record-examination.ts';
import { beginReport, recordReport } from '../../../../src/case/record-report.ts';
import { listFiles } from '../../../../src/case/verify/list-files.ts';
import { verifyCase } from '../../../../src/case/verify/verify-case.ts';
import { addFiles, openBench, type Bench } from '../case-fixture.ts';

const key = 'e'.repeat(64);
let bench: Bench;
/** A whole case: exhibits, a note, an examination, a sealed report, another note. Tests work on copies of it. */
let original: string;
let sealedAt: number;
let copies = 0;

beforeAll(async () => {
  bench = await openBench();
  const made = await bench.create('case');
  original = made.folder;
  await addFiles(bench, made, { 'clip.mp4': 'moving', 'photo.jpg': 'still', gone: '' });
  await made.addNote({ kind: 'note', body: { text: 'first' } });
  await made.addNote({ kind: 'note', body: { text: 'second' } });
  const folder = join(made.layout.examinations('E001'), unfinishedName(key));
  await mkdir(join(folder, 'tiles'), { recursive: true });
  await writeFile(join(folder, 'result.json'), '{"a":1}');
  await writeFile(join(folder, 'tiles', '0.png'), 'a tile');
  await recordExaminations(made, [{ exhibitId: 'E001', key, method: 'ela', version: 1, status: 'completed' }]);
  const report = await beginReport(made);
  const head = made.custody.head();
  sealedAt = head?.seq ?? -1;
  await writeFile(join(report.folder, 'report.json'), JSON.stringify({ custody: head }));
  await writeFile(join(report.folder, 'report.html'), '<p>');
  await recordReport(made, report.id);
  await made.addNote({ kind: 'note', body: { text: 'last' } });
  await made.close();
});
afterAll(() => bench.remove());

async function copied(): Promise<CaseLayout> {
  const folder = bench.path(`copy-${String(++copies)}`);
  await cp(original, folder, { recursive: true });
  return caseLayout(folder);
}
const brief = ({ code, subject }: Check) => `${code} ${subject}`;
const failures = async (folder: string, state?: string) =>
  (await verifyCase(folder, state === undefined ? {} : { state })).filter(({ outcome }) => outcome === 'failed');
const failed = async (folder: string, state?: string) => (await failures(folder, state)).map(brief);
const said = async (folder: string) =>
  (await verifyCase(folder)).filter(({ outcome }) => outcome === 'not-checked').map(brief);
const lines = async (layout: CaseLayout) => (await readFile(layout.custody, 'utf8')).trimEnd().split('\n');
const writeLines = (layout: CaseLayout, changed: readonly string[]) =>
  writeFile(layout.custody, changed.map((line) => `${line}\n`).join(''));

describe('verifyCase on a whole case', () => {
  it('passes, lists what it looked at, and changes nothing', async () => {
    const before = await listFiles(original);
    const checks = await verifyCase(original, { state: bench.state, trusted: [bench.identity.certificate] });
    expect(checks.filter(({ outcome }) => outcome !== 'passed').map(brief)).toEqual([]);
    expect(checks.map(brief).filter((line) => line.includes('tiles'))).toEqual([]);
    expect(checks.map(brief)).toEqual(
      expect.arrayContaining([
        'custody-chain custody.jsonl',
        'custody-signatures custody.jsonl',
        'custody-identity custody.jsonl#0',
        'custody-head custody-head.json',
        'custody-last-seen custody.jsonl',
        'custody-sealed reports/R001/report.json',
        'no-stray-files .',
        'notes notes.jsonl',
        'case-record case.json',
        'exhibit-bytes exhibits/E001/original.mp4',
        'exhibit-record exhibits/E003/exhibit.json',
        `examination-files exhibits/E001/examinations/${key}`,
        'report-files reports/R001',
      ]),
    );
    expect(await listFiles(original)).toEqual(before);
  });

  it('says that nobody vouches for the identity unless it is trusted', async () => {
    expect(await said(original)).toContain('custody-identity custody.jsonl#0');
  });

  it('says that somebody is writing to it', async () => {
    const opened = await bench.open('case');
    expect(await said(original)).toContain('case-in-use case.lock');
    await opened.close();
  });

  it('throws on a folder that is no case', async () => {
    await expect(verifyCase(bench.path('nowhere'))).rejects.toMatchObject({ code: 'not-a-case' });
  });
});

describe('verifyCase on a custody log that was edited', () => {
  it('finds an altered entry and names it, however cleverly it was altered', async () => {
    const layout = await copied();
    const all = await lines(layout);
    const entry = CustodyEntry.parse(JSON.parse(all[3] ?? ''));
    const altered = { ...entry, detail: { ...entry.detail, name: 'another' } };
    await writeLines(layout, all.with(3, canonicalJson(altered)));
    expect(await failed(layout.folder)).toContain('custody-altered custody.jsonl#3');
    await writeLines(layout, all.with(3, canonicalJson({ ...altered, hash: entryDigest(altered) })));
    expect(await failed(layout.folder)).toEqual(
      expect.arrayContaining(['custody-unlinked custody.jsonl#4', 'custody-signature custody.jsonl#3']),
    );
  });

  it('finds a log that was rewritten from some entry on, hashes and all', async () => {
    const layout = await copied();
    const entries = (await lines(layout)).map((line) => CustodyEntry.parse(JSON.parse(line)));
    let prev = entries[2]?.hash ?? '';
    const forged = entries.map((entry, index) => {
      if (index < 3) return entry;
      const changed = { ...entry, subject: index === 3 ? 'E777' : entry.subject, prev };
      prev = entryDigest(changed);
      return { ...changed, hash: prev };
    });
    await writeLines(layout, forged.map(canonicalJson));
    const found = await failed(layout.folder, bench.state);
    expect(found).toEqual(
      expect.arrayContaining([
        'custody-signature custody.jsonl#3',
        'custody-head-differs custody.jsonl',
        'custody-last-seen-differs custody.jsonl',
        'custody-sealed-differs reports/R001/report.json',
      ]),
    );
  });

  it('finds every removal, repetition, exchange and addition of a line', async () => {
    const layout = await copied();
    const all = await lines(layout);
    const index = fc.nat(all.length - 1);
    const edit = fc.oneof(
      index.map((at) => all.toSpliced(at, 1)),
      fc.tuple(index, index).map(([from, to]) => all.toSpliced(to, 0, all[from] ?? '')),
      fc
        .tuple(index, index)
        .filter(([a, b]) => a !== b)
        .map(([a, b]) => all.with(a, all[b] ?? '').with(b, all[a] ?? '')),
      fc.tuple(index, fc.string()).map(([at, text]) => all.toSpliced(at, 0, text)),
      index.map((at) => all.slice(0, at)),
    );
    await fc.assert(
      fc.asyncProperty(edit, async (edited) => {
        await writeLines(layout, edited);
        expect((await failures(layout.folder)).some(({ subject }) => subject.startsWith('custody'))).toBe(true);
      }),
      { numRuns: 30 },
    );
  });

  it('finds a log that was cut off anywhere, by its head', async () => {
    const layout = await copied();
    const whole = await readFile(layout.custody);
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), async (length) => {
        await writeFile(layout.custody, whole.subarray(0, length));
        expect((await failures(layout.folder)).some(({ code }) => code.startsWith('custody-'))).toBe(true);
      }),
      { numRuns: 20 },
    );
  });

  it('finds an end that was cut off together with its head, by the report and by what this machine saw', async () => {
    const layout = await copied();
    const all = await lines(layout);
    const cut = all.slice(0, sealedAt);
    const last = CustodyEntry.parse(JSON.parse(cut.at(-1) ?? ''));
    await writeLines(layout, cut);
    await writeFile(layout.custodyHead, canonicalJson({ seq: last.seq, hash: last.hash }));
    const found = await failed(layout.folder, bench.state);
    expect(found).toContain('custody-sealed-truncated reports/R001/report.json');
    expect(found).toContain('custody-last-seen-truncated custody.jsonl');
    const elsewhere = { source: 'a report in other hands', seq: sealedAt, hash: 'f'.repeat(64) };
    const checks = await verifyCase(original, { sealedHeads: [elsewhere] });
    expect(checks.filter(({ outcome }) => outcome === 'failed').map(brief)).toEqual([
      'custody-sealed-differs a report in other hands',
    ]);
  });

  it('finds a head that is missing or forged', async () => {
    const layout = await copied();
    const head = JSON.parse(await readFile(layout.custodyHead, 'utf8')) as { seq: number };
    await writeFile(layout.custodyHead, `${canonicalJson({ ...head, at: '2020-01-01T00:00:00.000Z' })}\n`);
    expect(await failed(layout.folder)).toEqual(['custody-head-altered custody-head.json']);
    await rm(layout.custodyHead);
    expect(await failed(layout.folder)).toEqual(['custody-head-missing custody-head.json']);
  });

  it('finds a case without its log', async () => {
    const layout = await copied();
    await rm(layout.custody);
    const found = await failed(layout.folder);
    expect(found).toContain('custody-empty custody.jsonl');
    expect(found).toContain('file-unlisted exhibits/E001/original.mp4');
  });
});

describe('verifyCase on files that were changed', () => {
  it('finds one flipped bit anywhere in any file, and names the file', async () => {
    const layout = await copied();
    const files = (await listFiles(layout.folder)).flatMap(({ kind, path }) => (kind === 'file' ? [path] : []));
    const contents = new Map<string, Buffer>();
    for (const path of files) contents.set(path, await readFile(join(layout.folder, path)));
    for (const path of files) await chmod(join(layout.folder, path), 0o644);
    const place = fc
      .constantFrom(...files.filter((path) => (contents.get(path)?.length ?? 0) > 0))
      .chain((path) => fc.tuple(fc.constant(path), fc.nat((contents.get(path)?.length ?? 1) - 1), fc.nat(7)));
    await fc.assert(
      fc.asyncProperty(place, async ([path, offset, bit]) => {
        const content = contents.get(path) ?? Buffer.alloc(0);
        const flipped = Buffer.from(content);
        flipped[offset] = (flipped[offset] ?? 0) ^ (1 << bit);
        await writeFile(join(layout.folder, path), flipped);
        const found = await failures(layout.folder);
        await writeFile(join(layout.folder, path), content);
        expect(found.some(({ subject }) => subject.startsWith(path))).toBe(true);
      }),
      { numRuns: 60 },
    );
  });

  it('tells which digests of an exhibit differ', async () => {
    const layout = await copied();
    const path = join(layout.exhibit('E002'), 'original.jpg');
    await chmod(path, 0o644);
    await writeFile(path, 'Still');
    const [found] = await failures(layout.folder);
    expect(found).toMatchObject({ code: 'exhibit-changed', subject: 'exhibits/E002/original.jpg' });
    expect(found?.details['differing']).toBe('SHA-256, SHA-512, MD5');
    expect(await said(layout.folder)).toContain('exhibit-writable exhibits/E002/original.jpg');
  });

  it('names what is missing, in the place of something else, or in nobody’s list', async () => {
    const layout = await copied();
    await rm(join(layout.exhibit('E003'), 'original.bin'), { force: true });
    await rm(join(layout.exhibit('E002'), 'original.jpg'), { force: true });
    await symlink('/etc/passwd', join(layout.exhibit('E002'), 'original.jpg'));
    await rm(join(layout.report('R001'), 'report.html'));
    execFileSync('mkfifo', [join(layout.report('R001'), 'report.html')]);
    await writeFile(join(layout.folder, 'Thumbs.db'), '');
    await writeFile(join(layout.examinations('E001'), key, 'extra.json'), '');
    await writeFile(join(layout.report('R001'), '.hidden'), '');
    await mkdir(join(layout.exhibits, 'E999'));
    await writeFile(Buffer.concat([Buffer.from(`${layout.folder}/`), Buffer.from([0xff])]), '');
    await symlink('custody.jsonl', join(layout.exhibits, 'link'));
    expect((await failed(layout.folder)).sort()).toEqual([
      'file-missing exhibits/E003/original.bin',
      'file-replaced exhibits/E002/original.jpg',
      'file-replaced reports/R001/report.html',
      'file-unlisted Thumbs.db',
      'file-unlisted exhibits/E001/examinations/' + key + '/extra.json',
      'file-unlisted exhibits/E002/original.jpg',
      'file-unlisted exhibits/E999',
      'file-unlisted exhibits/link',
      'file-unlisted reports/R001/.hidden',
      'file-unlisted reports/R001/report.html',
      'file-unlisted \ufffd',
    ]);
  });

  it('does not let an unfinished name hide a file where Assay never works', async () => {
    const layout = await copied();
    await writeFile(join(layout.folder, '.case.json.part'), '');
    await writeFile(join(layout.examinations('E001'), key, '.hidden.part'), '');
    expect(await said(layout.folder)).toContain('unfinished .case.json.part');
    expect(await failed(layout.folder)).toEqual([`file-unlisted exhibits/E001/examinations/${key}/.hidden.part`]);
  });

  it('names the lines of notes that were changed, added or removed', async () => {
    const layout = await copied();
    const whole = await readFile(layout.notes, 'utf8');
    const each = whole.trimEnd().split('\n');
    const write = (changed: readonly string[]) => writeFile(layout.notes, changed.map((line) => `${line}\n`).join(''));
    await writeFile(layout.notes, whole.replace('first', 'fakes'));
    expect(await failed(layout.folder)).toEqual(['note-changed notes.jsonl#0']);
    await write(each.slice(0, 1));
    expect(await failed(layout.folder)).toEqual(['note-missing notes.jsonl']);
    await write([...each, 'planted']);
    expect(await failed(layout.folder)).toEqual(['note-unlisted notes.jsonl#3']);
    await rm(layout.notes);
    expect(await failed(layout.folder)).toEqual(['note-missing notes.jsonl']);
  });
});

describe('verifyCase on notes that are behind', () => {
  it('takes a missing last line for a kill only while nothing was done since', async () => {
    const made = await bench.create('noted');
    await made.addNote({ kind: 'note', body: {} });
    await rm(made.layout.notes);
    expect(await failed(made.folder)).toEqual([]);
    expect(await said(made.folder)).toContain('notes-behind notes.jsonl');
    await addFiles(bench, made, { later: 'later' });
    expect(await failed(made.folder)).toEqual(['note-missing notes.jsonl']);
    await made.close();
  });
});

describe('recordExaminations', () => {
  it('vouches for what is intact only, and does not say the same twice', async () => {
    const folder = bench.path('examined');
    const made = await bench.create('examined');
    await addFiles(bench, made, { ex: 'bytes' });
    const final = join(made.layout.examinations('E001'), key);
    await mkdir(final, { recursive: true });
    await writeFile(join(final, 'result.json'), '{}');
    const examination = { exhibitId: 'E001', key, method: 'ela', version: 1, status: 'completed' };
    expect([...(await intactExaminations(made, 'E001'))]).toEqual([]);
    await recordExaminations(made, [examination]);
    await recordExaminations(made, [examination]);
    expect(made.custody.entries().filter(({ action }) => action === 'examination.recorded')).toHaveLength(1);
    expect([...(await intactExaminations(made, 'E001'))]).toEqual([key]);
    await writeFile(join(final, 'result.json'), '{"changed":1}');
    expect([...(await intactExaminations(made, 'E001'))]).toEqual([]);
    // Run again beside the changed one, recorded, and put in its place.
    await mkdir(join(final, '..', unfinishedName(key)));
    await writeFile(join(final, '..', unfinishedName(key), 'result.json'), '{"again":1}');
    await recordExaminations(made, [examination]);
    expect(await readFile(join(final, 'result.json'), 'utf8')).toBe('{"again":1}');
    await expect(recordExaminations(made, [{ ...examination, key: 'f'.repeat(64) }])).rejects.toMatchObject({
      code: 'file-not-found',
    });
    await made.close();
    expect(await failed(folder)).toEqual([]);
  });
});

describe('recordReport', () => {
  it('numbers reports and lets signatures join a sealed one', async () => {
    const made = await bench.create('reported');
    const first = await beginReport(made);
    expect(first.id).toBe('R001');
    await writeFile(join(first.folder, 'report.json'), '{}');
    const folder = await recordReport(made, first.id);
    expect(folder).toBe(made.layout.report('R001'));
    expect((await beginReport(made)).id).toBe('R002');
    await writeFile(join(folder, 'manifest.p7s'), 'reviewer');
    expect(await failed(made.folder)).toEqual(['file-unlisted reports/R001/manifest.p7s']);
    await recordReport(made, first.id);
    expect(made.custody.entries().at(-1)?.action).toBe('report.amended');
    expect(await failed(made.folder)).toEqual([]);
    await made.close();
  });
});
