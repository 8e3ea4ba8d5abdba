import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { makeSigner } from '../fixtures.ts';

describe('issueCertificate', () => {
  it('makes serial numbers that are positive, long and different', async () => {
    const serials = await Promise.all(
      Array.from({ length: 20 }, async () => (await makeSigner()).certificate.serialNumber),
    );
    expect(new Set(serials).size).toBe(20);
    for (const serial of serials) expect(serial).toMatch(/^[4-7][0-9a-f]{31}$/);
  });

  it('takes the issuer name byte for byte from the issuer, so that chains hold', async () => {
    const issuer = await makeSigner({ subject: { commonName: 'Ұлттық орталық', organisation: 'Lab', country: 'KZ' } });
    const { certificate } = await makeSigner({}, issuer);
    const x509 = new X509Certificate(certificate.der);
    expect(x509.checkIssued(new X509Certificate(issuer.certificate.der))).toBe(true);
    expect(x509.verify(issuer.certificate.publicKey)).toBe(true);
    expect(certificate.issuer).toEqual(issuer.certificate.subject);
  });

  it('cuts its validity to whole seconds and writes years past 2049', async () => {
    const { certificate } = await makeSigner({
      notBefore: new Date('2025-06-01T12:00:00.700Z'),
      notAfter: new Date('2061-01-02T03:04:05Z'),
    });
    expect(certificate.notBefore.toISOString()).toBe('2025-06-01T12:00:00.000Z');
    expect(certificate.notAfter.toISOString()).toBe('2061-01-02T03:04:05.000Z');
  });

  it('writes each part of a name as a step of its own', async () => {
    const { certificate } = await makeSigner({ subject: { commonName: 'A', organisation: 'B', country: 'KZ' } });
    expect(new X509Certificate(certificate.der).subject).toBe('C=KZ\nO=B\nCN=A');
  });

  it('writes the key usage in as few bits as it has', async () => {
    const { certificate } = await makeSigner({ keyUsage: ['digitalSignature'] });
    // RFC 5280 §4.2.1.3, DER of a named-bit list: seven unused bits, then 1
    expect(Buffer.from(certificate.der).includes(Buffer.from('0603551d0f0101ff0404' + '03020780', 'hex'))).toBe(true);
  });
});
