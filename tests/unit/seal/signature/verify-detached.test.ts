import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { oid } from '../../../../src/seal/asn1/object-identifiers.ts';
import { objectIdentifier, smallInteger, tag, wrap } from '../../../../src/seal/asn1/write-der.ts';
import { practiceMarker } from '../../../../src/seal/certificate/practice-marker.ts';
import { sealVerdict } from '../../../../src/seal/signature/seal-verdict.ts';
import { signDetached } from '../../../../src/seal/signature/sign-detached.ts';
import { verifyDetached } from '../../../../src/seal/signature/verify-detached.ts';
import type { Signer } from '../../../../src/seal/signer/signer.ts';
import { failures, flipBit, makeSigner, noon, outcomeOf } from '../fixtures.ts';

const content = Buffer.from('a manifest\r\nwith two lines\n');
let examiner: Signer;
let signature: Uint8Array;

beforeAll(async () => {
  examiner = await makeSigner();
  signature = await signDetached(content, examiner, { signingTime: noon });
});

describe('verifyDetached', () => {
  it('passes for what was signed, and says who signed and when', () => {
    const { checks, signers } = verifyDetached(content, signature, { subject: 'x.p7s' });
    expect(failures(checks)).toEqual([]);
    expect(signers).toMatchObject([
      { name: 'Examiner', fingerprint: examiner.certificate.sha256, signingTime: noon, valid: true, practice: false },
    ]);
  });

  it('finds every turned bit in the signature, wherever it lies', () => {
    const trusted = [examiner.certificate];
    expect(sealVerdict(verifyDetached(content, signature, { trusted }))).toBe('valid');
    // Every seventh bit: every byte is met, and over seven bytes every position in it.
    for (let bit = 0; bit < signature.length * 8; bit += 7)
      expect(sealVerdict(verifyDetached(content, flipBit(signature, bit), { trusted })), `bit ${bit}`).toBe('invalid');
  });

  it('finds every turned bit in the content', () => {
    fc.assert(
      fc.property(fc.nat(content.length * 8 - 1), (bit) => {
        const { checks } = verifyDetached(flipBit(content, bit), signature);
        return failures(checks).join() === 'content-digest Examiner';
      }),
    );
  });

  it('refuses every truncation, and anything behind the end', () => {
    for (let length = 0; length < signature.length; length += 1)
      expect(failures(verifyDetached(content, signature.subarray(0, length), { subject: 'x' }).checks)).toEqual([
        'signature-readable x',
      ]);
    expect(
      failures(verifyDetached(content, Buffer.concat([signature, Buffer.of(0)]), { subject: 'x' }).checks),
    ).toEqual(['signature-readable x']);
  });

  it('reads random bytes without failing', () => {
    fc.assert(fc.property(fc.uint8Array(), (bytes) => verifyDetached(content, bytes).signers.length === 0));
  });

  it('finds a certificate with the same name, number and key put in the place of the signer', async () => {
    // Same key and issuer-and-serial, other validity: only signing-certificate-v2 tells them apart (RFC 5035 §1).
    const swapped = Buffer.from(signature);
    const notAfter = Buffer.from('20550101000000Z');
    const at = swapped.indexOf(notAfter);
    expect(at).toBeGreaterThan(0);
    swapped.write('20990101000000Z', at);
    expect(failures(verifyDetached(content, swapped).checks)).toEqual(['signing-certificate Examiner']);
  });

  it('says when the certificate was not valid at the stated time', async () => {
    const late = await signDetached(content, examiner, { signingTime: new Date('2060-01-01T00:00:00Z') });
    const { checks, signers } = verifyDetached(content, late);
    expect(failures(checks)).toEqual(['certificate-validity Examiner']);
    expect(signers[0]?.valid).toBe(false);
  });

  it('does not check validity where no time is stated, as in a PDF', async () => {
    const { checks, signers } = verifyDetached(content, await signDetached(content, examiner));
    expect(outcomeOf(checks, 'certificate-validity')).toBe('not-checked');
    expect(signers[0]).not.toHaveProperty('signingTime');
  });

  it('never takes a custody key for a person', async () => {
    const custody = await makeSigner({ custodyOnly: true, keyUsage: ['digitalSignature'] }, examiner);
    const verification = verifyDetached(content, await signDetached(content, custody, { signingTime: noon }), {
      trusted: [examiner.certificate],
    });
    expect(failures(verification.checks)).toEqual(['certificate-usage Examiner']);
    expect(sealVerdict(verification)).toBe('invalid');
  });

  it('refuses a certificate that is for encryption only', async () => {
    const encryption = await makeSigner({ keyUsage: ['keyEncipherment'] });
    const { checks } = verifyDetached(content, await signDetached(content, encryption, { signingTime: noon }));
    expect(failures(checks)).toEqual(['certificate-usage Examiner']);
  });

  it('refuses a message that carries a content of its own', () => {
    const eContent = wrap(tag.context0, wrap(tag.octetString, Buffer.from('another content')));
    const detached = wrap(tag.sequence, objectIdentifier(oid.data));
    const at = Buffer.from(signature).indexOf(Buffer.from(detached));
    const inner = Buffer.from(signature.subarray(at + detached.length));
    const version = smallInteger(1);
    const digests = wrap(tag.set, wrap(tag.sequence, objectIdentifier(oid.sha256)));
    const attached = wrap(
      tag.sequence,
      objectIdentifier(oid.signedData),
      wrap(
        tag.context0,
        wrap(tag.sequence, version, digests, wrap(tag.sequence, objectIdentifier(oid.data), eContent), inner),
      ),
    );
    expect(verifyDetached(content, attached).checks[0]).toMatchObject({
      code: 'signature-readable',
      outcome: 'failed',
      details: { reason: 'signature is not detached' },
    });
  });
});

describe('recognition of the signer', () => {
  it('is unknown when nobody was named, and that is never valid', () => {
    const verification = verifyDetached(content, signature);
    expect(outcomeOf(verification.checks, 'signer-recognised')).toBe('not-checked');
    expect(verification.signers[0]).toMatchObject({ valid: true, recognition: 'unknown' });
    expect(sealVerdict(verification)).toBe('signer-unknown');
  });

  it('is trusted when the certificate was named, or is known here', () => {
    for (const options of [{ trusted: [examiner.certificate] }, { known: [examiner.certificate] }])
      expect(sealVerdict(verifyDetached(content, signature, options))).toBe('valid');
  });

  it('fails when somebody else was named, also under the same name', async () => {
    const namesake = await makeSigner();
    const verification = verifyDetached(content, signature, { trusted: [namesake.certificate] });
    expect(failures(verification.checks)).toEqual(['signer-recognised Examiner']);
    expect(sealVerdict(verification)).toBe('invalid');
    expect(sealVerdict(verifyDetached(content, signature, { known: [namesake.certificate] }))).toBe('signer-unknown');
    expect(sealVerdict(verifyDetached(content, signature, { trusted: [] }))).toBe('invalid');
  });

  it('leads from an agency identity to the agency that was named', async () => {
    const root = await makeSigner({ subject: { commonName: 'Agency' }, keyUsage: ['keyCertSign'], pathLength: 1 });
    const office = await makeSigner(
      { subject: { commonName: 'Office' }, keyUsage: ['keyCertSign'], pathLength: 0 },
      root,
    );
    const officer = await makeSigner({ subject: { commonName: 'Officer' } }, office);
    const signed = await signDetached(content, officer, { signingTime: noon });
    const verification = verifyDetached(content, signed, { trusted: [root.certificate] });
    expect(sealVerdict(verification)).toBe('valid');
    expect(verification.checks.find(({ code }) => code === 'signer-recognised')?.details).toMatchObject({
      by: 'Agency',
    });
  });

  it('never makes a practice identity a known person', async () => {
    const practice = await makeSigner({ subject: { commonName: 'Examiner', organisationalUnit: practiceMarker } });
    const signed = await signDetached(content, practice, { signingTime: noon });
    for (const options of [{}, { known: [practice.certificate] }, { trusted: [practice.certificate] }]) {
      const verification = verifyDetached(content, signed, options);
      expect(outcomeOf(verification.checks, 'signer-practice')).toBe('not-checked');
      expect(sealVerdict(verification)).toBe('practice');
    }
    expect(sealVerdict(verifyDetached(content, signed, { trusted: [examiner.certificate] }))).toBe('invalid');
  });
});

describe('sealVerdict', () => {
  it('is invalid when nobody signed', () => {
    expect(sealVerdict({ checks: [], signers: [] })).toBe('invalid');
  });
});
