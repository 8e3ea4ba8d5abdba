import { readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { allPassed } from '../../../src/base/check.ts';
import { amendReport } from '../../../src/case/amend-report.ts';
import { beginReport, recordReport } from '../../../src/case/record-report.ts';
import { verifyCase } from '../../../src/case/verify/verify-case.ts';
import { openBench, type Bench } from './case-fixture.ts';

let bench: Bench;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());

const signature = Buffer.from('a signature');
const sound = async (name: string) => allPassed(await verifyCase(bench.path(name), { state: bench.state }));

async function caseWithReport(name: string): Promise<string> {
  const target = await bench.create(name);
  const { id, folder } = await beginReport(target);
  await writeFile(join(folder, 'report.json'), '{}');
  await recordReport(target, id);
  await amendReport(target, id, new Map([['manifest.2.p7s', signature]]));
  const path = join(target.layout.report(id), 'manifest.2.p7s');
  await target.close();
  return path;
}

describe('amendReport', () => {
  it('records the new file beside those that are there', async () => {
    const path = await caseWithReport('plain');
    expect(await readFile(path)).toEqual(signature);
    expect(await sound('plain')).toBe(true);
    await writeFile(path, 'another');
    expect(await sound('plain')).toBe(false);
  });

  it('is completed at the next opening when a kill came before the name', async () => {
    const path = await caseWithReport('killed');
    await rename(path, path.replace(/manifest/, '.manifest') + '.part');
    const opened = await bench.open('killed');
    expect(opened.recovered.completed).toEqual(['reports/R001/manifest.2.p7s']);
    await opened.close();
    expect(await readFile(path)).toEqual(signature);
    expect(await sound('killed')).toBe(true);
  });

  it('leaves nothing of a file that was never recorded', async () => {
    const path = await caseWithReport('unrecorded');
    await writeFile(path.replace('manifest.2', '.manifest.3') + '.part', 'half');
    const opened = await bench.open('unrecorded');
    expect(opened.recovered.removed).toEqual(['reports/R001/.manifest.3.p7s.part']);
    await opened.close();
    expect(await sound('unrecorded')).toBe(true);
  });

  it('knows no report that the log does not hold', async () => {
    const target = await bench.create('empty');
    await expect(amendReport(target, 'R001', new Map())).rejects.toMatchObject({ code: 'unknown-name' });
    await target.close();
  });
});
