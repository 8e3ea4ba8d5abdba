import { z } from 'zod';
import { canonicalJsonFile } from '../../base/canonical-json.ts';
import type { FindingInput } from '../../base/finding.ts';
import { defineMethod, type MethodContext } from '../method.ts';
import { avchdEntries } from './avchd-entries.ts';
import { compareThumbnail } from './compare-thumbnail.ts';
import { containerEntries } from './container-entries.ts';
import { locateBlocks } from './locate-blocks.ts';
import type { MetadataEntry } from './metadata-entry.ts';
import { timeText, zoneText } from './metadata-time.ts';
import { positionFindings } from './position-findings.ts';
import { statedPositions } from './positions.ts';
import { presenceFindings } from './presence-findings.ts';
import { probeEntries } from './probe-entries.ts';
import { readBlocks } from './read-blocks.ts';
import { compareReaders, readAgain } from './second-reading.ts';
import { sizeFindings } from './size-findings.ts';
import { historyFindings, softwareFindings } from './software-findings.ts';
import { codedThumbnails, embeddedPictures, thumbnailFindings } from './thumbnails.ts';
import { timeFindings } from './time-findings.ts';

const Params = z.strictObject({
  /** Seconds by which two statements of a moment may differ and still count as the same. */
  timeToleranceSeconds: z.number().min(0).max(86_400).default(120),
  /** Metres by which two statements of a place may differ and still count as the same. */
  positionToleranceMetres: z.number().min(0).max(1_000_000).default(100),
});

export const metadata = defineMethod({
  id: 'metadata',
  version: 2,
  programs: ['exifr', 'sharp', 'ffprobe'],
  params: Params,
  references: [
    {
      key: 'cipa-dc-008',
      citation: 'CIPA DC-008-2019, Exchangeable image file format for digital still cameras: Exif Version 2.32',
    },
    { key: 'iso-16684-1', citation: 'ISO 16684-1:2019, Extensible metadata platform (XMP) specification, Part 1' },
    { key: 'iptc-iim', citation: 'IPTC-NAA Information Interchange Model, Version 4.2 (2014)' },
    { key: 'icc-1', citation: 'ICC.1:2022, Image technology colour management, profile format' },
    { key: 'iso-14496-12', citation: 'ISO/IEC 14496-12:2022, ISO base media file format' },
    { key: 'swgde-23-v-001', citation: 'SWGDE 23-V-001 v1.2, Best Practices for Digital Video Authentication' },
  ],
  limits: ['metadata-can-be-written', 'never-alone', 'absence-says-nothing', 'file-times-not-here'],
  kernels: { compareThumbnail, readAgain },

  async accepts(media) {
    if (media.bytes.sizeBytes === 0) return { applies: false, reason: 'empty' };
    return { applies: true };
  },

  needs: () => ({ bytes: true, picture: true }),

  async run(media, params, context) {
    const structure = await media.structure();
    const probe = await media.probe();
    const picture = await media.picture();
    const located = await locateBlocks(media.bytes, structure);
    const read = await readBlocks(located.blocks);
    const entries: MetadataEntry[] = [
      ...read.entries,
      ...located.entries,
      ...(await containerEntries(media.bytes, structure)),
      ...(await avchdEntries(media.bytes)),
      ...(probe.status === 'ok' ? probeEntries(probe.value) : []),
    ];
    await keepTable(entries, context);
    const durationMs = probe.status === 'ok' ? (probe.value.durationMs ?? 0) : 0;
    const readers = await compareReaders(read.tiffs, context);
    const thumbnails = embeddedPictures(read.pictures, entries, media, structure);
    const findings: FindingInput[] = [
      ...presenceFindings(entries, read, readers, structure),
      ...softwareFindings(entries),
      ...historyFindings(entries),
      ...timeFindings(entries, { toleranceMs: params.timeToleranceSeconds * 1000, durationMs }),
      ...positionFindings(entries, statedPositions(entries, read.tiffs), params.positionToleranceMetres),
      ...sizeFindings(entries, structure, picture),
      ...(await thumbnailFindings(thumbnails, picture, context)),
      ...codedThumbnails(structure),
    ];
    return { status: 'completed', findings };
  },
});

/** The one table: a row a value, in the order of blocks, container and ffprobe. */
async function keepTable(entries: readonly MetadataEntry[], context: MethodContext): Promise<void> {
  const columns = [
    { id: 'origin', unit: 'text' },
    { id: 'tag', unit: 'text' },
    { id: 'id', unit: 'text' },
    { id: 'raw', unit: 'text' },
    { id: 'readable', unit: 'text' },
    { id: 'time', unit: 'text' },
    { id: 'zone', unit: 'text' },
    { id: 'offset', unit: 'bytes' },
    { id: 'length', unit: 'bytes' },
    { id: 'valueOffset', unit: 'bytes' },
  ] as const;
  const rows = entries.map(({ origin, tag, id, raw, readable, time, offsetBytes, lengthBytes, valueOffsetBytes }) => [
    origin,
    tag,
    id ?? null,
    storable(raw),
    storable(readable),
    time === undefined ? null : timeText(time),
    time === undefined ? null : zoneText(time),
    offsetBytes ?? null,
    lengthBytes ?? null,
    valueOffsetBytes ?? null,
  ]);
  const text = canonicalJsonFile({ columns: columns.map(({ id }) => id), rows });
  await context.keep(
    {
      kind: 'table',
      name: 'metadata',
      title: 'metadata',
      mediaType: 'application/json',
      columns: [...columns],
      rows: rows.length,
    },
    new TextEncoder().encode(text),
  );
}

/** Lone surrogates have no UTF-8 form; they become U+FFFD, as any decoder would show them. */
function storable(text: string): string {
  return Buffer.from(text, 'utf8').toString('utf8');
}
