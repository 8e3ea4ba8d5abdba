import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { mkdir, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { z } from 'zod';
import { signReport, verify } from '../../../src/contract/operations.ts';
import { importTimestamp, listTrust, requestTimestamp } from '../../../src/contract/seal-operations.ts';
import { runAssay, type CommandRun } from '../../support/command-line.ts';
import { makePicture } from '../../support/make-media.ts';
import { openssl, shell } from '../seal/openssl.ts';
import { makeAuthority, type TimestampAuthority } from '../seal/timestamp-authority.ts';

const report = 'case/reports/R001';
const passphrase = 'four words in row';
let folder: string;
let authority: TimestampAuthority;

/** Runs a command as one of the people, each with a state folder of their own. */
const as =
  (who: string) =>
  (...args: string[]): Promise<CommandRun> =>
    runAssay(args, { cwd: folder, home: join(folder, who) });
const examiner = as('examiner');
const reviewer = as('reviewer');
const court = as('court');

async function verified(run: Promise<CommandRun>): Promise<z.infer<typeof verify.output>> {
  const { stdout, stderr } = await run;
  if (stdout === '') throw new Error(stderr);
  return verify.output.parse(JSON.parse(stdout));
}
const withPassphrase = ['--passphrase-file', 'passphrase'];

/** An agency's authority, and a file with key, certificate and chain for one of its people. */
async function agencyIdentity(): Promise<void> {
  const agency = join(folder, 'agency');
  await mkdir(agency);
  const run = (...args: string[]): string => openssl(args, agency);
  run(
    ...['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-keyout', 'ca.key', '-out', 'ca.pem', '-days', '400'],
    ...['-subj', '/O=Agency/CN=Agency root', '-addext', 'basicConstraints=critical,CA:TRUE'],
    ...['-addext', 'keyUsage=critical,keyCertSign'],
  );
  run(
    ...['req', '-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'],
    ...['-keyout', 'b.key', '-out', 'b.csr', '-subj', '/O=Agency/CN=B. Reviewer'],
  );
  await writeFile(
    join(agency, 'ext'),
    'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\n',
  );
  run(
    'x509',
    '-req',
    '-in',
    'b.csr',
    '-CA',
    'ca.pem',
    '-CAkey',
    'ca.key',
    '-out',
    'b.pem',
    '-days',
    '90',
    '-extfile',
    'ext',
  );
  run(
    ...['pkcs12', '-export', '-inkey', 'b.key', '-in', 'b.pem', '-certfile', 'ca.pem', '-out', 'b.p12'],
    ...['-passout', 'pass:from the agency'],
  );
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-signers-'));
  for (const who of ['examiner', 'reviewer', 'court']) await mkdir(join(folder, who));
  await writeFile(join(folder, 'passphrase'), `${passphrase}\n`);
  await writeFile(join(folder, 'agency-passphrase'), 'from the agency\n');
  await makePicture(join(folder, 'still.jpg'));
  authority = await makeAuthority(folder, 'Clock');
  await agencyIdentity();
  await examiner('identity', 'new', '--name', 'A. Analyst', ...withPassphrase);
  const made = await examiner('triage', 'still.jpg', '--out', 'case', '--methods', 'file-type', ...withPassphrase);
  if (made.code !== 0) throw new Error(made.stderr);
  const { stdout } = await examiner('identity', 'show', '--json');
  await writeFile(
    join(folder, 'analyst.pem'),
    (JSON.parse(stdout) as { identity: { certificate: string } }).identity.certificate,
  );
}, 120_000);
afterAll(() => rm(folder, { recursive: true, force: true }));

describe('signing a report by a second person', () => {
  it('takes over an identity of an agency, with its chain', async () => {
    const wrong = await reviewer('identity', 'import', 'agency/b.p12', ...withPassphrase);
    expect(wrong.code).toBe(2);
    const right = await reviewer(
      ...['identity', 'import', 'agency/b.p12', '--pkcs12-passphrase-file', 'agency-passphrase', ...withPassphrase],
    );
    expect(right.stderr).toBe('');
    expect(right.stdout).toMatch(/B\. Reviewer[^]*Certified by Agency root/);
  });

  it('adds the signature, records it in the case, and openssl believes it', async () => {
    const run = await reviewer('sign', report, '--comment', 'Read and agreed.', ...withPassphrase, '--json');
    expect(run.stderr).toBe('');
    expect(signReport.output.parse(JSON.parse(run.stdout))).toMatchObject({
      name: 'B. Reviewer',
      role: 'reviewer',
      recordedIn: join(folder, 'case'),
    });
    const check =
      'openssl cms -verify -binary -inform DER -in manifest-sha256.txt.2.p7s -content manifest-sha256.txt -out /dev/null' +
      ' -CAfile ../../../agency/ca.pem -purpose any';
    expect(shell(check, join(folder, report))).toMatchObject({ status: 0 });
    expect((await court('verify', 'case')).code).toBe(0);
  });

  it('refuses the same person twice, and a comment that is none', async () => {
    expect((await reviewer('sign', report, ...withPassphrase)).code).toBe(2);
    expect((await examiner('sign', report, '--comment', ' ', ...withPassphrase)).code).toBe(2);
  });

  it('is listed with role, comment and chain, each signer apart', async () => {
    const stranger = await verified(court('verify', report, '--json'));
    expect(stranger.outcome).toBe('signer-unknown');
    expect(stranger.signers.map(({ name, role, comment, trusted }) => [name, role, comment, trusted])).toEqual([
      ['A. Analyst', 'examiner', null, false],
      ['B. Reviewer', 'reviewer', 'Read and agreed.', false],
    ]);
    await court('trust', 'add', 'agency/ca.pem');
    const known = await verified(court('verify', report, '--json'));
    expect(known.signers.map(({ chain }) => chain)).toEqual([[], ['B. Reviewer', 'Agency root']]);
    expect((await court('verify', report)).stdout).toContain('Not every signer is trusted');
    const named = await verified(court('verify', report, '--trusted', 'analyst.pem', '--json'));
    expect([named.outcome, named.signers.map(({ trusted }) => trusted)]).toEqual(['valid', [true, true]]);
  });
});

describe('a timestamp across the air gap', () => {
  let requests: z.infer<typeof requestTimestamp.output>['requests'];
  const answer = (index: number): Promise<string> =>
    authority.reply(requests[index]!.request, join(folder, `answer-${String(index)}.tsr`));

  it('is asked for with one request a signature, and a QR code of each', async () => {
    const run = await examiner('timestamp', 'request', report, '--out', 'stick', '--json');
    ({ requests } = requestTimestamp.output.parse(JSON.parse(run.stdout)));
    expect(requests.map(({ of }) => of)).toEqual([
      'manifest-sha256.txt.p7s',
      'manifest-sha256.txt.2.p7s',
      'report.pdf',
    ]);
    expect(await readFile(requests[0]!.qr, 'utf8')).toContain('<svg');
    const [first] = requests as [(typeof requests)[number]];
    const text = openssl(['ts', '-query', '-in', first.request, '-text'], folder);
    expect(text.toLowerCase()).toContain(`0x${first.nonce}`);
  });

  it('is refused with another nonce, another imprint, another authority, and where nobody asked', async () => {
    const before = await readFile(join(folder, report, 'manifest-sha256.txt.p7s'));
    const other = await makeAuthority(folder, 'Other');
    const { request } = requests[0]!;
    const refused = async (who: typeof examiner, file: string, ca = authority.caPath): Promise<string> => {
      const { code, stderr } = await who('timestamp', 'import', report, file, '--ca', ca, ...withPassphrase);
      expect(code).not.toBe(0);
      return stderr;
    };
    const query = (...args: string[]): string => openssl(['ts', '-query', '-cert', '-sha256', ...args], folder);
    query('-digest', requests[0]!.sha256, '-out', 'other-nonce.tsq');
    const reply = (path: string): Promise<string> => authority.reply(path, path.replace(/tsq$/, 'tsr'));
    expect(await refused(examiner, await reply(join(folder, 'other-nonce.tsq')))).toContain('its number differs');
    query('-digest', createHash('sha256').update('x').digest('hex'), '-out', 'other-imprint.tsq');
    expect(await refused(examiner, await reply(join(folder, 'other-imprint.tsq')))).toContain('something else');
    const good = await answer(0);
    expect(await refused(examiner, good, other.caPath)).toContain('no certificate that you named');
    expect(await refused(reviewer, good)).toContain('No request on this machine');
    const bytes = await readFile(good);
    bytes[bytes.length - 20]! ^= 1;
    await writeFile(join(folder, 'broken.tsr'), bytes);
    expect(await refused(examiner, join(folder, 'broken.tsr'))).toMatch(/does not hold|not the answer/);
    expect(await refused(examiner, request)).toContain('not the answer');
    expect(await readFile(join(folder, report, 'manifest-sha256.txt.p7s'))).toEqual(before);
  });

  it('joins the signatures, and openssl verifies token and signature', async () => {
    for (const index of [0, 1]) {
      const { code, stdout, stderr } = await examiner(
        ...['timestamp', 'import', report, await answer(index), '--ca', authority.caPath, ...withPassphrase, '--json'],
      );
      expect([code, stderr]).toEqual([0, '']);
      expect(importTimestamp.output.parse(JSON.parse(stdout))).toMatchObject({
        by: 'Clock clock',
        policy: '1.2.3.4.1',
      });
      const again = `openssl ts -verify -queryfile ${requests[index]!.request} -in answer-${String(index)}.tsr -CAfile ${authority.caPath}`;
      expect(shell(again, folder).output).toContain('Verification: OK');
    }
    const check =
      'openssl cms -verify -binary -inform DER -in manifest-sha256.txt.p7s -content manifest-sha256.txt -noverify';
    expect(shell(`${check} -out /dev/null`, join(folder, report))).toMatchObject({ status: 0 });
    expect((await court('verify', 'case')).code).toBe(0);
  });

  it('makes a copy of the PDF with its timestamp, and leaves the sealed one as it is', async () => {
    const before = await readFile(join(folder, report, 'report.pdf'));
    const { code, stderr } = await examiner(
      ...['timestamp', 'import', report, await answer(2), '--ca', authority.caPath, '--out', 'stamped'],
    );
    expect([code, stderr]).toEqual([0, '']);
    expect(await readFile(join(folder, report, 'report.pdf'))).toEqual(before);
    const copy = 'stamped/R001-timestamped.pdf';
    const output = await verified(court('verify', copy, '--timestamp-ca', authority.caPath, '--json'));
    expect(output).toMatchObject({ kind: 'pdf', outcome: 'signer-unknown', signers: [{ attestedBy: 'Clock clock' }] });
    if (spawnSync('pdfsig', ['-v']).error === undefined) {
      const { output: said } = shell(`pdfsig ${copy}`, folder);
      expect(said).toContain('Signature is Valid');
      expect(said).toContain('Total document signed');
    }
    const changed = await readFile(join(folder, copy));
    changed[2000]! ^= 1;
    await writeFile(join(folder, 'stamped/changed.pdf'), changed);
    expect((await court('verify', 'stamped/changed.pdf')).code).toBe(1);
  });

  it('is said apart from everything else, and attests only when its authority is trusted', async () => {
    const unknown = await verified(court('verify', report, '--json'));
    const of = (output: typeof unknown) =>
      output.checks.filter(({ code }) => code === 'timestamp-token').map(({ outcome }) => outcome);
    expect(of(unknown)).toEqual(['not-checked', 'not-checked']);
    const trusted = await verified(court('verify', report, '--timestamp-ca', authority.caPath, '--json'));
    expect(of(trusted)).toEqual(['passed', 'passed']);
    expect(trusted.signers.map(({ attestedBy }) => attestedBy)).toEqual(['Clock clock', 'Clock clock']);
    // Whom one believes about times says nothing about who signed.
    expect(trusted.signers[0]?.trusted).toBe(false);
  });
});

describe('withdrawing an identity', () => {
  it('keeps what was stamped before, and refuses to sign on', async () => {
    const out = await examiner(
      'identity',
      'revoke',
      '--reason',
      'key-lost-to-others',
      '--out',
      'revoked.json',
      ...withPassphrase,
    );
    expect(out.code).toBe(0);
    const report2 = await examiner('report', 'case', ...withPassphrase);
    expect([report2.code, report2.stderr]).toEqual([2, expect.stringContaining('was withdrawn') as string]);
    await court('trust', 'add', 'revoked.json');
    const list = listTrust.output.parse(JSON.parse((await court('trust', 'list', '--json')).stdout));
    expect(list.entries.map(({ purpose, name }) => `${purpose} ${name}`)).toEqual([
      'signers Agency root',
      'revocations A. Analyst',
    ]);
    const args = ['verify', report, '--trusted', 'analyst.pem', '--json'];
    const stands = await verified(court(...args, '--timestamp-ca', authority.caPath));
    expect([stands.outcome, stands.signers[0]?.revokedSince === null]).toEqual(['valid', false]);
    expect(stands.checks.find(({ code }) => code === 'revoked-later')?.outcome).toBe('passed');
    const alone = await verified(court(...args));
    expect(alone.checks.find(({ code }) => code === 'revoked-claimed-before')?.outcome).toBe('not-checked');
    expect(alone.signers[0]?.trusted).toBe(false);
  });

  it('makes room for the next, which is another', async () => {
    const next = await examiner('identity', 'new', '--name', 'A. Analyst', ...withPassphrase);
    expect(next.code).toBe(0);
    await writeFile(join(folder, 'new-passphrase'), 'another four words\n');
    const changed = await examiner(
      'identity',
      'passphrase',
      ...withPassphrase,
      '--new-passphrase-file',
      'new-passphrase',
    );
    expect(changed.code).toBe(0);
    expect((await examiner('identity', 'revoke', ...withPassphrase)).code).toBe(2);
    expect((await examiner('identity', 'passphrase', ...withPassphrase)).code).toBe(2);
    const own = await verified(examiner('verify', report, '--json', '--timestamp-ca', authority.caPath));
    expect(own.signers[0]).toMatchObject({ name: 'A. Analyst', trusted: true });
    expect(own.signers[0]?.revokedSince).not.toBeNull();
    const removed = await court('trust', 'remove', list0(await court('trust', 'list', '--json')));
    expect(removed.stdout).toContain('No longer trusted: 1');
  });
});

function list0({ stdout }: CommandRun): string {
  return listTrust.output.parse(JSON.parse(stdout)).entries[0]!.fingerprint.slice(0, 12);
}
