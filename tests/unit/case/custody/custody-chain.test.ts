import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseEntry, readChain } from '../../../../src/case/custody/custody-chain.ts';
import { entryDigest, entryLine, noEntry } from '../../../../src/case/custody/custody-digest.ts';
import { signDrafts } from '../../../../src/case/custody/custody-log.ts';
import type { CustodySigner } from '../../../../src/case/custody/custody-signer.ts';
import { splitLog } from '../../../../src/case/custody/log-lines.ts';
import type { CustodyEntry } from '../../../../src/case/custody-entry.ts';

const signer: CustodySigner = {
  ...{ actor: 'The examiner', key: 'a'.repeat(64), certificateChainPem: [], fingerprint: 'b'.repeat(64) },
  practice: false,
  sign: (hash) => Buffer.from(hash).toString('base64'),
};
const clock = () => new Date('2026-03-14T15:00:00Z');

const log = (count: number): CustodyEntry[] =>
  signDrafts(
    Array.from({ length: count }, (_, index) => ({
      action: 'exhibit.already-present' as const,
      subject: 'E001',
      detail: { path: `file ${String(index)}`, sha256: 'c'.repeat(64) },
    })),
    undefined,
    signer,
    clock,
  );
const read = (entries: readonly CustodyEntry[]) =>
  readChain(splitLog(Buffer.from(entries.map(entryLine).join(''))).lines);
const at = <T>(list: readonly T[], index: number): T => list[index] as T;

describe('readChain', () => {
  it('finds nothing wrong with a log that the same code wrote, of any length', () => {
    fc.assert(
      fc.property(fc.nat(12), (count) => {
        const { entries, problems } = read(log(count));
        expect(problems).toEqual([]);
        expect(entries).toHaveLength(count);
      }),
    );
  });

  it('names the entry whose content was altered', () => {
    fc.assert(
      fc.property(fc.nat(5), fc.constantFrom('actor', 'subject', 'action'), (index, field) => {
        const entries = log(6);
        entries[index] = { ...at(entries, index), [field]: 'another' };
        expect(read(entries).problems).toEqual([{ kind: 'altered', entry: index }]);
      }),
    );
  });

  it('counts the detail, the time and the key as content', () => {
    for (const change of [{ detail: {} }, { at: '2020-01-01T00:00:00.000Z' }, { key: 'd'.repeat(64) }]) {
      const entries = log(3);
      entries[1] = { ...at(entries, 1), ...change };
      expect(read(entries).problems).toEqual([{ kind: 'altered', entry: 1 }]);
    }
  });

  it('names the entry after one that was rewritten with its hash', () => {
    const entries = log(6);
    const changed = { ...at(entries, 2), subject: 'E999' };
    entries[2] = { ...changed, hash: entryDigest(changed) };
    expect(read(entries).problems).toEqual([{ kind: 'unlinked', entry: 3 }]);
  });

  it('names the entries that were removed from the middle or the beginning', () => {
    fc.assert(
      fc.property(fc.nat(4), fc.integer({ min: 1, max: 4 }), (from, count) => {
        const entries = log(10);
        entries.splice(from, count);
        expect(read(entries).problems).toEqual([{ kind: 'missing', entry: from, to: from + count - 1 }]);
      }),
    );
  });

  it('finds any two entries that changed places', () => {
    fc.assert(
      fc.property(fc.nat(7), fc.nat(7), (a, b) => {
        fc.pre(a !== b);
        const entries = log(8);
        [entries[a], entries[b]] = [at(entries, b), at(entries, a)];
        expect(read(entries).problems).not.toEqual([]);
      }),
    );
  });

  it('names an entry that stands there twice', () => {
    const entries = log(4);
    entries.splice(2, 0, at(entries, 1));
    expect(read(entries).problems).toEqual([{ kind: 'out-of-order', entry: 1 }]);
  });

  it('names a line that is no entry and goes on behind it', () => {
    const lines = log(4).map((entry) => Buffer.from(entryLine(entry).trimEnd()));
    lines[1] = Buffer.from('not an entry');
    const { entries, problems } = readChain(lines);
    expect(problems).toEqual([{ kind: 'malformed', entry: 1 }]);
    expect(entries.map(({ seq }) => seq)).toEqual([0, 2, 3]);
  });

  it('starts from 64 zeros', () => {
    expect(at(log(1), 0).prev).toBe(noEntry);
  });
});

describe('parseEntry', () => {
  const line = Buffer.from(entryLine(at(log(1), 0)).trimEnd());

  it('reads its own line', () => {
    expect(parseEntry(line)).toEqual(at(log(1), 0));
  });

  it('refuses another form of the same content, a byte more, a byte less, and never throws', () => {
    const loose = JSON.stringify(JSON.parse(line.toString()), null, 1);
    expect(parseEntry(Buffer.from(loose))).toBeUndefined();
    expect(parseEntry(Buffer.concat([line, Buffer.from(' ')]))).toBeUndefined();
    fc.assert(fc.property(fc.nat(line.length - 1), (end) => parseEntry(line.subarray(0, end)) === undefined));
    fc.assert(fc.property(fc.uint8Array(), (bytes) => parseEntry(Buffer.from(bytes)) === undefined));
  });
});

describe('splitLog', () => {
  it('keeps every byte, in lines or in the rest', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom(0x0a, 0x61, 0xff)), (bytes) => {
        const { lines, rest, wholeBytes } = splitLog(Buffer.from(bytes));
        const joined = Buffer.concat([...lines.flatMap((part) => [part, Buffer.from('\n')]), rest]);
        expect([...joined]).toEqual(bytes);
        expect(wholeBytes).toBe(bytes.length - rest.length);
      }),
    );
  });
});
