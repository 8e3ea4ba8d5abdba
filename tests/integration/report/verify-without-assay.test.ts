import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rename, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { canonicalJson } from '../../../src/base/canonical-json.ts';
import { createText } from '../../../src/base/text.ts';
import { loadCatalogues } from '../../../src/report/load-catalogues.ts';
import { writeReport } from '../../../src/report/write-report.ts';
import { clock, makeSigner } from '../../unit/seal/fixtures.ts';
import { fixtureCatalogues } from '../../support/report/fixture-text.ts';
import { smallInput } from '../../support/report/small-input.ts';

const root = resolve(import.meta.dirname, '../../..');
const page = await readFile(join(root, 'docs/verify-without-assay.md'), 'utf8');

/** The blocks of commands on the page, exactly as they are printed there. */
const blocks = [...page.matchAll(/(?:^(?: {4}.*)?\n)+/gm)]
  .map(([block]) => block.replace(/^ {4}/gm, '').trim())
  .filter((block) => block !== '');
const blockWith = (words: string): string => blocks.find((block) => block.includes(words)) ?? `false # no ${words}`;

/** A custody log whose entries follow from one another. */
function custodyLog(): string {
  let prev = '0'.repeat(64);
  return ['case.created', 'exhibit.added', 'examination.recorded']
    .map((action, seq) => {
      const body = {
        seq,
        at: '2026-03-14T10:26:00.000Z',
        actor: 'Қ',
        action,
        subject: 'E001',
        detail: { b: 1, a: [] },
        key: prev,
        prev,
      };
      prev = createHash('sha256').update(canonicalJson(body)).digest('hex');
      return `${canonicalJson({ ...body, hash: prev, signature: 'c2ln' })}\n`;
    })
    .join('');
}

describe('docs/verify-without-assay.md', () => {
  let place: string;
  let folder: string;

  beforeAll(async () => {
    place = await mkdtemp(join(tmpdir(), 'assay-verify-'));
    const unfinished = join(place, '.R001.part');
    await mkdir(unfinished);
    await writeFile(join(place, 'log'), custodyLog());
    await writeFile(join(place, 'head'), '{}\n');
    const { en: english = {} } = await loadCatalogues(join(root, 'resources'), 'en');
    const written = await writeReport({
      input: smallInput(),
      text: createText({ en: { ...english, ...fixtureCatalogues() } }, 'en', { onMissing: 'throw' }),
      resourcesFolder: join(root, 'resources'),
      folder: unfinished,
      custodyLog: join(place, 'log'),
      custodyHead: join(place, 'head'),
      signer: await makeSigner({ subject: { commonName: 'Examiner Қ' } }),
      clock,
      place: async (from) => {
        await rename(from, join(place, 'R001'));
        return join(place, 'R001');
      },
    });
    folder = written.folder;
  });
  afterAll(() => rm(place, { recursive: true, force: true }));

  /** Output and errors of a block, run as it is printed. Throws when its last command fails. */
  const run = (block: string): string =>
    execFileSync('bash', ['--norc', '-c', `exec 2>&1\n${block}`], { cwd: folder, encoding: 'utf8' });

  it('checks every file with sha256sum', () => {
    const lines = run(blockWith('sha256sum -c')).trim().split('\n');
    expect(lines.length).toBeGreaterThan(5);
    for (const line of lines) expect(line).toMatch(/: OK$/);
  });

  it('checks the signature with openssl, and says who signed', () => {
    expect(run(blockWith('-noverify -out /dev/null'))).toContain('Verification successful');
    expect(run(blockWith('-signer /dev/stdout'))).toMatch(
      /CN ?= ?Examiner Қ[^]*sha256 Fingerprint=(?:[0-9A-F]{2}:){31}/i,
    );
  });

  it('checks the chain of the custody log with Python alone, and finds a changed entry', async () => {
    const check = blockWith('custody.jsonl');
    expect(run(check)).toBe('');
    const log = join(folder, 'custody.jsonl');
    const whole = await readFile(log, 'utf8');
    await writeFile(log, whole.replace('exhibit.added', 'exhibit.refused'));
    expect(run(check)).toContain('entry 1 does not follow');
    await writeFile(log, whole);
  });

  it('checks the PDF by itself with pdfsig, and takes its data out', () => {
    const answer = run(blockWith('pdfsig'));
    for (const words of ['Signature is Valid', 'Total document signed', 'Examiner Қ']) expect(answer).toContain(words);
    expect(run(blockWith('pdfdetach'))).toContain('the same');
  });

  it('finds a changed report', async () => {
    const path = join(folder, 'report.json');
    const whole = await readFile(path, 'utf8');
    await writeFile(path, whole.replace('A clip', 'B clip'));
    expect(() => run(blockWith('sha256sum -c'))).toThrow();
    await writeFile(path, whole);
  });
});
