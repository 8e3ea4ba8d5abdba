import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { oid } from '../../../../src/seal/asn1/object-identifiers.ts';
import {
  algorithmFor,
  digestOf,
  signWithKey,
  verifySignature,
} from '../../../../src/seal/signer/signature-algorithm.ts';

const bytes = Buffer.from('what was signed');
const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const sha256 = { digest: 'sha256' } as const;

describe('verifySignature', () => {
  it('holds for ECDSA and RSA, under either name of RSA', async () => {
    const byEc = await signWithKey(ec.privateKey, bytes);
    const byRsa = await signWithKey(rsa.privateKey, bytes);
    expect(verifySignature({ ...sha256, algorithm: oid.ecdsaWithSha256 }, ec.publicKey, bytes, byEc)).toBe(true);
    expect(verifySignature({ ...sha256, algorithm: oid.sha256WithRsa }, rsa.publicKey, bytes, byRsa)).toBe(true);
    expect(verifySignature({ ...sha256, algorithm: oid.rsaEncryption }, rsa.publicKey, bytes, byRsa)).toBe(true);
    expect(
      verifySignature({ ...sha256, algorithm: oid.ecdsaWithSha256 }, ec.publicKey, Buffer.from('other'), byEc),
    ).toBe(false);
  });

  it('is false for bytes that are no signature at all', () => {
    for (const junk of [new Uint8Array(), Uint8Array.of(0x30), new Uint8Array(500)])
      expect(verifySignature({ ...sha256, algorithm: oid.ecdsaWithSha256 }, ec.publicKey, bytes, junk)).toBe(false);
  });

  it('says why it cannot tell, and never takes that for a good signature', async () => {
    const signature = await signWithKey(ec.privateKey, bytes);
    const verify = (algorithm: string, key = ec.publicKey) =>
      verifySignature({ ...sha256, algorithm }, key, bytes, signature);
    expect(verify('1.2.840.10045.4.1')).toBe('algorithm-unknown');
    expect(verify(oid.ecdsaWithSha512)).toBe('algorithm-unknown');
    expect(verify(oid.sha256WithRsa)).toBe('key-of-another-kind');
    expect(verify(oid.ecdsaWithSha256, rsa.publicKey)).toBe('key-of-another-kind');
  });

  it('refuses keys that are too weak', () => {
    const short = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const small = generateKeyPairSync('ec', { namedCurve: 'secp224r1' });
    expect(verifySignature({ ...sha256, algorithm: oid.rsaEncryption }, short.publicKey, bytes, bytes)).toBe(
      'key-too-weak',
    );
    expect(verifySignature({ ...sha256, algorithm: oid.ecdsaWithSha256 }, small.publicKey, bytes, bytes)).toBe(
      'key-too-weak',
    );
    expect(algorithmFor(short.privateKey)).toBeUndefined();
    expect(algorithmFor(generateKeyPairSync('ed25519').privateKey)).toBeUndefined();
  });
});

describe('digestOf', () => {
  it('knows SHA-2 and neither SHA-1 nor MD5', () => {
    expect(digestOf(oid.sha384)).toBe('sha384');
    expect(digestOf(oid.sha1)).toBeUndefined();
    expect(digestOf('1.2.840.113549.2.5')).toBeUndefined();
  });
});
