import type { Place } from '../../base/finding.ts';
import type { MetadataEntry } from './metadata-entry.ts';

/** Where an entry stands, as a finding points to it. */
export function placeOf(entry: MetadataEntry): Place {
  return {
    node: nameOf(entry),
    ...(entry.offsetBytes === undefined ? {} : { offsetBytes: entry.offsetBytes }),
    ...(entry.lengthBytes === undefined ? {} : { lengthBytes: entry.lengthBytes }),
  };
}

/** `exif/exif DateTimeOriginal`: how sentences name an entry. */
export function nameOf(entry: MetadataEntry): string {
  return `${entry.origin} ${entry.tag}`;
}
