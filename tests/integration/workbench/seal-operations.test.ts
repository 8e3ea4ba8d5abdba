import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createEngine } from '../../../src/workbench/create-engine.ts';
import { createWorkbench, type Workbench } from '../../../src/workbench/create-workbench.ts';

let folder: string;
let workbench: Workbench;

interface Answer {
  readonly ok: boolean;
  readonly data?: Record<string, unknown>;
  readonly error?: { readonly code: string };
}

interface JobView {
  readonly state: string;
  readonly seq: number;
  readonly output?: Record<string, unknown>;
  readonly error?: { readonly code: string };
}

/** Asks as a window does. */
async function ask(operation: string, body: object): Promise<Answer> {
  const request = new Request(`assay://app/api/${operation}`, { method: 'POST', body: JSON.stringify(body) });
  return (await (await workbench.handle(request)).json()) as Answer;
}

/** Starts a job and waits for its end. */
async function askLong(operation: string, body: object): Promise<Answer> {
  const { data, error } = await ask(operation, body);
  if (error !== undefined) return { ok: false, error };
  for (let since = -1; ;) {
    const watched = await ask('job.watch', { job: data?.['job'], since });
    const { state, seq, output, error: failure } = watched.data as unknown as JobView;
    if (state !== 'running')
      return { ok: state === 'done', ...(output && { data: output }), ...(failure && { error: failure }) };
    since = seq;
  }
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-seal-operations-'));
  const engine = await createEngine({
    home: resolve(import.meta.dirname, '../../..'),
    env: { PATH: process.env['PATH'], ASSAY_HOME: join(folder, 'state') },
    clock: () => new Date(),
  });
  workbench = createWorkbench({ engine, language: 'en' });
  await writeFile(join(folder, 'note.txt'), 'nothing to see\n');
});
afterAll(async () => {
  await workbench.close();
  await rm(folder, { recursive: true, force: true });
});

describe('a window', () => {
  const passphrase = 'four words in row';

  it('makes an identity and changes its passphrase', async () => {
    expect((await ask('identity.passphrase', { passphrase })).error?.code).toBe('identity-missing');
    expect((await ask('identity.create', { name: 'A. Analyst', passphrase })).ok).toBe(true);
    const wrong = await ask('identity.passphrase', { passphrases: { old: 'not this one', new: 'another one here' } });
    expect(wrong.error?.code).toBe('wrong-passphrase');
    const changed = await ask('identity.passphrase', { passphrases: { old: passphrase, new: 'another one here' } });
    expect(changed.data).toMatchObject({ identity: { name: 'A. Analyst', issuers: [], revokedSince: null } });
  });

  it('has a report signed by a second person, verifies it, and asks for its timestamps', async () => {
    const sealed = { passphrase: 'another one here' };
    const caseFolder = join(folder, 'case');
    await ask('case.create', { folder: caseFolder, title: 'T', examiner: 'A. Analyst', ...sealed });
    await askLong('exhibit.add', { folder: caseFolder, files: [join(folder, 'note.txt')], ...sealed });
    const written = await askLong('report.write', { folder: caseFolder, ...sealed });
    expect(written.error).toBeUndefined();
    const report = join(caseFolder, 'reports/R001');
    const same = await askLong('report.sign', { path: report, ...sealed });
    expect(same.error?.code).toBe('signed-already');
    await ask('identity.revoke', { reason: 'superseded', ...sealed });
    expect((await askLong('report.sign', { path: report, ...sealed })).error?.code).toBe('identity-revoked');
    await ask('identity.create', { name: 'B. Reviewer', passphrase });
    const signed = await askLong('report.sign', { path: report, comment: 'Agreed.', passphrase });
    expect(signed.data).toMatchObject({ role: 'reviewer', comment: 'Agreed.', recordedIn: caseFolder });
    const verified = await askLong('verify', { path: report });
    expect(verified.data).toMatchObject({
      kind: 'report',
      outcome: 'valid',
      signers: [
        { name: 'A. Analyst', role: 'examiner', trusted: true },
        { name: 'B. Reviewer', role: 'reviewer', trusted: true, comment: 'Agreed.' },
      ],
    });
    const asked = await ask('timestamp.request', { path: report, out: join(folder, 'stick') });
    expect((asked.data?.['requests'] as unknown[]).length).toBe(3);
    expect((await askLong('case.reproduce', { path: caseFolder })).data).toMatchObject({ outcome: 'nothing' });
  });

  it('keeps whom to trust, and takes it back', async () => {
    const shown = await ask('identity.show', {});
    const { certificate } = shown.data?.['identity'] as { certificate: string };
    await writeFile(join(folder, 'b.pem'), certificate);
    await ask('trust.add', { path: join(folder, 'b.pem'), purpose: 'timestamps' });
    const listed = await ask('trust.list', {});
    const [entry] = listed.data?.['entries'] as { purpose: string; name: string; words: string }[];
    expect(entry).toMatchObject({ purpose: 'timestamps', name: 'B. Reviewer' });
    expect((await ask('trust.remove', { fingerprint: entry!.words })).ok).toBe(true);
    expect((await ask('trust.list', {})).data).toEqual({ entries: [] });
    expect((await ask('trust.remove', { fingerprint: entry!.words })).error?.code).toBe('unknown-name');
    const noise = await ask('trust.add', { path: join(folder, 'note.txt') });
    expect(noise.error?.code).toBe('certificate-unreadable');
    expect(await readFile(join(folder, 'note.txt'), 'utf8')).toBe('nothing to see\n');
  });
});
