import exifr from 'exifr';
import type { TiffEntry, TiffWalk } from '../../containers/tiff/walk-tiff.ts';
import { cutText, type MetadataEntry } from './metadata-entry.ts';
import { parseTime, zoneMinutes, type MetadataTime, type TimeRole } from './metadata-time.ts';
import { rawExif } from './raw-exif.ts';
import { readableExif } from './readable-exif.ts';

/** exifr's dictionaries: tag names, and terms of enumerated values. */
const { tagKeys } = exifr as unknown as { tagKeys: Map<string, Map<number, string>> };

/** Names of EXIF 2.3 and later that exifr 7.1.3 does not have, and of the directory itself. */
const ownNames: Readonly<Record<number, string>> = {
  0x0111: 'StripOffsets',
  0x0117: 'StripByteCounts',
  0x8769: 'ExifOffset',
  0x8825: 'GPSInfo',
  0xa005: 'InteropOffset',
  0x927c: 'MakerNote',
  0xa480: 'GDALMetadata',
  0xea1c: 'Padding',
  0xa436: 'ImageTitle',
  0xa437: 'Photographer',
  0xa438: 'ImageEditor',
  0xa439: 'CameraFirmware',
  0xa43a: 'RAWDevelopingSoftware',
  0xa43b: 'ImageEditingSoftware',
  0xa43c: 'MetadataEditingSoftware',
};

/** Date tags with the tags that hold their fraction and zone (EXIF 2.32 §4.6.5). */
const dates: Readonly<Record<number, { subSeconds: number; zone: number; role: TimeRole }>> = {
  0x9003: { subSeconds: 0x9291, zone: 0x9011, role: 'recorded' },
  0x9004: { subSeconds: 0x9292, zone: 0x9012, role: 'written' },
  0x0132: { subSeconds: 0x9290, zone: 0x9010, role: 'changed' },
};

const gpsTimeStamp = 0x0007;
const gpsDateStamp = 0x001d;

/** Name of a tag in a directory; `0x…` for one that no document names. */
export function exifTagName(ifd: string, tag: number): string {
  const kind = /^(?:ifd|sub)/.test(ifd) ? 'ifd0' : ifd;
  const order = kind === 'ifd0' ? ['ifd0', 'exif'] : kind === 'exif' ? ['exif', 'ifd0'] : [kind];
  for (const block of order) {
    const name = tagKeys.get(block)?.get(tag);
    if (name !== undefined) return name;
  }
  return (kind === 'gps' || kind === 'interop' ? undefined : ownNames[tag]) ?? tagId(tag);
}

export function tagId(tag: number): string {
  return `0x${tag.toString(16).toUpperCase().padStart(4, '0')}`;
}

/**
 * Entries of the table for everything that a TIFF walk met. `prefix` is the block's origin (`exif`, `exif[1]`); offsets become
 * absolute by adding `shift`, or are left out where it is undefined (the block was compressed).
 */
export function exifEntries(walk: TiffWalk, prefix: string, shift: number | undefined): MetadataEntry[] {
  return walk.entries.map((entry) => {
    const time = exifTime(walk, entry);
    const inside = entry.valueOffsetBytes > entry.offsetBytes && entry.valueOffsetBytes < entry.offsetBytes + 20;
    return {
      origin: `${prefix}/${entry.ifd}`,
      tag: exifTagName(entry.ifd, entry.tag),
      id: tagId(entry.tag),
      raw: rawExif(entry),
      readable: cutText(readableExif(entry, walk)),
      ...(shift === undefined
        ? {}
        : {
            offsetBytes: entry.offsetBytes + shift,
            lengthBytes: 12,
            ...(inside ? {} : { valueOffsetBytes: entry.valueOffsetBytes + shift }),
          }),
      ...(time === undefined ? {} : { time }),
    };
  });
}

/** The entry with this tag in a directory. */
export function findTag(walk: TiffWalk, ifd: string, tag: number): TiffEntry | undefined {
  return walk.entries.find((entry) => entry.ifd === ifd && entry.tag === tag);
}

function textOf(entry: TiffEntry | undefined): string | undefined {
  return entry?.value.kind === 'text' ? entry.value.text.replace(/\0[\s\S]*$/, '') : undefined;
}

function exifTime(walk: TiffWalk, entry: TiffEntry): MetadataTime | undefined {
  if (entry.ifd === 'gps' && entry.tag === gpsDateStamp) return gpsTime(walk, entry);
  const date = entry.ifd === 'gps' || entry.ifd === 'interop' ? undefined : dates[entry.tag];
  const text = textOf(entry);
  if (date === undefined || text === undefined) return undefined;
  const parsed = parseTime(text);
  if (parsed === undefined) return undefined;
  // The fraction and the zone stand in the EXIF directory, also those of the date in the first directory.
  const fraction = /^\d{1,9}/.exec(textOf(findTag(walk, 'exif', date.subSeconds))?.trim() ?? '')?.[0];
  const zone = zoneMinutes(textOf(findTag(walk, 'exif', date.zone)));
  return {
    ...parsed,
    role: entry.ifd === 'ifd1' ? 'other' : date.role,
    ...(fraction === undefined
      ? {}
      : { wallMs: parsed.wallMs + Math.floor(Number(`0.${fraction}`) * 1000), resolutionMs: 1 }),
    ...(zone === null || parsed.offsetMinutes !== null ? {} : { offsetMinutes: zone, zone: 'stated' as const }),
  };
}

/** Date and time of the satellites, which is UTC (EXIF 2.32 §4.6.6). */
function gpsTime(walk: TiffWalk, dateEntry: TiffEntry): MetadataTime | undefined {
  const clock = findTag(walk, 'gps', gpsTimeStamp)?.value;
  const date = parseTime(textOf(dateEntry) ?? '');
  if (date === undefined || clock?.kind !== 'rationals' || clock.rationals.length < 3) return undefined;
  const [hours = NaN, minutes = NaN, seconds = NaN] = clock.rationals.map(([n, d]) => n / d);
  const ofDayMs = ((hours * 60 + minutes) * 60 + seconds) * 1000;
  if (!(ofDayMs >= 0 && ofDayMs < 86_400_000)) return undefined;
  const wallMs = date.wallMs + Math.round(ofDayMs);
  return { role: 'position', wallMs, offsetMinutes: 0, zone: 'specification', resolutionMs: 1000 };
}
