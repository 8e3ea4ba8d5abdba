import { createPublicKey, X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { createCustodyKey } from '../../../../src/seal/custody-key/custody-key.ts';
import type { CustodyKey } from '../../../../src/seal/custody-key/custody-key.ts';
import { signHash, verifyHashSignature } from '../../../../src/seal/custody-key/hash-signature.ts';
import { verifyCustodyCertificate } from '../../../../src/seal/custody-key/verify-custody-certificate.ts';
import { readCertificate } from '../../../../src/seal/certificate/read-certificate.ts';
import type { Signer } from '../../../../src/seal/signer/signer.ts';
import { clock, failures, flipBit, makeSigner, noon } from '../fixtures.ts';

const caseId = '9e107d9d-372b-4b18-86e6-8ad5b1b4f1c5';
const hash = new Uint8Array(32).fill(0xa5);
let examiner: Signer;
let key: CustodyKey;

beforeAll(async () => {
  examiner = await makeSigner();
  key = await createCustodyKey(examiner, { caseId, machineLabel: 'Зертхана 2', clock });
});

describe('createCustodyKey', () => {
  it('is certified by the identity, names the case, and can do nothing else', () => {
    const certificate = readCertificate(key.certificateDer);
    expect(certificate).toMatchObject({
      custodyOnly: true,
      isCertificateAuthority: false,
      keyUsage: ['digitalSignature'],
      uris: [`urn:uuid:${caseId}`],
      subject: { commonName: 'Custody key', organisationalUnit: 'Зертхана 2' },
      notBefore: noon,
      notAfter: examiner.certificate.notAfter,
    });
    expect(new X509Certificate(key.certificateDer).verify(examiner.certificate.publicKey)).toBe(true);
    expect(createPublicKey(key.privateKeyPem).equals(certificate.publicKey)).toBe(true);
  });

  it('is not made while the clock lies outside the identity', async () => {
    const wrongClock = (): Date => new Date('1970-01-01T00:00:09Z');
    await expect(createCustodyKey(examiner, { caseId, clock: wrongClock })).rejects.toMatchObject({
      code: 'certificate-not-valid-now',
      details: { now: '1970-01-01T00:00:09.000Z' },
    });
  });

  it('is made for a UUID only, whatever the machine is called', async () => {
    await expect(createCustodyKey(examiner, { caseId: 'case 1', clock })).rejects.toMatchObject({ code: 'defect' });
    for (const machineLabel of ['', 'x'.repeat(200), 'a\nb'])
      expect((await createCustodyKey(examiner, { caseId, machineLabel, clock })).certificateDer).toBeInstanceOf(
        Uint8Array,
      );
  });
});

describe('verifyCustodyCertificate', () => {
  const verify = (certificateDer: Uint8Array, issuer = examiner, id = caseId): readonly string[] =>
    failures(verifyCustodyCertificate(certificateDer, { issuer: issuer.certificate, caseId: id, subject: 'key.pem' }));

  it('passes for the right identity and case', () => {
    expect(verify(key.certificateDer)).toEqual([]);
    expect(verify(key.certificateDer, examiner, caseId.toUpperCase())).toEqual([]);
  });

  it('finds another case, another identity, and what is no custody key', async () => {
    const namesake = await makeSigner();
    expect(verify(key.certificateDer, examiner, '00000000-0000-4000-8000-000000000000')).toEqual([
      'custody-key-case key.pem',
    ]);
    expect(verify(key.certificateDer, namesake)).toEqual(['custody-key-issued key.pem']);
    expect(verify(examiner.certificate.der)).toEqual(['custody-key-purpose key.pem', 'custody-key-case key.pem']);
    expect(verify(Uint8Array.of(1, 2, 3))).toEqual(['custody-key-readable key.pem']);
  });

  it('finds every turned bit in the certificate', () => {
    for (let bit = 0; bit < key.certificateDer.length * 8; bit += 29)
      expect(verify(flipBit(key.certificateDer, bit)), `bit ${bit}`).not.toEqual([]);
  });
});

describe('signHash', () => {
  it('is base64 of r and s, and verifies with the certificate', () => {
    const signature = signHash(key, hash);
    expect(Buffer.from(signature, 'base64')).toHaveLength(64);
    expect(verifyHashSignature(key.certificateDer, hash, signature)).toBe(true);
    expect(verifyHashSignature(readCertificate(key.certificateDer), hash, signature)).toBe(true);
  });

  it('does not verify with any bit turned in hash or signature, or with another key', async () => {
    const other = await createCustodyKey(examiner, { caseId, clock });
    const signature = signHash(key, hash);
    expect(verifyHashSignature(other.certificateDer, hash, signature)).toBe(false);
    fc.assert(
      fc.property(fc.nat(255), fc.nat(511), (inHash, inSignature) => {
        const turned = Buffer.from(flipBit(Buffer.from(signature, 'base64'), inSignature)).toString('base64');
        return (
          !verifyHashSignature(key.certificateDer, flipBit(hash, inHash), signature) &&
          !verifyHashSignature(key.certificateDer, hash, turned)
        );
      }),
    );
  });

  it('takes one spelling of a signature only', () => {
    const signature = signHash(key, hash);
    for (const spelling of ['', 'x', `${signature}\n`, signature.replace('==', ''), ` ${signature}`, `${signature}AA`])
      expect(verifyHashSignature(key.certificateDer, hash, spelling), JSON.stringify(spelling)).toBe(false);
  });

  it('is false, not an error, for a damaged certificate or a hash of another length', () => {
    expect(verifyHashSignature(Uint8Array.of(0), hash, signHash(key, hash))).toBe(false);
    expect(verifyHashSignature(key.certificateDer, hash.subarray(1), signHash(key, hash))).toBe(false);
    expect(() => signHash(key, hash.subarray(1))).toThrow('defect');
  });
});
