import { mkdir, readFile, rm, writeFile } from 'node:fs/promises';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import type { Case } from '../../../../src/case/case.ts';
import { readCustody } from '../../../../src/case/custody/custody-log.ts';
import { readLastSeen } from '../../../../src/case/custody/last-seen.ts';
import { verifyCase } from '../../../../src/case/verify/verify-case.ts';
import { allPassed } from '../../../../src/base/check.ts';
import { openBench, type Bench } from '../case-fixture.ts';

let bench: Bench;
let target: Case;
let cases = 0;
beforeAll(async () => {
  bench = await openBench();
});
afterAll(() => bench.remove());
const create = async () => (target = await bench.create(`case-${String(++cases)}`));
afterEach(() => target.close().catch(() => undefined));

const draft = (path: string) => ({
  action: 'exhibit.already-present' as const,
  subject: 'E001',
  detail: { path, sha256: 'c'.repeat(64) },
});

describe('the custody log', () => {
  it('begins with the certified key and the creation of the case', async () => {
    const { custody } = await create();
    expect(custody.entries().map(({ action }) => action)).toEqual(['key.certified', 'case.created']);
    expect(custody.entries()[0]?.actor).toBe(bench.identity.name);
  });

  it('puts appends made side by side one after another', async () => {
    const { custody, layout } = await create();
    await Promise.all(Array.from({ length: 10 }, (_, index) => custody.append([draft(String(index)), draft('again')])));
    const stored = await readCustody(layout);
    expect(stored.problems).toEqual([]);
    expect(stored.entries).toEqual(custody.entries());
    expect(stored.entries).toHaveLength(22);
    expect(stored.head).toMatchObject(custody.head() ?? {});
  });

  it('remembers each new end outside the case', async () => {
    const { custody, record } = await create();
    await custody.append([draft('a')]);
    expect(await readLastSeen(bench.state, record.id)).toEqual(custody.head());
  });

  it('keeps its key out of the case and from others', async () => {
    const { record, folder } = await create();
    const path = bench.path('state', 'custody-keys', record.id, `${bench.identity.fingerprint.slice(0, 32)}.pem`);
    const key = await readFile(path, 'utf8');
    expect(key).toContain('PRIVATE KEY');
    expect(await readFile(`${folder}/custody.jsonl`, 'utf8')).not.toContain('PRIVATE KEY');
  });

  it('is as it was when the head cannot be written, and goes on afterwards', async () => {
    const { custody, layout, folder } = await create();
    const before = await readFile(layout.custody);
    // A folder of that name that is not empty makes the rename fail, for root too.
    await rm(layout.custodyHead);
    await mkdir(`${layout.custodyHead}/in-the-way`, { recursive: true });
    await expect(custody.append([draft('a')])).rejects.toMatchObject({ code: 'file-not-writable' });
    expect(await readFile(layout.custody)).toEqual(before);
    await rm(layout.custodyHead, { recursive: true });
    await custody.append([draft('b')]);
    expect(custody.entries().at(-1)?.detail['path']).toBe('b');
    expect(allPassed(await verifyCase(folder))).toBe(true);
  });

  it('keeps the entry and tells at the end when this machine cannot remember it', async () => {
    const { custody, record } = await create();
    const memory = bench.path('state', 'cases', record.id);
    await rm(memory, { recursive: true });
    await writeFile(memory, 'a file where the folder should be');
    await custody.append([draft('a')]);
    expect(custody.entries().at(-1)?.detail['path']).toBe('a');
    await expect(target.close()).rejects.toMatchObject({ code: 'file-not-writable' });
  });
});
