import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readDer } from '../../../../src/seal/asn1/der.ts';
import { objectIdentifier, tag, wrap } from '../../../../src/seal/asn1/write-der.ts';
import { longestComment, readCommitment, writeCommitment } from '../../../../src/seal/signature/commitment.ts';
import { signDetached } from '../../../../src/seal/signature/sign-detached.ts';
import { verifyDetached } from '../../../../src/seal/signature/verify-detached.ts';
import { flipBit, makeSigner, noon } from '../fixtures.ts';

const read = (der: Uint8Array) => readCommitment(readDer(der));

describe('a commitment', () => {
  it('is read as it was written', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('examiner', 'reviewer'),
        fc.stringMatching(/^[\p{L}\d][\p{L}\d .,:;!?-]{0,80}[\p{L}\d]$/u),
        (role: 'examiner' | 'reviewer', comment) => {
          const back = read(writeCommitment({ role, comment }));
          return back.role === role && back.comment === comment.normalize('NFC');
        },
      ),
    );
    expect(read(writeCommitment({ role: 'reviewer' }))).toEqual({
      role: 'reviewer',
      type: '1.2.840.113549.1.9.16.6.5',
    });
  });

  it('refuses comments that are empty, too long, or steer a terminal', () => {
    for (const comment of ['', '  ', 'x'.repeat(longestComment + 1), 'a\nb', 'a\u202Eb', '\u001b[31mred'])
      expect(() => writeCommitment({ role: 'reviewer', comment })).toThrow('signature-comment-unusable');
  });

  it('keeps what it has no word for under its identifier', () => {
    const receipt = '1.2.840.113549.1.9.16.6.2';
    expect(read(wrap(tag.sequence, objectIdentifier(receipt)))).toEqual({ role: 'other', type: receipt });
  });

  it('reads random bytes without anything but a complaint', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 60 }), (bytes) => {
        expect(() => read(wrap(tag.sequence, bytes))).toThrow(/./);
      }),
    );
  });

  it('cannot be changed in a signature', async () => {
    const signer = await makeSigner();
    const content = Buffer.from('manifest\n');
    const signature = await signDetached(content, signer, {
      signingTime: noon,
      commitment: { role: 'reviewer', comment: 'Read and agreed.' },
    });
    const at = Buffer.from(signature).indexOf('Read and agreed.') * 8;
    for (let bit = at - 300; bit < at + 128; bit += 1)
      expect(verifyDetached(content, flipBit(signature, bit)).signers.some(({ valid }) => valid)).toBe(false);
  });
});
