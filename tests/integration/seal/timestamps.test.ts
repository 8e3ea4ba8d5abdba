import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { isAssayError } from '../../../src/base/errors.ts';
import { oid } from '../../../src/seal/asn1/object-identifiers.ts';
import { objectIdentifier, smallInteger, tag, wrap } from '../../../src/seal/asn1/write-der.ts';
import { readCertificate } from '../../../src/seal/certificate/read-certificate.ts';
import type { Certificate } from '../../../src/seal/certificate/certificate.ts';
import { readRevocation, writeRevocation } from '../../../src/seal/revocation/revocation-statement.ts';
import { sealVerdict } from '../../../src/seal/signature/seal-verdict.ts';
import { signDetached } from '../../../src/seal/signature/sign-detached.ts';
import { verifyDetached } from '../../../src/seal/signature/verify-detached.ts';
import type { Signer } from '../../../src/seal/signer/signer.ts';
import { embedTimestamp, signatureValue } from '../../../src/seal/timestamp/embed-timestamp.ts';
import { readTimestampResponse } from '../../../src/seal/timestamp/read-timestamp-response.ts';
import { makeTimestampRequest, readTimestampRequest } from '../../../src/seal/timestamp/timestamp-request.ts';
import { verifyTimestamp } from '../../../src/seal/timestamp/verify-timestamp.ts';
import { checkTimestamp } from '../../../src/workbench/timestamps/check-timestamp.ts';
import { failures, flipBit, makeSigner, outcomeOf } from '../../unit/seal/fixtures.ts';
import { openssl, shell } from './openssl.ts';
import { makeAuthority, type TimestampAuthority } from './timestamp-authority.ts';

const content = Buffer.from('a manifest\n');
const hour = 3_600_000;
const signingTime = new Date(Math.floor(Date.now() / 1000) * 1000);
let folder: string;
let authority: TimestampAuthority;
let ca: Certificate;
let signer: Signer;
let cms: Uint8Array;
let token: Uint8Array;
let stamped: Uint8Array;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'assay-timestamps-'));
  authority = await makeAuthority(folder, 'Almaty');
  ca = readCertificate(await readFile(authority.caPath, 'utf8'));
  signer = await makeSigner({ notBefore: new Date(signingTime.getTime() - hour) });
  cms = await signDetached(content, signer, { signingTime });
  token = await tokenFor(authority, signatureValue(cms));
  stamped = embedTimestamp(cms, token);
  await writeFile(join(folder, 'content'), content);
  await writeFile(join(folder, 'stamped.p7s'), stamped);
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function answerFor(by: TimestampAuthority, value: Uint8Array): Promise<Uint8Array> {
  const request = makeTimestampRequest(createHash('sha256').update(value).digest(), randomBytes(8));
  const path = join(folder, `${randomBytes(4).toString('hex')}.tsq`);
  await writeFile(path, request);
  return readFile(await by.reply(path, path.replace('.tsq', '.tsr')));
}

async function tokenFor(by: TimestampAuthority, value: Uint8Array): Promise<Uint8Array> {
  const response = readTimestampResponse(await answerFor(by, value));
  if (!response.granted) throw new Error(response.words);
  return response.token;
}

/** TSTInfo of RFC 3161 §2.4.2 over these bytes. */
function timestampInfo(bytes: Uint8Array, at: Date): Uint8Array {
  const hash = createHash('sha256').update(bytes).digest();
  const time = `${at.toISOString().replace(/\..*|[-:T]/g, '')}Z`;
  return wrap(
    tag.sequence,
    smallInteger(1),
    objectIdentifier('1.2.3.4.1'),
    wrap(tag.sequence, wrap(tag.sequence, objectIdentifier(oid.sha256)), wrap(tag.octetString, hash)),
    smallInteger(9),
    wrap(0x18, Buffer.from(time, 'latin1')),
  );
}

describe('a request for a timestamp', () => {
  it('is read by openssl as it was meant', async () => {
    const nonce = Buffer.from('8091a2b3c4d5e6f7', 'hex');
    await writeFile(join(folder, 'ours.tsq'), makeTimestampRequest(createHash('sha256').update('x').digest(), nonce));
    const text = openssl(['ts', '-query', '-in', 'ours.tsq', '-text'], folder);
    expect(text).toContain('Hash Algorithm: sha256');
    expect(text).toContain('Certificate required: yes');
    expect(text).toContain('Nonce: 0x4091A2B3C4D5E6F7');
  });

  it('is read by us as openssl meant it', async () => {
    openssl(
      ['ts', '-query', '-data', 'content', '-sha512', '-cert', '-tspolicy', '1.2.3.4.5', '-out', 'x.tsq'],
      folder,
    );
    const { imprint, nonce } = readTimestampRequest(await readFile(join(folder, 'x.tsq')));
    expect(Buffer.from(imprint.hash)).toEqual(createHash('sha512').update(content).digest());
    expect(openssl(['ts', '-query', '-in', 'x.tsq', '-text'], folder)).toContain(`0x${nonce!.toUpperCase()}`);
  });
});

describe('a timestamp of openssl', () => {
  it('attests the time when its authority is trusted', () => {
    const { checks, info, attested } = verifyTimestamp(token, signatureValue(cms), {
      authorities: [ca],
      subject: 'Examiner',
    });
    expect(checks.map(({ code, outcome }) => `${code} ${outcome}`)).toEqual([
      'timestamp-imprint passed',
      'timestamp-signature passed',
      'timestamp-authority passed',
      'timestamp-token passed',
    ]);
    expect(attested?.by).toBe('Almaty clock');
    expect(attested?.path.map(({ name }) => name)).toEqual(['Almaty clock', 'Almaty root']);
    expect(Math.abs(attested!.at.getTime() - Date.now())).toBeLessThan(120_000);
    expect(info).toMatchObject({ policy: '1.2.3.4.1', accuracyMs: 1501 });
  });

  it('attests nothing when nobody vouches for its authority', () => {
    const { checks, attested } = verifyTimestamp(token, signatureValue(cms), { authorities: [], subject: 'x' });
    expect(outcomeOf(checks, 'timestamp-token')).toBe('not-checked');
    expect(attested).toBeUndefined();
  });

  it('is refused about other bytes', () => {
    const { checks, attested } = verifyTimestamp(token, Buffer.from('other'), { authorities: [ca], subject: 'x' });
    expect(failures(checks)).toEqual(['timestamp-imprint x']);
    expect(attested).toBeUndefined();
  });

  it('is refused from a certificate that is not meant for timestamps alone, or was not valid then', async () => {
    // openssl answers no request with such a certificate, so the token is made by hand and signed as a CMS message.
    const judged = async (usage: string, at: Date): Promise<readonly string[]> => {
      const careless = await makeAuthority(folder, randomBytes(4).toString('hex'), { usage });
      await writeFile(join(careless.folder, 'info.der'), timestampInfo(content, at));
      openssl(
        [
          ...['cms', '-sign', '-in', 'info.der', '-binary', '-nodetach', '-nosmimecap', '-cades', '-md', 'sha256'],
          ...['-econtent_type', oid.timestampInfo, '-signer', 'tsa.pem', '-inkey', 'tsa.key'],
          ...['-outform', 'DER', '-out', 'token.der'],
        ],
        careless.folder,
      );
      const made = await readFile(join(careless.folder, 'token.der'));
      const root = readCertificate(await readFile(careless.caPath, 'utf8'));
      const { checks, attested } = verifyTimestamp(made, content, { authorities: [root], subject: 'x' });
      return [...failures(checks), attested === undefined ? 'not attested' : 'attested'];
    };
    const now = new Date(Date.now() + 60_000);
    expect(await judged('critical,timeStamping', now)).toEqual(['attested']);
    for (const usage of ['timeStamping', 'critical,timeStamping,emailProtection', 'critical,codeSigning'])
      expect(await judged(usage, now), usage).toEqual(['timestamp-authority x', 'not attested']);
    const longAgo = new Date('2001-01-01T00:00:00Z');
    expect(await judged('critical,timeStamping', longAgo)).toEqual(['timestamp-authority x', 'not attested']);
  });

  it('may name its certificate by SHA-1 or SHA-256, and sign with an elliptic curve', async () => {
    for (const [name, options] of [
      ['Old', { nameBy: 'sha1' }],
      ['Curve', { key: ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-384'] }],
    ] as const) {
      const other = await makeAuthority(folder, name, options);
      const root = readCertificate(await readFile(other.caPath, 'utf8'));
      const { attested } = verifyTimestamp(await tokenFor(other, content), content, {
        authorities: [root],
        subject: 'x',
      });
      expect(attested?.by).toBe(`${name} clock`);
    }
  });

  it('says in words when it was not granted', async () => {
    openssl(['ts', '-query', '-data', 'content', '-sha1', '-cert', '-out', 'weak.tsq'], folder);
    const answer = await authority.reply(join(folder, 'weak.tsq'), join(folder, 'weak.tsr'));
    expect(readTimestampResponse(await readFile(answer))).toMatchObject({ granted: false, status: 2 });
  });
});

describe('an answer held against its request', () => {
  const checked = async (changes: { nonce?: string; asked?: boolean; value?: Uint8Array; trusted?: boolean } = {}) => {
    const { asked = true, value = signatureValue(cms), trusted = true } = changes;
    const sha256 = createHash('sha256').update(value).digest();
    const own = verifyTimestamp(token, signatureValue(cms), { authorities: [], subject: 'x' }).info?.nonce;
    const request = { imprint: { algorithm: oid.sha256, hash: sha256 }, nonce: changes.nonce ?? own ?? '' };
    try {
      const { attested } = await checkTimestamp(
        { path: 'answer.tsr', bytes: token },
        {
          report: 'R001',
          stampables: [{ value, sha256 }],
          requestsFor: () => Promise.resolve(asked ? [request] : []),
          authorities: trusted ? [ca] : [],
        },
      );
      return attested.by;
    } catch (error) {
      return isAssayError(error) ? error.code : error;
    }
  };

  it('is taken when all fits, and refused with the reason when one thing does not', async () => {
    expect(await checked()).toBe('Almaty clock');
    expect(await checked({ nonce: 'abcdef' })).toBe('timestamp-other-nonce');
    expect(await checked({ asked: false })).toBe('timestamp-unasked');
    expect(await checked({ value: Buffer.from('other') })).toBe('timestamp-other-imprint');
    expect(await checked({ trusted: false })).toBe('timestamp-untrusted');
  });
});

describe('a signature with a timestamp', () => {
  const trust = () => ({ trusted: [signer.certificate], timestampAuthorities: [ca] });

  it('holds for openssl as before, and its token too', async () => {
    const verify = 'openssl cms -verify -binary -inform DER -in stamped.p7s -content content -noverify -out /dev/null';
    expect(shell(verify, folder)).toMatchObject({ status: 0 });
    expect(openssl(['cms', '-cmsout', '-print', '-inform', 'DER', '-in', 'stamped.p7s'], folder)).toContain(
      'id-smime-aa-timeStampToken',
    );
    await writeFile(join(folder, 'token.der'), token);
    await writeFile(join(folder, 'value'), signatureValue(stamped));
    const check = `openssl ts -verify -data value -in token.der -token_in -CAfile ${authority.caPath}`;
    expect(shell(check, folder)).toMatchObject({
      status: 0,
      output: expect.stringContaining('Verification: OK') as string,
    });
  });

  it('is attested, valid, and changes nothing of what was signed', () => {
    const verification = verifyDetached(content, stamped, trust());
    expect(failures(verification.checks)).toEqual([]);
    expect(sealVerdict(verification)).toBe('valid');
    expect(verification.signers[0]?.attested?.by).toBe('Almaty clock');
    expect(signatureValue(stamped)).toEqual(signatureValue(cms));
    expect(embedTimestamp(stamped, token)).toEqual(stamped);
  });

  it('loses its word when any bit is turned, in the timestamp too', () => {
    const unsaid = [];
    for (let bit = 0; bit < stamped.length * 8; bit += 23) {
      const verification = verifyDetached(content, flipBit(stamped, bit), trust());
      // A turned bit in the issuer's name of a root that came along makes it one whose issuer nobody knows: that is said.
      const isSaid = outcomeOf(verification.checks, 'timestamp-certificates') === 'not-checked';
      if (sealVerdict(verification) !== 'invalid' && !isSaid) unsaid.push(bit);
    }
    expect(unsaid).toEqual([]);
  });

  it('is refused when the timestamp is of another signature', async () => {
    const other = await signDetached(content, signer, { signingTime: new Date(signingTime.getTime() + 1000) });
    const { checks } = verifyDetached(content, embedTimestamp(other, token), trust());
    expect(failures(checks)).toEqual(['timestamp-imprint Examiner']);
  });

  it('may carry nothing beside it that no signature covers', () => {
    const hex = Buffer.from(stamped).toString('hex');
    const type = Buffer.from(objectIdentifier(oid.timeStampToken)).toString('hex');
    const unknown = Buffer.from(hex.replace(type, type.replace(/0e$/, '7f')), 'hex');
    expect(failures(verifyDetached(content, unknown, trust()).checks)).toEqual(['unsigned-attributes Examiner']);
  });

  it('outlives the withdrawal of its signer, and no other signature does', async () => {
    const text = await writeRevocation(signer, {
      since: new Date(Date.now() + hour),
      reason: 'key-lost-to-others',
      now: signingTime,
    });
    const revocation = readRevocation(text);
    const with1 = (since: Date) => ({ ...trust(), revocations: [{ ...revocation, since }] });
    const later = new Date(Date.now() + hour);
    const earlier = new Date(signingTime.getTime() - 1000);
    const verdict = (bytes: Uint8Array, since: Date) => sealVerdict(verifyDetached(content, bytes, with1(since)));
    expect(verdict(stamped, later)).toBe('valid');
    expect(verdict(cms, later)).toBe('signer-unknown');
    expect(verdict(stamped, earlier)).toBe('invalid');
    expect(verdict(cms, earlier)).toBe('invalid');
  });
});
