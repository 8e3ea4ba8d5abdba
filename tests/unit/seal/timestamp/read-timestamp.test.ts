import * as asn1 from 'asn1js';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { MalformedAsn1, toDer } from '../../../../src/seal/asn1/der.ts';
import { oid } from '../../../../src/seal/asn1/object-identifiers.ts';
import { objectIdentifier, smallInteger, tag, wrap } from '../../../../src/seal/asn1/write-der.ts';
import { embedTimestamp, signatureValue } from '../../../../src/seal/timestamp/embed-timestamp.ts';
import { readTimestampInfo } from '../../../../src/seal/timestamp/read-timestamp-info.ts';
import { readTimestampResponse } from '../../../../src/seal/timestamp/read-timestamp-response.ts';
import { makeTimestampRequest, readTimestampRequest } from '../../../../src/seal/timestamp/timestamp-request.ts';
import { verifyTimestamp } from '../../../../src/seal/timestamp/verify-timestamp.ts';
import { flipBit } from '../fixtures.ts';

const generalizedTimeTag = 0x18;
const time = (text: string): Uint8Array => wrap(generalizedTimeTag, Buffer.from(text, 'latin1'));
const number = (value: bigint): Uint8Array => toDer(asn1.Integer.fromBigInt(value));
const imprint = wrap(
  tag.sequence,
  wrap(tag.sequence, objectIdentifier(oid.sha256)),
  wrap(tag.octetString, new Uint8Array(32)),
);

function info(parts: { at?: string; more?: readonly Uint8Array[] } = {}): Uint8Array {
  const { at = '20260314092653Z', more = [] } = parts;
  return wrap(tag.sequence, smallInteger(1), objectIdentifier('1.2.3.4.1'), imprint, number(77n), time(at), ...more);
}

/** Every reader either reads or complains in its own words. */
function complains(read: (bytes: Uint8Array) => unknown, bytes: Uint8Array): boolean {
  try {
    read(bytes);
    return true;
  } catch (error) {
    return error instanceof MalformedAsn1;
  }
}

const readers = [readTimestampRequest, readTimestampResponse, readTimestampInfo, signatureValue] as const;

describe('readers of timestamps', () => {
  it('meet random bytes, also inside a sequence, with a complaint of their own', () => {
    for (const read of readers)
      fc.assert(
        fc.property(fc.uint8Array({ maxLength: 200 }), fc.boolean(), (bytes, isWrapped) =>
          complains(read, isWrapped ? wrap(tag.sequence, bytes) : bytes),
        ),
      );
  });

  it('meet every truncation and every turned bit of a request and of an information with one', () => {
    const request = makeTimestampRequest(new Uint8Array(32), Buffer.from('0102030405060708', 'hex'));
    for (const [read, whole] of [
      [readTimestampRequest, request],
      [readTimestampInfo, info({ more: [number(5n)] })],
    ] as const) {
      for (let length = 0; length < whole.length; length += 1)
        expect(() => read(whole.subarray(0, length)), String(length)).toThrow(MalformedAsn1);
      for (let bit = 0; bit < whole.length * 8; bit += 1) expect(complains(read, flipBit(whole, bit))).toBe(true);
    }
  });
});

describe('a request', () => {
  it('is read as it was made, whatever is stamped and whatever the nonce', () => {
    fc.assert(
      fc.property(
        fc.uint8Array({ minLength: 32, maxLength: 32 }),
        fc.uint8Array({ minLength: 8, maxLength: 20 }),
        (sha256, nonce) => {
          const read = readTimestampRequest(makeTimestampRequest(sha256, nonce));
          expect(Buffer.from(read.imprint.hash)).toEqual(Buffer.from(sha256));
          expect(read.imprint.algorithm).toBe(oid.sha256);
          // The first two bits are set by the maker; all others are the caller's.
          expect(read.nonce?.slice(2)).toBe(Buffer.from(nonce).toString('hex').slice(2));
        },
      ),
    );
  });
});

describe('the information in a timestamp', () => {
  it('tells time, accuracy, nonce and number as they stand there', () => {
    const accuracy = wrap(tag.sequence, smallInteger(2), wrap(0x80, Uint8Array.of(5)), wrap(0x81, Uint8Array.of(1)));
    const ordering = toDer(new asn1.Boolean({ value: true }));
    const read = readTimestampInfo(info({ at: '20260314092653.25Z', more: [accuracy, ordering, number(0xabcdefn)] }));
    expect(read).toMatchObject({
      policy: '1.2.3.4.1',
      serialNumber: '4d',
      accuracyMs: 2006,
      nonce: 'abcdef',
      generatedAt: new Date('2026-03-14T09:26:53.250Z'),
    });
  });

  it('takes no time that is none, has another zone, or another form', () => {
    for (const at of [
      '20260230000000Z',
      '20260314092653',
      '20260314092653+0500',
      '20260314092653.0Z',
      '20260314092653.Z',
      '202603140926Z',
      '20261314092653Z',
    ])
      expect(() => readTimestampInfo(info({ at })), at).toThrow(MalformedAsn1);
  });

  it('refuses a critical extension, and numbers in a second form', () => {
    const extension = wrap(
      tag.sequence,
      objectIdentifier('1.2.3'),
      toDer(new asn1.Boolean({ value: true })),
      wrap(tag.octetString, new Uint8Array(1)),
    );
    expect(() => readTimestampInfo(info({ more: [wrap(tag.context1, extension)] }))).toThrow('critical');
    expect(() => readTimestampInfo(info({ more: [wrap(0x02, Uint8Array.of(0, 5))] }))).toThrow('plain number');
    expect(() => readTimestampInfo(info({ more: [wrap(0x02, Uint8Array.of(0x85))] }))).toThrow('plain number');
  });
});

describe('an answer', () => {
  it('that was not granted says so in the authority’s words, made visible', () => {
    const words = toDer(new asn1.Utf8String({ value: 'policy\u001b[31m unknown' }));
    const refused = wrap(tag.sequence, wrap(tag.sequence, smallInteger(2), wrap(tag.sequence, words)));
    expect(readTimestampResponse(refused)).toEqual({ granted: false, status: 2, words: 'policy\uFFFD[31m unknown' });
  });

  it('that was granted without a timestamp is none', () => {
    expect(() => readTimestampResponse(wrap(tag.sequence, wrap(tag.sequence, smallInteger(0))))).toThrow(
      'no timestamp',
    );
  });
});

describe('verifyTimestamp', () => {
  it('says of anything else than a token that it cannot be read', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const { checks, attested } = verifyTimestamp(bytes, new Uint8Array(), { authorities: [], subject: 'x' });
        return attested === undefined && checks.every(({ code }) => code === 'timestamp-readable');
      }),
    );
  });
});

describe('embedTimestamp', () => {
  it('puts nothing into what is no signature', () => {
    expect(() => embedTimestamp(info(), info())).toThrow(MalformedAsn1);
  });
});
