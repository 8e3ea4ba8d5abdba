import { findTag } from './exif-entries.ts';
import { isOf, type MetadataEntry } from './metadata-entry.ts';
import type { ReadTiff } from './read-blocks.ts';

/** A place on Earth that an origin states. Degrees, north and east positive; metres above the sea. */
export interface StatedPosition {
  readonly entry: MetadataEntry;
  readonly latitude: number;
  readonly longitude: number;
  readonly altitude?: number;
}

const latitudeTag = 0x0002;
const longitudeTag = 0x0004;

/** Every position that the exhibit states, in the order of the table. */
export function statedPositions(entries: readonly MetadataEntry[], tiffs: readonly ReadTiff[]): StatedPosition[] {
  const own = [
    ...tiffs.flatMap((tiff) => exifPosition(tiff, entries)),
    ...xmpPositions(entries),
    ...entries.filter((entry) => !isProbed(entry)).flatMap((entry) => iso6709Position(entry)),
    ...lociPositions(entries),
  ];
  // What ffprobe says of a place it has from the container: one more reader, not one more witness.
  return own.length > 0 ? own : entries.filter((entry) => isProbed(entry)).flatMap((entry) => iso6709Position(entry));
}

function isProbed({ origin }: MetadataEntry): boolean {
  return origin.startsWith('ffprobe/');
}

/** EXIF 2.32 §4.6.6: degrees, minutes and seconds as rationals with N/S and E/W beside them. */
function exifPosition({ origin, walk }: ReadTiff, entries: readonly MetadataEntry[]): StatedPosition[] {
  const latitude = exifDegrees(walk, latitudeTag);
  const longitude = exifDegrees(walk, longitudeTag);
  const entry = entries.find((one) => one.origin === `${origin}/gps` && one.id === '0x0002');
  if (latitude === undefined || longitude === undefined || entry === undefined) return [];
  const height = findTag(walk, 'gps', 0x0006)?.value;
  const below = findTag(walk, 'gps', 0x0005)?.value;
  const [metres] = height?.kind === 'rationals' ? height.rationals.map(([n, d]) => n / d) : [];
  const sign = below?.kind === 'numbers' && below.numbers[0] === 1 ? -1 : 1;
  const altitude = metres !== undefined && Number.isFinite(metres) ? { altitude: sign * metres } : {};
  return [{ entry, latitude, longitude, ...altitude }];
}

function exifDegrees(walk: ReadTiff['walk'], tag: number): number | undefined {
  const value = findTag(walk, 'gps', tag)?.value;
  const reference = findTag(walk, 'gps', tag - 1)?.value;
  if (value?.kind !== 'rationals' || value.rationals.length === 0) return undefined;
  const [degrees = NaN, minutes = 0, seconds = 0] = value.rationals.map(([n, d]) => (d === 0 && n === 0 ? 0 : n / d));
  const absolute = degrees + minutes / 60 + seconds / 3600;
  const letter = reference?.kind === 'text' ? reference.text.trim().toUpperCase()[0] : undefined;
  if (!Number.isFinite(absolute)) return undefined;
  return letter === 'S' || letter === 'W' ? -absolute : absolute;
}

/** XMP: `39,3.0807N`, `43,28,2.81N`. */
function xmpPositions(entries: readonly MetadataEntry[]): StatedPosition[] {
  return entries
    .filter((entry) => isOf(entry, 'xmp') && entry.tag === 'exif:GPSLatitude')
    .flatMap((entry) => {
      const beside = (tag: string): string | undefined =>
        entries.find((one) => one.origin === entry.origin && one.tag === tag)?.raw;
      const latitude = xmpDegrees(entry.raw);
      const longitude = xmpDegrees(beside('exif:GPSLongitude') ?? '');
      if (latitude === undefined || longitude === undefined) return [];
      const [numerator = 'none', denominator = '1'] = (beside('exif:GPSAltitude') ?? 'none').split('/');
      const sign = beside('exif:GPSAltitudeRef') === '1' ? -1 : 1;
      const altitude = (sign * Number(numerator)) / Number(denominator);
      return [{ entry, latitude, longitude, ...(Number.isFinite(altitude) ? { altitude } : {}) }];
    });
}

function xmpDegrees(text: string): number | undefined {
  if (text.length > 64) return undefined;
  const match = /^\s*(\d+),(\d+(?:\.\d+)?)(?:,(\d+(?:\.\d+)?))?\s*([NSEW])\s*$/i.exec(text);
  if (!match) return undefined;
  const absolute = Number(match[1]) + Number(match[2]) / 60 + Number(match[3] ?? 0) / 3600;
  return /[SW]/i.test(match[4] ?? '') ? -absolute : absolute;
}

/** ISO 6709 text as QuickTime's `©xyz` and `location.ISO6709` have it; ffprobe repeats it. */
function iso6709Position(entry: MetadataEntry): StatedPosition[] {
  if (!/(?:^|[/:.])(?:©xyz|location(?:-\w+)?|ISO6709|LOCATION)$/i.test(entry.tag)) return [];
  const position = parseIso6709(entry.raw);
  return position === undefined ? [] : [{ entry, ...position }];
}

/** ISO 6709 Annex H: signed degrees, or degrees and minutes, or degrees, minutes and seconds, run together. */
export function parseIso6709(text: string): { latitude: number; longitude: number; altitude?: number } | undefined {
  const match = /^([+-]\d{2,6}(?:\.\d+)?)([+-]\d{3,7}(?:\.\d+)?)([+-]\d+(?:\.\d+)?)?(?:CRS\w+)?\/?$/.exec(text.trim());
  if (!match) return undefined;
  const latitude = runTogether(match[1] ?? '', 2);
  const longitude = runTogether(match[2] ?? '', 3);
  if (latitude === undefined || longitude === undefined) return undefined;
  return { latitude, longitude, ...(match[3] === undefined ? {} : { altitude: Number(match[3]) }) };
}

function runTogether(text: string, degreeDigits: number): number | undefined {
  const sign = text.startsWith('-') ? -1 : 1;
  const [whole = '', fraction = ''] = text.slice(1).split('.');
  const rest = whole.slice(degreeDigits);
  if (rest.length === 0) return sign * Number(`${whole}.${fraction}`);
  const degrees = Number(whole.slice(0, degreeDigits));
  if (rest.length === 2) return sign * (degrees + Number(`${rest}.${fraction}`) / 60);
  if (rest.length === 4)
    return sign * (degrees + Number(rest.slice(0, 2)) / 60 + Number(`${rest.slice(2)}.${fraction}`) / 3600);
  return undefined;
}

/** 3GPP `loci` boxes: degrees as they are. */
function lociPositions(entries: readonly MetadataEntry[]): StatedPosition[] {
  return entries
    .filter(({ tag }) => tag === 'latitudeDeg')
    .flatMap((entry) => {
      const beside = (tag: string): number =>
        Number(entries.find((one) => one.origin === entry.origin && one.tag === tag)?.raw);
      const [latitude, longitude, altitude] = [Number(entry.raw), beside('longitudeDeg'), beside('altitudeM')];
      if (!Number.isFinite(latitude) || !Number.isFinite(longitude)) return [];
      return [{ entry, latitude, longitude, ...(Number.isFinite(altitude) ? { altitude } : {}) }];
    });
}

const meanEarthRadiusM = 6_371_008.8;

/** Great-circle distance in metres (haversine, mean Earth radius): right to 0.6 %. */
export function distanceM(
  a: { readonly latitude: number; readonly longitude: number },
  b: { readonly latitude: number; readonly longitude: number },
): number {
  const rad = Math.PI / 180;
  const dLat = (b.latitude - a.latitude) * rad;
  const dLon = (b.longitude - a.longitude) * rad;
  const h = Math.sin(dLat / 2) ** 2 + Math.cos(a.latitude * rad) * Math.cos(b.latitude * rad) * Math.sin(dLon / 2) ** 2;
  return 2 * meanEarthRadiusM * Math.asin(Math.min(1, Math.sqrt(h)));
}

/** True for coordinates that Earth has. */
export function isOnEarth({ latitude, longitude }: { readonly latitude: number; readonly longitude: number }): boolean {
  return Math.abs(latitude) <= 90 && Math.abs(longitude) <= 180;
}
