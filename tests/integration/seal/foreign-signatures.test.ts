import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readCertificate } from '../../../src/seal/certificate/read-certificate.ts';
import type { Certificate } from '../../../src/seal/certificate/certificate.ts';
import { createCustodyKey } from '../../../src/seal/custody-key/custody-key.ts';
import { verifyCustodyCertificate } from '../../../src/seal/custody-key/verify-custody-certificate.ts';
import { importPkcs12 } from '../../../src/seal/identity/import-pkcs12.ts';
import { unlockIdentity } from '../../../src/seal/identity/unlock-identity.ts';
import { sealVerdict } from '../../../src/seal/signature/seal-verdict.ts';
import { signDetached } from '../../../src/seal/signature/sign-detached.ts';
import { verifyDetached } from '../../../src/seal/signature/verify-detached.ts';
import { failures, outcomeOf, temporaryFolder } from '../../unit/seal/fixtures.ts';
import { openssl, shell } from './openssl.ts';

const content = Buffer.from('signed by somebody else\n');
const extensions = {
  authority: 'basicConstraints=critical,CA:TRUE\nkeyUsage=critical,keyCertSign,cRLSign\n',
  officer: 'basicConstraints=CA:FALSE\nkeyUsage=critical,digitalSignature,nonRepudiation\nsubjectKeyIdentifier=hash\n',
};

/** An agency's own authority with one below it, and two officers: one with an ECDSA P-384 key, one with RSA. */
async function agency(): Promise<{ folder: string; certificate: (name: string) => Promise<Certificate> }> {
  const folder = await temporaryFolder();
  const make = async (
    name: string,
    kind: keyof typeof extensions,
    key: readonly string[],
    issuer?: string,
  ): Promise<void> => {
    await writeFile(join(folder, `${name}.ext`), extensions[kind]);
    openssl(
      [
        'req',
        '-new',
        '-newkey',
        ...key,
        '-nodes',
        '-keyout',
        `${name}.key`,
        '-out',
        `${name}.csr`,
        '-subj',
        `/O=Agency/CN=${name}`,
      ],
      folder,
    );
    const signed =
      issuer === undefined
        ? ['-signkey', `${name}.key`]
        : ['-CA', `${issuer}.pem`, '-CAkey', `${issuer}.key`, '-CAcreateserial'];
    openssl(
      [
        'x509',
        '-req',
        '-in',
        `${name}.csr`,
        ...signed,
        '-days',
        '3650',
        '-extfile',
        `${name}.ext`,
        '-out',
        `${name}.pem`,
      ],
      folder,
    );
  };
  const curve = (name: string): readonly string[] => ['ec', '-pkeyopt', `ec_paramgen_curve:${name}`];
  await make('Root', 'authority', curve('P-384'));
  await make('Office', 'authority', ['rsa:2048'], 'Root');
  await make('Officer', 'officer', curve('P-384'), 'Office');
  await make('Reviewer', 'officer', ['rsa:2048'], 'Office');
  await writeFile(
    join(folder, 'chain.pem'),
    (await readFile(join(folder, 'Office.pem'), 'utf8')) + (await readFile(join(folder, 'Root.pem'), 'utf8')),
  );
  await writeFile(join(folder, 'content'), content);
  return { folder, certificate: async (name) => readCertificate(await readFile(join(folder, `${name}.pem`), 'utf8')) };
}

const sign = (folder: string, ...more: readonly string[]): Promise<Buffer> => {
  openssl(['cms', '-sign', '-binary', '-in', 'content', '-outform', 'DER', '-out', 's.p7s', ...more], folder);
  return readFile(join(folder, 's.p7s'));
};
const by = (name: string): readonly string[] => ['-signer', `${name}.pem`, '-inkey', `${name}.key`];

describe('a signature made by openssl', () => {
  it('reads as a CAdES signature of the officer, vouched for by the agency', async () => {
    const { folder, certificate } = await agency();
    const der = await sign(folder, ...by('Officer'), '-certfile', 'chain.pem', '-cades');
    const verification = verifyDetached(content, der, { trusted: [await certificate('Root')] });
    expect(verification.checks.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
      'signature-readable passed',
      'content-digest passed',
      'signature-value passed',
      'signing-certificate passed',
      'certificates-carried passed',
      'certificate-validity passed',
      'certificate-usage passed',
      'revocation not-checked',
      'signer-recognised passed',
      'signing-time not-checked',
    ]);
    expect(verification.signers).toMatchObject([{ name: 'Officer', recognition: 'trusted' }]);
    expect(sealVerdict(verification)).toBe('valid');
  });

  it('reads with RSA, with a key identifier, with SHA-512, and says what plain CMS leaves open', async () => {
    const { folder } = await agency();
    for (const more of [by('Reviewer'), [...by('Reviewer'), '-keyid'], [...by('Officer'), '-md', 'sha512']]) {
      const { checks, signers } = verifyDetached(content, await sign(folder, ...more));
      expect(failures(checks)).toEqual([]);
      expect(signers[0]?.valid).toBe(true);
      expect(outcomeOf(checks, 'signing-certificate')).toBe('not-checked');
    }
  });

  it('gives each of several signers, and each stands alone', async () => {
    const { folder, certificate } = await agency();
    const der = await sign(folder, ...by('Officer'), ...by('Reviewer'), '-cades');
    const { checks, signers } = verifyDetached(content, der, { known: [await certificate('Reviewer')] });
    expect(failures(checks)).toEqual([]);
    expect(signers.map(({ name, recognition }) => `${name} ${recognition}`).sort()).toEqual([
      'Officer unknown',
      'Reviewer trusted',
    ]);
  });

  it('is refused without signed attributes, with the content inside, with SHA-1, or without a certificate', async () => {
    const { folder } = await agency();
    const refused = async (...more: readonly string[]): Promise<readonly string[]> =>
      failures(verifyDetached(content, await sign(folder, ...more), { subject: 's.p7s' }).checks);
    expect(await refused(...by('Reviewer'), '-noattr')).toEqual(['signature-readable s.p7s']);
    expect(await refused(...by('Reviewer'), '-nodetach')).toEqual(['signature-readable s.p7s']);
    expect(await refused(...by('Reviewer'), '-nocerts')).toEqual(['signer-certificate s.p7s']);
    expect(await refused(...by('Reviewer'), '-md', 'sha1')).toEqual([
      'content-digest Reviewer',
      'signature-value Reviewer',
    ]);
  });
});

describe('importPkcs12', () => {
  const pkcs12Passphrase = 'öffne dich';
  const exported = async (folder: string, name: string, ...more: readonly string[]): Promise<Buffer> => {
    openssl(
      [
        'pkcs12',
        '-export',
        '-inkey',
        `${name}.key`,
        '-in',
        `${name}.pem`,
        '-passout',
        `pass:${pkcs12Passphrase}`,
        '-out',
        'x.p12',
        ...more,
      ],
      folder,
    );
    return readFile(join(folder, 'x.p12'));
  };
  const windows = ['-legacy', '-keypbe', 'PBE-SHA1-3DES', '-certpbe', 'PBE-SHA1-3DES', '-macalg', 'sha1'];

  it.each([
    ['an ECDSA key', 'Officer', []],
    ['an RSA key', 'Reviewer', []],
    ['the triple DES of Windows', 'Officer', windows],
    ['certificates that are not encrypted', 'Officer', ['-certpbe', 'NONE']],
    ['SHA-512 in its code', 'Officer', ['-macalg', 'sha512', '-iter', '1']],
  ])('takes over %s with its chain, and seals that openssl verifies', async (_, name, more) => {
    const { folder, certificate } = await agency();
    const identity = await importPkcs12({
      folder: join(folder, 'identity'),
      bytes: await exported(folder, name, '-certfile', 'chain.pem', ...more),
      pkcs12Passphrase,
      passphrase: 'four words in row',
    });
    expect([identity.name, ...identity.issuers.map((issuer) => issuer.name)]).toEqual([name, 'Office', 'Root']);
    const signer = await unlockIdentity(identity, 'four words in row');
    await writeFile(join(folder, 'own.p7s'), await signDetached(content, signer, { signingTime: new Date() }));
    const verify = 'openssl cms -verify -cades -binary -inform DER -in own.p7s -content content -out /dev/null';
    expect(shell(`${verify} -CAfile Root.pem`, folder).status).toBe(0);

    const caseId = crypto.randomUUID();
    const key = await createCustodyKey(signer, { caseId, clock: () => new Date() });
    const issuer = await certificate(name);
    expect(failures(verifyCustodyCertificate(key.certificateDer, { issuer, caseId, subject: 'key' }))).toEqual([]);
  });

  it('says which passphrase is wrong and what cannot be taken', async () => {
    const { folder } = await agency();
    const take = (bytes: Uint8Array, given = pkcs12Passphrase): Promise<unknown> =>
      importPkcs12({
        folder: join(folder, 'identity'),
        bytes,
        pkcs12Passphrase: given,
        passphrase: 'four words in row',
      });
    const good = await exported(folder, 'Officer');
    await expect(take(good, 'wrong')).rejects.toMatchObject({ code: 'wrong-passphrase' });
    await expect(take(Buffer.from('no PKCS#12'))).rejects.toMatchObject({ code: 'pkcs12-unusable' });
    await expect(take(await exported(folder, 'Officer', '-nomac'))).rejects.toMatchObject({ code: 'pkcs12-unusable' });
    await expect(
      take(await exported(folder, 'Officer', '-legacy', '-certpbe', 'PBE-SHA1-RC2-40', '-macalg', 'sha1')),
    ).rejects.toMatchObject({ code: 'pkcs12-unusable' });
    for (let length = 0; length < good.length; length += 37)
      await expect(take(good.subarray(0, length)), `cut at ${length}`).rejects.toMatchObject({
        code: 'pkcs12-unusable',
      });
    await take(good);
    await expect(take(good)).rejects.toMatchObject({ code: 'identity-exists' });
  });
});
