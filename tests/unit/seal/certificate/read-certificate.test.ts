import { X509Certificate } from 'node:crypto';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../../src/base/errors.ts';
import type { Certificate } from '../../../../src/seal/certificate/certificate.ts';
import { practiceMarker } from '../../../../src/seal/certificate/practice-marker.ts';
import { readCertificate, readCertificates } from '../../../../src/seal/certificate/read-certificate.ts';
import { flipBit, makeSigner } from '../fixtures.ts';

let certificate: Certificate;

beforeAll(async () => {
  certificate = (
    await makeSigner({
      subject: { commonName: 'Айнұр Ғалымқызы', organisation: 'Озодӣ', country: 'KZ' },
      uris: ['urn:uuid:9e107d9d-372b-4b18-86e6-8ad5b1b4f1c5'],
    })
  ).certificate;
});

const unreadable = (bytes: Uint8Array): boolean => {
  try {
    readCertificate(bytes);
    return false;
  } catch (error) {
    if (isAssayError(error, 'certificate-unreadable')) return true;
    throw error;
  }
};

describe('readCertificate', () => {
  it('reads what the certificate says, as node:crypto does', () => {
    const oracle = new X509Certificate(certificate.der);
    expect(certificate).toMatchObject({
      name: 'Айнұр Ғалымқызы',
      subject: { commonName: 'Айнұр Ғалымқызы', organisation: 'Озодӣ', country: 'KZ' },
      isCertificateAuthority: true,
      pathLength: 0,
      keyUsage: ['digitalSignature', 'nonRepudiation', 'keyCertSign'],
      uris: ['urn:uuid:9e107d9d-372b-4b18-86e6-8ad5b1b4f1c5'],
      practice: false,
      custodyOnly: false,
      unprocessedCriticalExtension: false,
    });
    expect(certificate.sha256).toBe(oracle.fingerprint256.replaceAll(':', '').toLowerCase());
    expect(certificate.serialNumber).toBe(oracle.serialNumber.toLowerCase());
    expect(certificate.notAfter).toEqual(new Date(oracle.validTo));
    expect(certificate.publicKey.equals(oracle.publicKey)).toBe(true);
  });

  it('reads PEM, also with text around it and several certificates in a row', async () => {
    const second = (await makeSigner({ subject: { commonName: 'Second' } })).certificate;
    const pem = `a comment\n${certificate.pem}more\n${second.pem}`;
    expect(readCertificate(pem).sha256).toBe(certificate.sha256);
    expect(readCertificates(pem).map(({ sha256 }) => sha256)).toEqual([certificate.sha256, second.sha256]);
    expect(() => readCertificate('no certificate')).toThrow('certificate-unreadable');
  });

  it('knows a practice identity by its marker, and by nothing that is like it', async () => {
    const practice = await makeSigner({ subject: { commonName: 'X', organisationalUnit: practiceMarker } });
    const alike = await makeSigner({ subject: { commonName: practiceMarker } });
    expect(practice.certificate.practice).toBe(true);
    expect(alike.certificate.practice).toBe(false);
  });

  it('shows characters that would turn or hide text as U+FFFD', async () => {
    const { certificate: hostile } = await makeSigner({ subject: { commonName: 'Anna\u202Elecnac\n\u0000\u200B' } });
    expect(hostile.name).toBe('Anna\uFFFDlecnac\uFFFD\uFFFD\uFFFD');
  });

  it('refuses every truncation with the same error', () => {
    for (let length = 0; length < certificate.der.length; length += 1)
      expect(unreadable(certificate.der.subarray(0, length)), `cut at ${length}`).toBe(true);
  });

  it('reads or refuses whatever one turned bit makes of it, and never fails otherwise', () => {
    // Every thirteenth bit: all positions within a byte, in a thirteenth of the time.
    for (let bit = 0; bit < certificate.der.length * 8; bit += 13) unreadable(flipBit(certificate.der, bit));
  });

  it('refuses random bytes', () => {
    fc.assert(fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) => unreadable(bytes)));
  });
});
