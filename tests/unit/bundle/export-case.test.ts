import { spawnSync } from 'node:child_process';
import { readdir, readFile, stat, writeFile } from 'node:fs/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { verifyBundle } from '../../../src/bundle/verify-bundle.ts';
import { verifiedSignature } from '../../../src/seal/sealed-folder/seal-folder.ts';
import { readZip } from '../../../src/bundle/zip/read-zip.ts';
import { memorySource } from '../../../src/bundle/byte-source.ts';
import { zipSize } from '../../../src/bundle/zip/write-zip.ts';
import { centralRecord, endRecords, localHeader } from '../../../src/bundle/zip/zip-form.ts';
import type { Case } from '../../../src/case/case.ts';
import { openBench, type Bench } from '../case/case-fixture.ts';
import { addReport, packCase, smallCase } from './bundle-fixture.ts';

let bench: Bench;
let made: Case;

beforeAll(async () => {
  bench = await openBench();
  made = await smallCase(bench, 'case');
});

afterAll(async () => {
  await made.close();
  await bench.remove();
});

describe('exportCase', () => {
  it('gives the same bytes for the same case, in any time zone', async () => {
    const zone = process.env['TZ'];
    try {
      const archives: Buffer[] = [];
      for (const [index, name] of ['UTC', 'Asia/Almaty', 'Pacific/Kiritimati', 'America/St_Johns'].entries()) {
        process.env['TZ'] = name;
        const { path } = await packCase(bench, made, bench.path(`same-${String(index)}.zip`));
        archives.push(await readFile(path));
      }
      for (const archive of archives) expect(archive.equals(archives[0] ?? Buffer.alloc(0))).toBe(true);
    } finally {
      if (zone === undefined) delete process.env['TZ'];
      else process.env['TZ'] = zone;
    }
  });

  it('says in the custody log that the case was packed, once for the same case', async () => {
    const exported = made.custody.entries().filter(({ action }) => action === 'case.exported');
    expect(exported).toHaveLength(1);
    expect(exported[0]?.detail).toMatchObject({ scope: 'evidence', recipients: [] });
  });

  it('is as large as it says, and tells its SHA-256', async () => {
    const written = await packCase(bench, made, bench.path('size.zip'));
    expect((await stat(written.path)).size).toBe(written.sizeBytes);
    expect(written.bundleBytes).toBe(written.sizeBytes);
    const { entries } = await readZip(memorySource(await readFile(written.path)));
    expect(zipSize(entries)).toBe(written.sizeBytes);
  });

  it('takes reports alone along where nothing else was asked for', async () => {
    const wanted = { scope: 'reports' } as const;
    const none = packCase(bench, made, bench.path('reports.zip'), wanted);
    await expect(none).rejects.toMatchObject({ code: 'bundle-without-reports' });
    await addReport(made);
    const { path } = await packCase(bench, made, bench.path('reports.zip'), wanted);
    const { entries } = await readZip(memorySource(await readFile(path)));
    const payload = entries
      .map((entry) => entry.path.replace(/^[^/]+\//, ''))
      .filter((name) => name.startsWith('data/'));
    expect(payload).toEqual(['data/case/case.json', 'data/case/reports/R001/report.html']);
  });

  it('leaves what nobody listed behind, and nothing of its own in the case', async () => {
    await writeFile(bench.path('case/stray.txt'), 'a stray');
    const { path } = await packCase(bench, made, bench.path('stray.zip'));
    const { entries } = await readZip(memorySource(await readFile(path)));
    expect(entries.some((entry) => entry.path.includes('stray'))).toBe(false);
    expect((await readdir(bench.path('case'))).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('ends with the entry about packing, also where a note is written meanwhile', async () => {
    const other = await smallCase(bench, 'busy');
    const written = await packCase(bench, other, bench.path('busy.zip'), {
      writeDerived: async (target) => {
        await target.addNote({ kind: 'note', body: { text: 'meanwhile' } });
        return [];
      },
    });
    const { checks, custody } = await verifyBundle(memorySource(await readFile(written.path)));
    await other.close();
    expect(checks.filter(({ outcome }) => outcome === 'failed')).toEqual([]);
    expect(custody.slice(-3).map(({ action }) => action)).toEqual(['case.exported', 'note.added', 'case.exported']);
  });

  it('is sealed by nobody but the one in whose name the case is open', async () => {
    const mallory = await openBench();
    const other = await smallCase(bench, 'stolen');
    const { certificate } = mallory.signer;
    const sign = (content: Uint8Array) =>
      verifiedSignature(content, mallory.signer, { signingTime: certificate.notBefore });
    const packed = packCase(bench, other, bench.path('stolen.zip'), { certificate, sign });
    await expect(packed).rejects.toMatchObject({ code: 'bundle-other-identity' });
    await other.close();
    await mallory.remove();
    expect(await readdir(bench.folder)).not.toContain('stolen.zip');
  });

  it('replaces nothing, and does not write into the case', async () => {
    await writeFile(bench.path('there.zip'), 'there');
    await expect(packCase(bench, made, bench.path('there.zip'))).rejects.toMatchObject({ code: 'bundle-exists' });
    expect(await readFile(bench.path('there.zip'), 'utf8')).toBe('there');
    await expect(packCase(bench, made, bench.path('case/x.zip'))).rejects.toMatchObject({ code: 'inside-case' });
  });

  it('packs no case whose evidence is not what was recorded, and leaves no half bundle', async () => {
    const other = await smallCase(bench, 'changed');
    const note = bench.path('changed/exhibits/E002/exhibit.json');
    await writeFile(note, `${await readFile(note, 'utf8')} `);
    await expect(packCase(bench, other, bench.path('changed.zip'))).rejects.toMatchObject({ code: 'case-damaged' });
    await other.close();
    expect((await readdir(bench.folder)).filter((name) => name.includes('changed.zip'))).toEqual([]);
  });

  it('stops when it is cancelled, and leaves nothing', async () => {
    const abort = new AbortController();
    abort.abort();
    const cancelled = packCase(bench, made, bench.path('cancelled.zip'), { signal: abort.signal });
    await expect(cancelled).rejects.toMatchObject({ code: 'cancelled' });
    expect(await readdir(bench.folder)).not.toContain('cancelled.zip');
  });
});

describe('the form of the archive', () => {
  it('has zip64 fields where a number needs them, and only there', () => {
    const small = { path: 'a', sizeBytes: 0xfffffffe, crc32: 1 };
    const large = { path: 'a', sizeBytes: 0xffffffff, crc32: 1 };
    expect(localHeader(small)).toHaveLength(31);
    expect(localHeader(large)).toHaveLength(51);
    expect(centralRecord({ ...small, offset: 0xfffffffe })).toHaveLength(47);
    expect(centralRecord({ ...small, offset: 0xffffffff })).toHaveLength(47 + 12);
    expect(centralRecord({ ...large, offset: 5 })).toHaveLength(47 + 20);
    expect(endRecords(65_534, 10, 10)).toHaveLength(22);
    expect(endRecords(65_535, 10, 10)).toHaveLength(98);
    expect(endRecords(1, 0xffffffff, 10)).toHaveLength(98);
  });
});

describe('foreign tools', () => {
  const unzip = spawnSync('unzip', ['-v']).status === 0;
  it.skipIf(!unzip)('unzip -t finds the archive in order (skipped where there is no unzip)', async () => {
    const { path } = await packCase(bench, made, bench.path('foreign.zip'));
    const tested = spawnSync('unzip', ['-tq', path], { encoding: 'utf8' });
    expect(tested.stdout).toContain('No errors detected');
    expect(tested.status).toBe(0);
  });
});
