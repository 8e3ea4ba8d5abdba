import { childrenOf, nodesOfType, numberField } from '../../containers/structure-query.ts';
import { readEditLists } from '../../containers/read-edit-lists.ts';
import type { Structure } from '../../containers/structure.ts';
import { declaredCodecDelays, decoderOwnSkip } from '../../media/declared-codec-delay.ts';
import type { ExhibitMedia, Probe, ProbedStream } from '../../media/exhibit-media.ts';
import { soundClock } from '../../media/sound-clock.ts';
import { type Applicability, defineMethod, type MethodContext, type MethodResult } from '../method.ts';
import { editListOf } from './container/edit-timeline.ts';
import { countedLeadFinding, leadFinding, leadOf } from './container/lead-findings.ts';
import { pictureFacts, soundFacts, type StreamFacts } from './container/stream-facts.ts';
import { streamFindings } from './container/stream-findings.ts';
import { keepTimingArtefacts } from './container/timing-artefacts.ts';
import { noContentLag } from './content/content-lag.ts';
import { examineStretch } from './content/examine-stretch.ts';
import { measureContent } from './content/measure-content.ts';
import { measureFlow } from './content/measure-flow.ts';
import { runModel } from './model/run-model.ts';
import { AvSyncParams } from './parameters.ts';

export const avSync = defineMethod({
  id: 'av-sync',
  version: 3,
  programs: ['ffmpeg', 'ffprobe', 'sharp'],
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
    {
      key: 'hershey-movellan-1999',
      citation:
        'J. Hershey, J. Movellan, Audio vision: using audio-visual synchrony to locate sounds, Advances in Neural Information Processing Systems 12 (1999) 813–819',
    },
    {
      key: 'slaney-covell-2000',
      citation:
        'M. Slaney, M. Covell, FaceSync: a linear operator for measuring synchronization of video facial images and audio tracks, Advances in Neural Information Processing Systems 13 (2000) 814–820',
    },
    {
      key: 'lucas-kanade-1981',
      citation:
        'B. D. Lucas, T. Kanade, An iterative image registration technique with an application to stereo vision, Proc. 7th International Joint Conference on Artificial Intelligence (1981) 674–679',
    },
    { key: 'gumbel-1958', citation: 'E. J. Gumbel, Statistics of Extremes, Columbia University Press, 1958' },
    { key: 'rfc7845', citation: 'RFC 7845, Ogg encapsulation for the Opus audio codec, §4.2 pre-skip' },
  ],
  limits: ['normal-sync-never-clears', 'content-needs-a-speaking-face'],
  kernels: { measureFlow, examineStretch, runModel },

  async accepts(media) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { applies: false, reason: 'not-readable' };
    return applicability((await media.mainVideo()) !== undefined, (await media.mainAudio()) !== undefined);
  },

  needs: ({ content }) => ({ packets: true, decode: content === 'measure' }),

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
  const streams = { picture: chosen.picture.index, sound: chosen.sound.index };
  if (index.status !== 'ok') {
    const reason = ['time-limit', 'memory-limit'].includes(index.reason) ? index.reason : 'no-packets';
    return { status: 'not-completed', reason, findings: [noContentLag(streams, 'container-unreadable')] };
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
  const container = {
    lead: leadFinding(picture, sound, [...bands, ...offsets, ...tables]),
    rest: [
      ...countedLeadFinding(picture, sound, offsets),
      ...streamFindings(picture, sound, params.disagreementMs, kept),
    ],
  };
  if (params.content === 'skip')
    return {
      status: 'completed',
      findings: [container.lead, noContentLag(streams, 'content-skipped'), ...container.rest],
    };
  const soundPackets = index.value.streams.find((one) => one.stream === chosen.sound.index);
  const content = await measureContent(
    {
      ...chosen,
      clock: soundClock(chosen.sound, soundPackets, decoderOwnSkip(chosen.sound, headerDelays)),
      durationMs: probe.durationMs,
      frameMs: picture.unitMs,
      containerLeadMs: leadOf(picture, sound)?.audioLeadMs,
    },
    params,
    context,
  );
  const findings = [container.lead, ...content.findings, ...container.rest];
  if (content.brokeOff !== undefined) return { status: 'not-completed', reason: content.brokeOff, findings };
  return { status: 'completed', findings };
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
