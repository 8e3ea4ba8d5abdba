import { z } from 'zod';
import type { FindingInput } from '../../base/finding.ts';
import type { ExhibitMedia, StreamPackets } from '../../media/exhibit-media.ts';
import { defineMethod } from '../method.ts';
import { examineStream } from './examine-stream.ts';
import { keepOverview, keepStreamArtefacts } from './packet-artefacts.ts';
import { streamFindings } from './packet-findings.ts';

const Params = z.strictObject({
  /** Length of a window of the bit rate. */
  windowMs: z.number().int().min(100).max(60_000).default(1000),
  /** A picture is missing where an interval is longer than so many middle ones. */
  gapFactor: z.number().min(1.5).max(100).default(2.5),
  /** Departure of sound packets that counts as rounding. */
  toleranceMs: z.number().min(0).max(1000).default(2),
});

export const packets = defineMethod({
  id: 'packets',
  version: 1,
  programs: ['ffprobe'],
  params: Params,
  references: [
    { key: 'ffprobe', citation: 'FFmpeg project, ffprobe documentation: -show_packets, -show_entries, packet flags' },
    {
      key: 'iso-14496-12',
      citation: 'ISO/IEC 14496-12, ISO base media file format: edit lists, sync samples, decoding times',
    },
    {
      key: 'swgde-video',
      citation: 'SWGDE, Best Practices for Digital Forensic Video Analysis: stream, GOP and time stamp examination',
    },
  ],
  limits: ['facts-only', 'as-the-container-says'],

  async accepts(media) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { applies: false, reason: 'not-readable' };
    if (probe.value.streams.length === 0) return { applies: false, reason: 'no-streams' };
    return isOnePicture(probe.value.formatName) ? { applies: false, reason: 'still-picture' } : { applies: true };
  },

  needs: () => ({ packets: true }),

  async run(media, params, context) {
    const [probe, index] = [await media.probe(), await media.packets()];
    if (probe.status !== 'ok') return { status: 'not-completed', reason: probe.reason, findings: [] };
    if (index.status !== 'ok') return { status: 'not-completed', reason: index.reason, findings: [] };
    const byStream = new Map(index.value.streams.map((stream) => [stream.stream, stream]));
    const examined = probe.value.streams.map((stream) =>
      examineStream(stream, byStream.get(stream.index) ?? noPackets(stream.index), params),
    );
    const events = await keepOverview(context, examined);
    const findings: FindingInput[] = [];
    for (const stream of examined) {
      const artefacts = stream.packets.count === 0 ? undefined : await keepStreamArtefacts(context, stream);
      findings.push(...streamFindings(stream, artefacts, events));
    }
    return { status: 'completed', findings: [...findings, ...(await readerMessages(media))] };
  },
});

/** ffprobe's names for a file that is one picture. */
function isOnePicture(formatName: string): boolean {
  return formatName === 'image2' || formatName.endsWith('_pipe');
}

function noPackets(stream: number): StreamPackets {
  const none = new Float64Array(0);
  return {
    ...{ stream, count: 0, pts: none, dts: none, duration: none, sizeBytes: none, position: none },
    ...{ flags: new Uint8Array(0), skipSamples: new Map<number, { start: number; end: number }>() },
  };
}

/** FORENSIC: what the reader complained about belongs in the result, or a broken file would look like a short one. */
async function readerMessages(media: ExhibitMedia): Promise<FindingInput[]> {
  const [probe, index] = [await media.probe(), await media.packets()];
  const said = [
    ...(probe.status === 'ok' ? probe.value.messages : []),
    ...(index.status === 'ok' ? index.value.messages : []),
  ];
  const messages = [...new Set(said)];
  const [first] = messages;
  if (first === undefined) return [];
  return [
    {
      ...{ code: 'reader-messages', outcome: 'information', details: { message: first } },
      measures: { count: { value: messages.length, unit: '1' } },
      limits: ['reader-judges'],
    },
  ];
}
