import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { createCustodyKey } from '../../../src/seal/custody-key/custody-key.ts';
import { signHash } from '../../../src/seal/custody-key/hash-signature.ts';
import { writePem } from '../../../src/seal/certificate/pem.ts';
import { createIdentity } from '../../../src/seal/identity/create-identity.ts';
import { keyIterations } from '../../../src/seal/key/pbes2.ts';
import { signDetached } from '../../../src/seal/signature/sign-detached.ts';
import { makeSigner, temporaryFolder } from '../../unit/seal/fixtures.ts';
import { openssl, shell } from './openssl.ts';

const now = (): Date => new Date();
const content = 'a manifest\r\nwith two lines\n';

describe('openssl', () => {
  it('reads the private key at rest with its passphrase, and with no other', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    const passphrase = 'Сөйлем ұзақ';
    await createIdentity({ folder, name: 'Examiner', passphrase, clock: now });
    await writeFile(join(folder, 'right'), passphrase);
    await writeFile(join(folder, 'wrong'), 'another');
    expect(openssl(['pkcs8', '-in', 'private-key.pem', '-passin', 'file:right'], folder)).toMatch(/BEGIN PRIVATE KEY/);
    expect(() => openssl(['pkcs8', '-in', 'private-key.pem', '-passin', 'file:wrong'], folder)).toThrow();
    const structure = openssl(['asn1parse', '-in', 'private-key.pem'], folder);
    expect(structure).toMatch(/PBES2[^]*PBKDF2[^]*hmacWithSHA256[^]*aes-256-cbc/);
    expect(structure).toContain(`:${keyIterations.toString(16).toUpperCase().padStart(6, '0')}`);
    const matches = openssl(['x509', '-in', 'certificate.pem', '-noout', '-pubkey'], folder);
    expect(openssl(['pkey', '-in', 'private-key.pem', '-passin', 'file:right', '-pubout'], folder)).toBe(matches);
  });

  it('takes the certificate of an identity without complaint', async () => {
    const folder = join(await temporaryFolder(), 'identity');
    await createIdentity({ folder, name: 'Examiner', passphrase: 'four words in row', clock: now });
    expect(
      openssl(['verify', '-x509_strict', '-check_ss_sig', '-CAfile', 'certificate.pem', 'certificate.pem'], folder),
    ).toContain('OK');
    const text = openssl(['x509', '-in', 'certificate.pem', '-noout', '-text'], folder);
    expect(text).toMatch(/Basic Constraints: critical\s+CA:TRUE, pathlen:0/);
    expect(text).toMatch(/Key Usage: critical\s+Digital Signature, Non Repudiation, Certificate Sign/);
    expect(text).toContain('Subject Key Identifier');
  });

  it('verifies our signatures as CMS and as CAdES, with and without the chain', async () => {
    const folder = await temporaryFolder();
    const signer = await makeSigner({ notBefore: new Date(0) });
    await writeFile(join(folder, 'content'), content);
    await writeFile(join(folder, 'cert.pem'), signer.certificate.pem);
    await writeFile(join(folder, 's.p7s'), await signDetached(Buffer.from(content), signer, { signingTime: now() }));
    const verify = 'openssl cms -verify -binary -inform DER -in s.p7s -content content -out /dev/null';
    for (const trust of ['-noverify', '-CAfile cert.pem', '-CAfile cert.pem -purpose any', '-cades -CAfile cert.pem'])
      expect(shell(`${verify} ${trust}`, folder)).toMatchObject({ status: 0 });
    expect(shell(verify, folder).status).not.toBe(0);
    await writeFile(join(folder, 'content'), content.replace('two', 'six'));
    expect(shell(`${verify} -noverify`, folder).status).not.toBe(0);
    const printed = openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', 's.p7s'], folder);
    for (const attribute of ['contentType', 'messageDigest', 'signingTime', 'id-smime-aa-signingCertificateV2'])
      expect(printed).toContain(`object: ${attribute}`);
    expect(printed).toContain('algorithm: ecdsa-with-SHA256');
  });

  it('verifies the chain of a custody key and its signature over an entry, and refuses it as a seal', async () => {
    const folder = await temporaryFolder();
    const signer = await makeSigner({ notBefore: new Date(0) });
    const caseId = crypto.randomUUID();
    const key = await createCustodyKey(signer, { caseId, clock: now });
    await writeFile(join(folder, 'identity.pem'), signer.certificate.pem);
    await writeFile(join(folder, 'custody.pem'), writePem('CERTIFICATE', key.certificateDer));
    await writeFile(join(folder, 'custody.key'), key.privateKeyPem);
    expect(openssl(['verify', '-x509_strict', '-CAfile', 'identity.pem', 'custody.pem'], folder)).toContain('OK');
    expect(openssl(['x509', '-in', 'custody.pem', '-noout', '-text'], folder)).toContain(`URI:urn:uuid:${caseId}`);

    const hash = Buffer.alloc(32, 7);
    const signature = Buffer.from(signHash(key, hash), 'base64');
    const [r, s] = [signature.subarray(0, 32), signature.subarray(32)].map((half) => half.toString('hex'));
    await writeFile(join(folder, 'hash'), hash);
    await writeFile(join(folder, 'sig.cnf'), `asn1=SEQUENCE:s\n[s]\nr=INTEGER:0x${r!}\ns=INTEGER:0x${s!}\n`);
    openssl(['asn1parse', '-genconf', 'sig.cnf', '-noout', '-out', 'sig.der'], folder);
    await writeFile(join(folder, 'pub.pem'), openssl(['x509', '-in', 'custody.pem', '-noout', '-pubkey'], folder));
    expect(openssl(['dgst', '-sha256', '-verify', 'pub.pem', '-signature', 'sig.der', 'hash'], folder)).toContain(
      'Verified OK',
    );

    await writeFile(join(folder, 'content'), content);
    openssl(
      [
        'cms',
        '-sign',
        '-binary',
        '-in',
        'content',
        '-signer',
        'custody.pem',
        '-inkey',
        'custody.key',
        '-outform',
        'DER',
        '-out',
        'x.p7s',
      ],
      folder,
    );
    const verify =
      'openssl cms -verify -binary -inform DER -in x.p7s -content content -CAfile identity.pem -out /dev/null';
    expect(shell(verify, folder).status).not.toBe(0);
  });
});
