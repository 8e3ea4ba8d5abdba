import type { Probe } from '../../media/exhibit-media.ts';
import { cutText, type MetadataEntry } from './metadata-entry.ts';
import { isUnsetTime, parseTime, type MetadataTime, type TimeRole } from './metadata-time.ts';

/** What ffprobe calls times. Its `creation_time` is the container's own, so it is not one more statement. */
const timeRoles: Readonly<Record<string, TimeRole>> = {
  creation_time: 'other',
  date: 'other',
  'com.apple.quicktime.creationdate': 'other',
};

/** Values that say "nothing" in ffprobe's words. */
const nothing = new Set(['N/A', 'unknown', '0/0']);

/** Rows for what ffprobe prints of the format and of every stream: its properties, its side data and its tags. */
export function probeEntries(probe: Probe): MetadataEntry[] {
  const entries = [...rows('ffprobe/format', probe.printed, ''), ...rows('ffprobe/format', probe.tags, 'tag:')];
  for (const stream of probe.streams) {
    const origin = `ffprobe/stream[${String(stream.index)}]`;
    entries.push(...rows(origin, stream.printed, ''), ...rows(origin, stream.tags, 'tag:'));
    for (const [index, data] of stream.sideData.entries())
      entries.push(...rows(origin, data, `side-data[${String(index)}]:`));
  }
  return entries;
}

function rows(origin: string, values: Readonly<Record<string, string | number>>, prefix: string): MetadataEntry[] {
  return Object.entries(values)
    .filter(
      ([name, value]) => !nothing.has(String(value)) && !(name.startsWith('disposition:') && String(value) === '0'),
    )
    .map(([name, value]) => {
      const raw = cutText(String(value));
      const time = timeOf(name, raw);
      return { origin, tag: `${prefix}${name}`, raw, readable: raw, ...(time === undefined ? {} : { time }) };
    });
}

function timeOf(name: string, text: string): MetadataTime | undefined {
  const role = timeRoles[name];
  if (role === undefined || isUnsetTime(text)) return undefined;
  const parsed = parseTime(text);
  return parsed === undefined ? undefined : { ...parsed, role };
}
