import { childrenOf, nodesOfType, numberField } from '../../containers/structure-query.ts';
import { readEditLists } from '../../containers/read-edit-lists.ts';
import type { Structure } from '../../containers/structure.ts';
import { declaredCodecDelays } from '../../media/declared-codec-delay.ts';
import type { ExhibitMedia, Probe, ProbedStream } from '../../media/exhibit-media.ts';
import { type Applicability, defineMethod, type MethodContext, type MethodResult } from '../method.ts';
import { editListOf } from './container/edit-timeline.ts';
import { countedLeadFinding, leadFinding } from './container/lead-findings.ts';
import { pictureFacts, soundFacts, type StreamFacts } from './container/stream-facts.ts';
import { streamFindings } from './container/stream-findings.ts';
import { keepTimingArtefacts } from './container/timing-artefacts.ts';
import { contentLag } from './content/content-lag.ts';
import { AvSyncParams } from './parameters.ts';

export const avSync = defineMethod({
  id: 'av-sync',
  version: 1,
  programs: ['ffprobe'],
  params: AvSyncParams,
  references: [
    {
      key: 'itu-bt1359',
      citation: 'Recommendation ITU-R BT.1359-1, Relative timing of sound and vision for broadcasting, 1998',
    },
    {
      key: 'atsc-is191',
      citation:
        'ATSC IS-191, Implementation Subcommittee finding: Relative timing of sound and vision for broadcast operations, 2003',
    },
    {
      key: 'ebu-r37',
      citation: 'EBU R 37, The relative timing of the sound and vision components of a television signal',
    },
    { key: 'iso-14496-12', citation: 'ISO/IEC 14496-12, ISO base media file format, §8.6.6 edit list box' },
    {
      key: 'apple-tn2258',
      citation: 'Apple Technical Note TN2258, AAC audio: encoder delay and synchronization',
    },
    { key: 'rfc7845', citation: 'RFC 7845, Ogg encapsulation for the Opus audio codec, §4.2 pre-skip' },
  ],
  limits: ['how-timed-not-lips', 'normal-sync-never-clears'],

  async accepts(media) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { applies: false, reason: 'not-readable' };
    return applicability((await media.mainVideo()) !== undefined, (await media.mainAudio()) !== undefined);
  },

  needs: () => ({ packets: true }),

  async run(media, params, context) {
    const probe = await media.probe();
    const picture = await media.mainVideo();
    const sound = await media.mainAudio();
    if (probe.status !== 'ok' || picture === undefined || sound === undefined)
      return { status: 'not-completed', reason: 'not-readable', findings: [] };
    return examine(media, probe.value, { picture, sound }, params, context);
  },
});

function applicability(hasPicture: boolean, hasSound: boolean): Applicability {
  if (hasPicture && hasSound) return { applies: true };
  return { applies: false, reason: hasPicture ? 'no-sound' : hasSound ? 'no-picture' : 'neither' };
}

async function examine(
  media: ExhibitMedia,
  probe: Probe,
  chosen: { readonly picture: ProbedStream; readonly sound: ProbedStream },
  params: AvSyncParams,
  context: MethodContext,
): Promise<MethodResult> {
  const index = await media.packets();
  if (index.status !== 'ok') {
    const reason = ['time-limit', 'memory-limit'].includes(index.reason) ? index.reason : 'no-packets';
    return { status: 'not-completed', reason, findings: [contentLag(chosen.picture.index, chosen.sound.index)] };
  }
  const structure = await media.structure();
  const editLists = readEditLists(structure);
  const headerDelays = declaredCodecDelays(structure, probe.streams);
  const all = probe.streams.flatMap((stream): StreamFacts[] => {
    const sources = {
      ...{ probe, headerDelays, gapToleranceMs: params.gapToleranceMs },
      packets: index.value.streams.find((one) => one.stream === stream.index),
      editList: editListOf(editLists, stream),
      defaultDurationNs: defaultDuration(structure, stream.index),
    };
    if (stream.type === 'video' && !stream.attachedPicture) return [pictureFacts(stream, sources)];
    return stream.type === 'audio' ? [soundFacts(stream, sources)] : [];
  });
  const picture = all.find(({ stream }) => stream.index === chosen.picture.index)!;
  const sound = all.find(({ stream }) => stream.index === chosen.sound.index)!;
  const kept = await keepTimingArtefacts(context, all, { picture, sound });
  const offsets = [picture, sound].flatMap(({ stream }) => kept.offsets.get(stream.index) ?? []);
  const tables = [kept.streams, kept.pairs].filter((name) => name !== undefined);
  const bands = kept.bands === undefined ? [] : [kept.bands];
  return {
    status: 'completed',
    findings: [
      leadFinding(picture, sound, [...bands, ...offsets, ...tables]),
      contentLag(picture.stream.index, sound.stream.index),
      ...countedLeadFinding(picture, sound, offsets),
      ...streamFindings(picture, sound, params.disagreementMs, kept),
    ],
  };
}

/** Matroska's own frame duration of a track, in ns (RFC 9559 §5.1.4.1.14). */
function defaultDuration(structure: Structure, streamIndex: number): number | undefined {
  const track = structure.format === 'matroska' ? nodesOfType(structure, 'TrackEntry')[streamIndex] : undefined;
  if (track === undefined) return undefined;
  const value = numberField(
    childrenOf(structure, track.id).find(({ type }) => type === 'DefaultDuration'),
    'value',
  );
  return value !== undefined && value > 0 ? value : undefined;
}
