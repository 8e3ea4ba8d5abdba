import { beforeAll, describe, expect, it } from 'vitest';
import { findTrustedPath, verifyCertificateIssuedBy } from '../../../../src/seal/certificate/certificate-chain.ts';
import type { Signer } from '../../../../src/seal/signer/signer.ts';
import { makeSigner, noon } from '../fixtures.ts';

const authority = { keyUsage: ['keyCertSign'] as const };
let root: Signer;
let middle: Signer;
let leaf: Signer;

beforeAll(async () => {
  root = await makeSigner({ ...authority, subject: { commonName: 'Root' }, pathLength: 1 });
  middle = await makeSigner({ ...authority, subject: { commonName: 'Middle' }, pathLength: 0 }, root);
  leaf = await makeSigner({ subject: { commonName: 'Leaf' }, keyUsage: ['digitalSignature'] }, middle);
});

describe('verifyCertificateIssuedBy', () => {
  it('holds for the issuer and for nobody else', async () => {
    const namesake = await makeSigner({ ...authority, subject: { commonName: 'Root' }, pathLength: 1 });
    expect(verifyCertificateIssuedBy(middle.certificate, root.certificate)).toBe(true);
    expect(verifyCertificateIssuedBy(root.certificate, root.certificate)).toBe(true);
    expect(verifyCertificateIssuedBy(middle.certificate, namesake.certificate)).toBe(false);
    expect(verifyCertificateIssuedBy(leaf.certificate, root.certificate)).toBe(false);
    expect(verifyCertificateIssuedBy(root.certificate, middle.certificate)).toBe(false);
  });

  it('lets nobody issue who is no authority', async () => {
    const pretended = await makeSigner({ subject: { commonName: 'Pretended' } }, leaf);
    expect(verifyCertificateIssuedBy(pretended.certificate, leaf.certificate)).toBe(false);
  });

  it('lets an agency identity that is no authority certify custody keys', async () => {
    const custody = await makeSigner({ custodyOnly: true, keyUsage: ['digitalSignature'] }, leaf);
    expect(verifyCertificateIssuedBy(custody.certificate, leaf.certificate)).toBe(true);
    expect(verifyCertificateIssuedBy(custody.certificate, middle.certificate)).toBe(false);
  });

  it('lets a custody key certify nothing, not even a custody key', async () => {
    const custody = await makeSigner({ custodyOnly: true }, leaf);
    const second = await makeSigner({ custodyOnly: true }, custody);
    const person = await makeSigner({}, custody);
    expect(verifyCertificateIssuedBy(second.certificate, custody.certificate)).toBe(false);
    expect(verifyCertificateIssuedBy(person.certificate, custody.certificate)).toBe(false);
  });
});

describe('findTrustedPath', () => {
  const names = (path: ReturnType<typeof findTrustedPath>): readonly string[] | undefined =>
    path?.path.map(({ name }) => name);

  it('is the certificate itself when that is trusted', () => {
    expect(names(findTrustedPath(leaf.certificate, [], [leaf.certificate], noon))).toEqual(['Leaf']);
  });

  it('leads through the certificates that were carried along, in whatever order', () => {
    const carried = [leaf.certificate, middle.certificate];
    expect(names(findTrustedPath(leaf.certificate, carried, [root.certificate], noon))).toEqual([
      'Leaf',
      'Middle',
      'Root',
    ]);
    expect(names(findTrustedPath(leaf.certificate, carried.reverse(), [root.certificate], noon))).toHaveLength(3);
  });

  it('is undefined without the certificate between, or with another root', async () => {
    const other = await makeSigner({ ...authority, subject: { commonName: 'Root' } });
    expect(findTrustedPath(leaf.certificate, [], [root.certificate], noon)).toBeUndefined();
    expect(findTrustedPath(leaf.certificate, [middle.certificate], [other.certificate], noon)).toBeUndefined();
    expect(findTrustedPath(leaf.certificate, [middle.certificate], [], noon)).toBeUndefined();
  });

  it('is undefined when a certificate on it was not valid then', async () => {
    const past = { notBefore: new Date('2020-01-01T00:00:00Z'), notAfter: new Date('2021-01-01T00:00:00Z') };
    const expired = await makeSigner(
      { ...authority, ...past, subject: { commonName: 'Expired' }, pathLength: 0 },
      root,
    );
    const below = await makeSigner({}, expired);
    expect(findTrustedPath(below.certificate, [expired.certificate], [root.certificate], noon)).toBeUndefined();
  });

  it('is undefined when there are more authorities than an issuer allows', async () => {
    const deeper = await makeSigner({ ...authority, subject: { commonName: 'Deeper' }, pathLength: 0 }, middle);
    const lowest = await makeSigner({}, deeper);
    const carried = [deeper.certificate, middle.certificate];
    expect(findTrustedPath(lowest.certificate, carried, [root.certificate], noon)).toBeUndefined();
  });

  it('ends where two authorities certified each other', async () => {
    const a = await makeSigner({ ...authority, subject: { commonName: 'A' }, pathLength: 5 });
    const loop = [a.certificate, root.certificate, middle.certificate];
    const stranger = await makeSigner({ subject: { commonName: 'Stranger' } });
    expect(findTrustedPath(leaf.certificate, loop, [stranger.certificate], noon)).toBeUndefined();
  });
});
