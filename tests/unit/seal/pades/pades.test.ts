import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { buildReportModel } from '../../../../src/report/model/build-report-model.ts';
import { signDetached } from '../../../../src/seal/signature/sign-detached.ts';
import { putCms } from '../../../../src/seal/pades/put-cms.ts';
import { signPdf } from '../../../../src/seal/pades/sign-pdf.ts';
import { signatureRoom } from '../../../../src/seal/pades/signature-room.ts';
import { readPdfSignatures, signedBytes } from '../../../../src/seal/pades/read-pdf-signatures.ts';
import { verifyPdfSignatures } from '../../../../src/seal/pades/verify-pdf-signatures.ts';
import { smallInput } from '../../../support/report/small-input.ts';
import { render, text } from '../../report/pdf/pdf-fixture.ts';
import { failures, makeSigner, noon } from '../fixtures.ts';

const authority = await makeSigner({ subject: { commonName: 'Agency' } });
const signer = await makeSigner({ subject: { commonName: 'Examiner Қ' } }, authority);
const room = signatureRoom(signer, noon);
const title = '/ByteRange [0 1 2 3] /Contents <3000> ) >> 5 0 obj << /ByteRange [0 9 9 9]';
const unsigned = await render(
  buildReportModel(smallInput({ title, name: '/ByteRange [0 5 6 7]' }), text),
  undefined,
  room,
);
const signed = await signPdf(unsigned.bytes, unsigned.signatureAt ?? -1, room, signer);

describe('a signed PDF', () => {
  it('verifies, names its signer and its time, and is covered whole', () => {
    const [only, ...more] = verifyPdfSignatures(signed, { trusted: [authority.certificate], subject: 'report.pdf' });
    expect(more).toEqual([]);
    expect(failures(only?.checks ?? [])).toEqual([]);
    expect(only).toMatchObject({
      coversWholeFile: true,
      integrity: true,
      signer: { name: 'Examiner Қ', recognition: 'trusted', signingTime: noon, valid: true },
      signature: { subFilter: 'ETSI.CAdES.detached' },
    });
  });

  it('moves no byte: it differs from the unsigned file in the range and the value alone', () => {
    expect(signed.length).toBe(unsigned.bytes.length);
    const { start, end } = readPdfSignatures(signed)[0]!.room;
    const elsewhere = [...signed.keys()].filter((i) => signed[i] !== unsigned.bytes[i] && (i < start || i >= end));
    const range = Buffer.from(signed).indexOf('/ByteRange [0 ', unsigned.signatureAt ?? 0);
    expect(elsewhere.every((i) => i > range && i < range + 60)).toBe(true);
  });

  it('states its time in the PDF and not in the CMS, as PAdES asks', () => {
    const { cms, signingTime } = readPdfSignatures(signed)[0]!;
    expect(signingTime).toEqual(noon);
    // 1.2.840.113549.1.9.5, and 1.2.840.113549.1.9.16.2.47 beside it
    expect(Buffer.from(cms).includes(Buffer.from('06092a864886f70d010905', 'hex'))).toBe(false);
    expect(Buffer.from(cms).includes(Buffer.from('060b2a864886f70d010910022f', 'hex'))).toBe(true);
  });

  it('fails for any bit that is flipped anywhere', () => {
    fc.assert(
      fc.property(fc.nat(signed.length - 1), fc.nat(7), (at, bit) => {
        const changed = Uint8Array.from(signed);
        changed[at] = (changed[at] ?? 0) ^ (1 << bit);
        const results = verifyPdfSignatures(changed);
        // A digit of the value may change its case: a to A is the same value.
        const before = String.fromCharCode(signed[at] ?? 0);
        const after = String.fromCharCode(changed[at] ?? 0);
        const { start, end } = readPdfSignatures(signed)[0]!.room;
        fc.pre(!(at > start && at < end && before.toLowerCase() === after.toLowerCase()));
        expect(results.some(({ integrity, coversWholeFile }) => integrity && coversWholeFile)).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  it('says that something was added after it was signed', () => {
    const text = '\n5 0 obj\n<<>>\nendobj\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Size 6 /Prev ';
    const before = /startxref\n(\d+)\n%%EOF\n$/.exec(Buffer.from(signed).toString('latin1'))?.[1] ?? '';
    const xref = signed.length + text.indexOf('xref');
    const added = Buffer.concat([signed, Buffer.from(`${text}${before} >>\nstartxref\n${xref}\n%%EOF\n`)]);
    const [only] = verifyPdfSignatures(added);
    expect(only).toMatchObject({ coversWholeFile: false, integrity: true });
    expect(failures(only?.checks ?? [])).toContain('pdf-covers-file PDF');
  });

  it('takes nothing that a title or a name says for a signature', () => {
    expect(readPdfSignatures(signed)).toHaveLength(1);
    expect(verifyPdfSignatures(unsigned.bytes.map((b) => b)).every(({ integrity }) => !integrity)).toBe(true);
  });

  it("has room for a timestamp afterwards: a CMS of 16 kB more fits, and the rest of the room's bytes are nobody's", async () => {
    const { room: place, byteRange, cms } = readPdfSignatures(signed)[0]!;
    const again = putCms(signed, place, cms);
    expect(Buffer.compare(again, signed)).toBe(0);
    expect((place.end - place.start - 2) / 2 - cms.length).toBeGreaterThanOrEqual(16 * 1024);
    const other = await signDetached(signedBytes(signed, byteRange), await makeSigner());
    expect(verifyPdfSignatures(putCms(signed, place, other))[0]).toMatchObject({
      integrity: true,
      coversWholeFile: true,
    });
    expect(() => putCms(signed, place, new Uint8Array(64 * 1024))).toThrow('room');
    const hidden = Uint8Array.from(signed);
    hidden[place.end - 2] = '1'.charCodeAt(0);
    expect(failures(verifyPdfSignatures(hidden)[0]?.checks ?? [])).toEqual(['pdf-signature-readable PDF']);
  });

  it('fails where the signer left out more than the signature itself: something could be changed in the gap', async () => {
    const { room: place, byteRange } = readPdfSignatures(signed)[0]!;
    const wide = [0, place.start - 20, byteRange[2], byteRange[3]] as const;
    const file = Buffer.from(signed);
    const at = file.indexOf('/ByteRange [0 ', unsigned.signatureAt ?? 0);
    const end = file.indexOf(']', at);
    file.write(`/ByteRange [${wide.join(' ')}`.padEnd(end - at), at, 'latin1');
    const made = putCms(file, place, await signDetached(signedBytes(file, wide), signer));
    expect(failures(verifyPdfSignatures(made)[0]?.checks ?? [])).toEqual(['pdf-signature-readable PDF']);
  });

  it('never crashes on what is left of it', () => {
    for (let end = 0; end < signed.length; end += 997)
      expect(verifyPdfSignatures(signed.subarray(0, end)).every(({ integrity }) => !integrity)).toBe(true);
    fc.assert(fc.property(fc.uint8Array({ maxLength: 400 }), (bytes) => void verifyPdfSignatures(bytes)));
    const circle = '%PDF-1.7\nxref\n0 1\n0000000000 65535 f \ntrailer\n<< /Prev 9 >>\nstartxref\n9\n%%EOF\n';
    expect(verifyPdfSignatures(Buffer.from(circle))[0]?.checks[0]).toMatchObject({
      code: 'pdf-signature-readable',
      outcome: 'failed',
    });
  });

  it('is not signed outside the validity of the certificate', async () => {
    const late = { ...room, signingTime: new Date('2060-01-01T00:00:00Z') };
    await expect(signPdf(unsigned.bytes, unsigned.signatureAt ?? -1, late, signer)).rejects.toMatchObject({
      code: 'certificate-not-valid-now',
    });
  });
});
