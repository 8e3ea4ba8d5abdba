import { describe, expect, it } from 'vitest';
import { bytesInMemory } from '../../../../src/base/bytes.ts';
import { walkTiff } from '../../../../src/containers/tiff/walk-tiff.ts';
import { exifEntries } from '../../../../src/methods/metadata/exif-entries.ts';
import type { MetadataEntry } from '../../../../src/methods/metadata/metadata-entry.ts';
import { positionFindings } from '../../../../src/methods/metadata/position-findings.ts';
import { distanceM, parseIso6709, statedPositions } from '../../../../src/methods/metadata/positions.ts';
import { degreesMinutesSeconds } from '../../../../src/methods/metadata/readable-exif.ts';
import type { ReadTiff } from '../../../../src/methods/metadata/read-blocks.ts';
import { cameraTiff } from '../../containers/tiff/build-tiff.ts';

const plain = (origin: string, tag: string, raw: string): MetadataEntry => ({ origin, tag, raw, readable: raw });

async function exif(tiff = cameraTiff()): Promise<{ entries: MetadataEntry[]; tiffs: ReadTiff[] }> {
  const source = bytesInMemory(tiff);
  const walk = await walkTiff(source);
  const block = { kind: 'exif', source, offset: 0, length: source.sizeBytes, shift: 0, node: '' } as const;
  return { entries: exifEntries(walk, 'exif', 0), tiffs: [{ block, origin: 'exif', walk }] };
}

describe('statedPositions', () => {
  it('reads EXIF, XMP, ISO 6709 and 3GPP positions', async () => {
    const { entries, tiffs } = await exif();
    const positions = statedPositions(
      [
        ...entries,
        plain('xmp', 'exif:GPSLatitude', '43,14.256N'),
        plain('xmp', 'exif:GPSLongitude', '76,56.7W'),
        plain('moov/udta/©xyz', '©xyz', '+43.2376+076.9450+802.5/'),
        plain('moov/udta/loci', 'latitudeDeg', '-10.5'),
        plain('moov/udta/loci', 'longitudeDeg', '20.25'),
      ],
      tiffs,
    );
    expect(positions.map(({ latitude, longitude, altitude }) => [latitude, longitude, altitude])).toEqual([
      [expect.closeTo(43.2376, 5), expect.closeTo(76.945, 5), undefined],
      [expect.closeTo(43.2376, 5), expect.closeTo(-76.945, 5), undefined],
      [43.2376, 76.945, 802.5],
      [-10.5, 20.25, undefined],
    ]);
  });

  it('takes south and west of EXIF as negative', async () => {
    const tiff = cameraTiff();
    // GPSLatitudeRef and GPSLongitudeRef: ASCII, two bytes, the letter inside the entry.
    tiff[tiff.indexOf(Buffer.from('0100020002000000', 'hex')) + 8] = 'S'.charCodeAt(0);
    tiff[tiff.indexOf(Buffer.from('0300020002000000', 'hex')) + 8] = 'W'.charCodeAt(0);
    const { entries, tiffs } = await exif(tiff);
    const [position] = statedPositions(entries, tiffs);
    expect([position?.latitude, position?.longitude]).toEqual([
      expect.closeTo(-43.2376, 5),
      expect.closeTo(-76.945, 5),
    ]);
  });

  it('counts what ffprobe repeats only where nothing else says it', () => {
    const probed = plain('ffprobe/format', 'tag:location', '+10.0000+020.0000/');
    expect(statedPositions([probed], []).length).toBe(1);
    expect(statedPositions([probed, plain('moov/udta/©xyz', '©xyz', '+10.0000+020.0000/')], []).length).toBe(1);
  });
});

describe('parseIso6709', () => {
  it('reads degrees, degrees and minutes, and degrees, minutes and seconds', () => {
    expect(parseIso6709('+32.0929+034.8620+028.516/')).toEqual({
      latitude: 32.0929,
      longitude: 34.862,
      altitude: 28.516,
    });
    expect(parseIso6709('-3415.5+01830.0/')).toEqual({ latitude: -(34 + 15.5 / 60), longitude: 18.5 });
    expect(parseIso6709('+431415.36+0765642.00/')).toEqual({
      latitude: expect.closeTo(43.2376, 6) as number,
      longitude: expect.closeTo(76.945, 6) as number,
    });
    expect(parseIso6709('somewhere')).toBeUndefined();
  });
});

describe('positionFindings', () => {
  const at = (latitude: number, longitude: number, tag = 'p') => ({ entry: plain('o', tag, ''), latitude, longitude });

  it('gives decimal degrees and degrees, minutes, seconds', () => {
    const [finding] = positionFindings([], [at(43.4674483, -11.8851267)], 100);
    expect(finding).toMatchObject({
      code: 'position',
      measures: { coordinates: { value: '43° 28′ 2.81″ N, 11° 53′ 6.46″ W' } },
    });
    expect(degreesMinutesSeconds(59.9999999)).toBe('60° 0′ 0.00″');
  });

  it('compares positions within the tolerance', () => {
    const codes = (metres: number) =>
      positionFindings([], [at(43, 77), at(43.0005, 77, 'q')], metres).map(({ code, outcome }) => `${code} ${outcome}`);
    expect(codes(100)).toEqual(['position information', 'positions-agree consistent']);
    expect(codes(50)).toEqual(['position information', 'positions-differ inconsistent']);
    expect(distanceM({ latitude: 43, longitude: 77 }, { latitude: 43.0005, longitude: 77 })).toBeCloseTo(55.6, 1);
  });

  it('names a position that Earth does not have, one of zeros, and an empty place for one', () => {
    expect(positionFindings([], [at(123, 5)], 100)[0]?.code).toBe('position-impossible');
    expect(positionFindings([], [at(0, 0)], 100)[0]?.code).toBe('position-zero');
    expect(positionFindings([plain('exif/gps', 'GPSVersionID', '2 2 0 0')], [], 100)[0]?.code).toBe('position-empty');
    expect(positionFindings([], [], 100)).toEqual([]);
  });
});
