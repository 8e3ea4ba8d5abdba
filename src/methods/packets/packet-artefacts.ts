import { canonicalJsonFile } from '../../base/canonical-json.ts';
import { npyColumnPieces, type NpyColumn } from '../../base/npy.ts';
import type { MethodContext, NewArtefact } from '../method.ts';
import type { ExaminedStream } from './examine-stream.ts';
import { isKey, milliseconds } from './presentation-order.ts';

/** Names of the artefacts of one stream, for the findings that point at them. */
export interface StreamArtefacts {
  readonly packets: string;
  readonly sizes: string;
  readonly bitRate: string;
  readonly groups?: string;
}

/** Events of all streams that one artefact holds; a stream of 200,000 backwards packets is told by its count. */
const mostEvents = 20_000;

const text = new TextEncoder();

/** Keeps a stream's packets, their sizes, its bit rate and its groups of pictures. */
export async function keepStreamArtefacts(context: MethodContext, examined: ExaminedStream): Promise<StreamArtefacts> {
  const { stream, bitRate } = examined;
  const { index } = stream;
  const details = { stream: index, codec: stream.codec };
  const named = {
    packets: `packets-${index}`,
    sizes: `packet-sizes-${index}`,
    bitRate: `bit-rate-${index}`,
    groups: `picture-groups-${index}`,
  };
  const times = timesMs(examined);
  await keepPackets(context, examined, named.packets, times, details);
  await keepSizes(context, examined, named.sizes, times, details);
  await context.keep(
    {
      ...{ kind: 'series', name: named.bitRate, title: 'bit-rate', mediaType: 'application/json', stream: index },
      columns: [
        { id: 'timeMs', unit: 'ms' },
        { id: 'bitRate', unit: 'bit/s' },
      ],
      ...{ length: bitRate.startMs.length, draw: 'steps' },
    },
    json({ columns: { timeMs: bitRate.startMs, bitRate: bitRate.bitsPerSecond } }),
    { ...details, windowMs: bitRate.windowMs },
  );
  const groups = examined.groups?.groups ?? [];
  // Where every packet is a key packet, the groups only repeat the packets.
  const tellsMore = groups.length > 1 && groups.length < examined.packets.count;
  if (tellsMore) await keepGroups(context, examined, named.groups, details);
  return {
    packets: named.packets,
    sizes: named.sizes,
    bitRate: named.bitRate,
    ...(tellsMore ? { groups: named.groups } : {}),
  };
}

type Details = Record<string, string | number>;

/** Writes a long series piece by piece. */
async function keepColumns(
  context: MethodContext,
  artefact: NewArtefact,
  columns: readonly NpyColumn[],
  rows: number,
  details: Details,
): Promise<void> {
  const file = await context.keepStream('npy');
  for (const piece of npyColumnPieces(columns, rows)) await file.write(piece);
  await file.finish(artefact, { details });
}

/** Milliseconds of each packet's time in file order; NaN where it has none. */
function timesMs({ presentation: { ticks }, stream }: ExaminedStream): Float64Array {
  return ticks.map((time) => milliseconds(time, stream.timeBase));
}

/** All that ffprobe said of each packet, in file order. */
async function keepPackets(
  context: MethodContext,
  examined: ExaminedStream,
  name: string,
  times: Float64Array,
  details: Details,
): Promise<void> {
  const { packets, stream } = examined;
  const columns: NpyColumn[] = [
    (row) => row,
    ...[times, packets.pts, packets.dts, packets.duration, packets.sizeBytes, packets.position, packets.flags],
  ];
  await keepColumns(
    context,
    {
      ...{ kind: 'series', name, title: 'packets', mediaType: 'application/x-npy', stream: stream.index },
      columns: [
        { id: 'packet', unit: '1' },
        { id: 'timeMs', unit: 'ms' },
        { id: 'pts', unit: '1' },
        { id: 'dts', unit: '1' },
        { id: 'durationTicks', unit: '1' },
        { id: 'sizeBytes', unit: 'bytes' },
        { id: 'position', unit: 'bytes' },
        { id: 'flags', unit: '1' },
      ],
      ...{ length: packets.count, draw: 'points' },
    },
    columns,
    packets.count,
    { ...details, timeBase: `${stream.timeBase.num}/${stream.timeBase.den}` },
  );
}

/** Size of each packet over presentation time; those without a time are only among the packets. */
async function keepSizes(
  context: MethodContext,
  examined: ExaminedStream,
  name: string,
  times: Float64Array,
  details: Details,
): Promise<void> {
  const { packets, presentation, stream } = examined;
  const { order } = presentation;
  const timeMs: NpyColumn = (row) => times[order[row] ?? 0] ?? NaN;
  const sizes: NpyColumn = (row) => packets.sizeBytes[order[row] ?? 0] ?? NaN;
  const keys: NpyColumn = (row) => (((packets.flags[order[row] ?? 0] ?? 0) & isKey) === 0 ? 0 : sizes(row));
  // Where all packets are key packets, as in sound, telling them apart says nothing.
  const apart = examined.keyPackets < packets.count;
  await keepColumns(
    context,
    {
      ...{ kind: 'series', name, title: 'packet-sizes', mediaType: 'application/x-npy', stream: stream.index },
      columns: [
        { id: 'timeMs', unit: 'ms' },
        { id: 'sizeBytes', unit: 'bytes' },
        ...(apart ? [{ id: 'keySizeBytes', unit: 'bytes' as const }] : []),
      ],
      ...{ length: order.length, draw: 'bars' },
    },
    [timeMs, sizes, ...(apart ? [keys] : [])],
    order.length,
    details,
  );
}

async function keepGroups(
  context: MethodContext,
  examined: ExaminedStream,
  name: string,
  details: Details,
): Promise<void> {
  const groups = (examined.groups?.groups ?? []).filter(({ startTicks }) => !Number.isNaN(startTicks));
  const columns = [
    groups.map(({ startTicks }) => milliseconds(startTicks, examined.stream.timeBase)),
    groups.map(({ packets }) => packets),
  ];
  await keepColumns(
    context,
    {
      ...{
        kind: 'series',
        name,
        title: 'picture-groups',
        mediaType: 'application/x-npy',
        stream: examined.stream.index,
      },
      columns: [
        { id: 'timeMs', unit: 'ms' },
        { id: 'groupPackets', unit: 'frames' },
      ],
      ...{ length: groups.length, draw: 'bars' },
    },
    columns,
    groups.length,
    details,
  );
}

/** Keeps the moments at which any stream's times are irregular, and one row a stream with its totals. */
export async function keepOverview(context: MethodContext, streams: readonly ExaminedStream[]): Promise<string> {
  const name = 'packet-events';
  const all = streams
    .flatMap(({ irregularities }) => irregularities)
    .sort((a, b) => a.startMs - b.startMs || a.stream - b.stream)
    .slice(0, mostEvents);
  const events = all.map(({ kind, ...where }) => ({ ...where, label: kind }));
  await context.keep(
    { kind: 'event', name, title: 'packet-events', mediaType: 'application/json', count: events.length },
    json({ events }),
  );
  const columns = [
    'stream',
    'codec',
    'packets',
    'keyPackets',
    'hiddenPackets',
    'startMs',
    'endMs',
    'sizeBytes',
    'bitRate',
  ];
  await context.keep(
    {
      ...{ kind: 'table', name: 'streams', title: 'streams', mediaType: 'application/json', rows: streams.length },
      columns: [
        { id: 'stream', unit: '1' },
        { id: 'codec', unit: 'text' },
        { id: 'packets', unit: '1' },
        { id: 'keyPackets', unit: '1' },
        { id: 'hiddenPackets', unit: '1' },
        { id: 'startMs', unit: 'ms' },
        { id: 'endMs', unit: 'ms' },
        { id: 'sizeBytes', unit: 'bytes' },
        { id: 'bitRate', unit: 'bit/s' },
      ],
    },
    json({ columns, rows: streams.map(streamRow) }),
  );
  return name;
}

function streamRow(examined: ExaminedStream): (string | number | null)[] {
  const { stream, packets, startTicks, endTicks, sizeBytes } = examined;
  const inMs = (ticks: number): number | null => (Number.isNaN(ticks) ? null : milliseconds(ticks, stream.timeBase));
  return [
    ...[stream.index, stream.codec, packets.count, examined.keyPackets, examined.hiddenPackets],
    ...[inMs(startTicks), inMs(endTicks), sizeBytes, meanBitRate(examined)],
  ];
}

/** Bits per second over the whole stream; null where it has no length. */
export function meanBitRate({ stream, startTicks, endTicks, sizeBytes }: ExaminedStream): number | null {
  const seconds = milliseconds(endTicks - startTicks, stream.timeBase) / 1000;
  return seconds > 0 ? Math.round((sizeBytes * 8) / seconds) : null;
}

function json(value: unknown): Uint8Array {
  return text.encode(canonicalJsonFile(value));
}
