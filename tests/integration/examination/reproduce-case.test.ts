import { cp, mkdir, mkdtemp, readFile, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJsonFile } from '../../../src/base/canonical-json.ts';
import { recordExaminations } from '../../../src/case/record-examination.ts';
import type { Case } from '../../../src/case/case.ts';
import { addExhibits } from '../../../src/case/intake/add-exhibits.ts';
import { chooseMethods } from '../../../src/examination/chosen-methods.ts';
import { examineCase } from '../../../src/examination/examine-case.ts';
import { openKernelPool } from '../../../src/examination/kernel-pool.ts';
import { reproduceCase } from '../../../src/examination/reproduce/reproduce-case.ts';
import type { ExaminationResult } from '../../../src/examination/result.ts';
import { createToolbox } from '../../../src/tools/create-toolbox.ts';
import { openBench, type Bench } from '../../unit/case/case-fixture.ts';

let bench: Bench;
let target: Case;
let work: string;
const kernels = openKernelPool(1);
const toolbox = createToolbox({ env: process.env, platform: process.platform });
const engine = { toolbox, kernels, clock: () => new Date(), assayVersion: '0.0.0', progress: () => undefined };

beforeAll(async () => {
  bench = await openBench();
  target = await bench.create('case');
  await writeFile(bench.path('note.txt'), 'nothing to see\n');
  await addExhibits(target, [bench.path('note.txt')], { role: 'questioned' });
  work = await mkdtemp(join(tmpdir(), 'assay-reproduce-test-'));
  await examineCase({
    target,
    chosen: await chooseMethods({ methods: ['file-type', 'metadata'] }),
    signal: new AbortController().signal,
    ...engine,
  });
});
afterAll(async () => {
  await target.close();
  await kernels.close();
  await rm(work, { recursive: true, force: true });
  await bench.remove();
});

const again = async (signal = new AbortController().signal) =>
  reproduceCase({ target, workFolder: await mkdtemp(join(work, 'run-')), signal, ...engine });

/** Records a further examination that the log vouches for, made from the first one with some changes. */
async function record(change: (result: ExaminationResult) => object, key: string): Promise<void> {
  const folder = target.layout.examinations('E001');
  const [first] = (await readdir(folder)).filter((name) => !name.startsWith('.')).sort();
  const result = JSON.parse(await readFile(join(folder, first!, 'result.json'), 'utf8')) as ExaminationResult;
  const part = join(folder, `.${key}.part`);
  await mkdir(part);
  await cp(join(folder, first!), part, { recursive: true });
  await writeFile(join(part, 'result.json'), canonicalJsonFile({ ...result, key, ...change(result) }));
  await recordExaminations(target, [
    { exhibitId: 'E001', key, method: result.method.id, version: result.method.version, status: 'completed' },
  ]);
}

describe('reproduceCase', () => {
  it('finds the same again, in an open case, without touching it', async () => {
    const entries = target.custody.entries().length;
    expect((await again()).map(({ outcome }) => outcome)).toEqual(['identical', 'identical']);
    expect(target.custody.entries().length).toBe(entries);
  });

  it('tells a result that differs from one that cannot be made, each with the reason', async () => {
    await record(() => ({ details: { planted: true } }), 'd'.repeat(64));
    await record(() => ({ method: { id: 'crystal-ball', version: 3 } }), 'e'.repeat(64));
    await record(() => ({ parameters: { nonsense: 'yes', quality: 'no' } }), 'f'.repeat(64));
    const said = (await again()).slice(2).map(({ outcome, reason, about, difference }) => ({
      outcome,
      reason: reason ?? difference?.where,
      about: about ?? difference?.recorded,
    }));
    expect(said[0]).toEqual({ outcome: 'different', reason: 'details.planted', about: 'true' });
    expect(said[1]).toEqual({ outcome: 'cannot', reason: 'method-unknown', about: 'crystal-ball' });
    expect(said[2]?.outcome).not.toBe('identical');
  });

  it('stops when it is told to', async () => {
    const abort = new AbortController();
    abort.abort();
    await expect(again(abort.signal)).rejects.toMatchObject({ code: 'cancelled' });
  });
});
