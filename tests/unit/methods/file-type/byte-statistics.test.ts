import { describe, expect, it } from 'vitest';
import { ByteHistogram } from '../../../../src/methods/file-type/byte-statistics.ts';
import { searchSignatures } from '../../../../src/methods/file-type/search-signatures.ts';

const statisticsOf = (...pieces: number[][]) => {
  const histogram = new ByteHistogram();
  for (const piece of pieces) histogram.add(Uint8Array.from(piece));
  return histogram.statistics();
};

describe('entropy', () => {
  it('is 0 for one value, 1 for two in equal number, 8 for all', () => {
    expect(statisticsOf([5, 5, 5]).entropyBits).toBe(0);
    expect(statisticsOf([1, 2], [1, 2]).entropyBits).toBe(1);
    expect(statisticsOf(Array.from({ length: 256 }, (_, index) => index)).entropyBits).toBe(8);
  });

  it('of nothing is 0', () => {
    expect(statisticsOf()).toEqual({ entropyBits: 0, zeroShare: 0 });
  });

  it('comes with the share of zeros', () => {
    expect(statisticsOf([0, 0, 0, 9]).zeroShare).toBe(0.75);
  });
});

describe('known beginnings', () => {
  const search = (text: string) => searchSignatures(Uint8Array.from(Buffer.from(text, 'latin1')));

  it('are found at their offset, in order', () => {
    expect(search('..%PDF-1..\x89PNG\r\n\x1a\n')).toEqual([
      { format: 'pdf', offset: 2 },
      { format: 'png', offset: 10 },
    ]);
  });

  it('of a movie are found at the box, not at its type', () => {
    expect(search('ab\0\0\0\x14ftypisom\0\0\0\0mp41')).toEqual([{ format: 'iso-base-media', offset: 2 }]);
  });

  it.each(['ftyp', 'RIFFxxxxyyyy', '\xff\xd8\xff\x00', 'PK\x03\x04aaaa', 'PNG'])(
    'need what belongs around them: %j',
    (text) => {
      expect(search(`....${text}....`)).toEqual([]);
    },
  );

  it('are at most 64', () => {
    expect(search('%PDF-'.repeat(500))).toHaveLength(64);
  });
});
