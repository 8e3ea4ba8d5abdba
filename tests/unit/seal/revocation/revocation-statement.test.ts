import { beforeAll, describe, expect, it } from 'vitest';
import { readRevocation, writeRevocation } from '../../../../src/seal/revocation/revocation-statement.ts';
import { checkRevocation } from '../../../../src/seal/signature/check-revocation.ts';
import type { Signer } from '../../../../src/seal/signer/signer.ts';
import { makeSigner, noon } from '../fixtures.ts';

const since = new Date('2025-05-01T00:00:00Z');
const before = new Date('2025-04-01T00:00:00Z');
const after = new Date('2025-05-02T00:00:00Z');
let signer: Signer;
let text: string;

beforeAll(async () => {
  signer = await makeSigner();
  text = await writeRevocation(signer, { since, reason: 'key-lost-to-others', now: noon });
});

describe('a statement that withdraws an identity', () => {
  it('is read as it was written, and is signed with the key that it withdraws', () => {
    expect(readRevocation(text)).toEqual({
      fingerprint: signer.certificate.sha256,
      name: 'Examiner',
      since,
      signedAt: noon,
      reason: 'key-lost-to-others',
    });
  });

  it('holds no other date, name or certificate than it was signed with', async () => {
    const file = JSON.parse(text) as { statement: string };
    for (const statement of [
      file.statement.replace('2025-05-01', '2025-05-09'),
      file.statement.replace('Examiner', 'Somebody'),
      '{}',
      '',
    ])
      expect(() => readRevocation(JSON.stringify({ ...file, statement }))).toThrow('revocation-unusable');
    const other = await makeSigner({ subject: { commonName: 'Other' } });
    const theirs = JSON.parse(await writeRevocation(other, { since, reason: 'not-stated', now: noon })) as object;
    expect(() => readRevocation(JSON.stringify({ ...theirs, statement: file.statement }))).toThrow(
      'revocation-unusable',
    );
    for (const nonsense of ['', '{', '[]', '{"schema":"assay.revocation/1"}', 'null'])
      expect(() => readRevocation(nonsense)).toThrow('revocation-unusable');
  });
});

describe('checkRevocation', () => {
  const judged = (times: Parameters<typeof checkRevocation>[1]): string => {
    const { check, isDoubtful } = checkRevocation(signer.certificate, times, [readRevocation(text)]);
    return `${check.code} ${check.outcome}${isDoubtful ? ' doubtful' : ''}`;
  };

  it('believes a trusted time, doubts a claimed one, and nothing else', () => {
    expect(judged({ attested: before, signingTime: before })).toBe('revoked-later passed');
    expect(judged({ signingTime: before })).toBe('revoked-claimed-before not-checked doubtful');
    expect(judged({ signingTime: after })).toBe('revoked failed');
    expect(judged({ attested: after, signingTime: before })).toBe('revoked failed');
    expect(judged({})).toBe('revoked failed');
  });

  it('believes the clock of one who gave the identity up with the key in hand', () => {
    for (const reason of ['superseded', 'left-service'] as const) {
      const known = [{ ...readRevocation(text), reason }];
      const { check, isDoubtful } = checkRevocation(signer.certificate, { signingTime: before }, known);
      expect([check.code, check.outcome, isDoubtful]).toEqual(['revoked-orderly', 'not-checked', false]);
      expect(checkRevocation(signer.certificate, { signingTime: after }, known).check.outcome).toBe('failed');
    }
  });

  it('says that nobody was asked where no statement is known, and takes the earliest of several', () => {
    expect(checkRevocation(signer.certificate, {}, []).check).toMatchObject({
      code: 'revocation',
      outcome: 'not-checked',
    });
    const one = readRevocation(text);
    const { check } = checkRevocation(signer.certificate, { attested: before }, [{ ...one, since: before }, one]);
    expect(check.code).toBe('revoked');
  });
});
