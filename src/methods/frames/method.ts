import type { FindingInput } from '../../base/finding.ts';
import type { ExhibitMedia, ProbedStream } from '../../media/exhibit-media.ts';
import { defineMethod, type MethodResult } from '../method.ts';
import { VideoExamination } from './examine-video.ts';
import { keepFrameArtefacts } from './frame-artefacts.ts';
import { frameFindings, noFrames } from './frame-findings.ts';
import { keepChosenFrames } from './keep-chosen-frames.ts';
import { FramesParams } from './parameters.ts';
import { summariseRepeats } from './summarise-repeats.ts';

/** Moving pictures of one exhibit that are looked at; more are named as left out. */
const mostStreams = 4;

export const frames = defineMethod({
  id: 'frames',
  version: 2,
  programs: ['ffmpeg', 'ffprobe', 'sharp'],
  params: FramesParams,
  references: [
    {
      key: 'framehash',
      citation: 'FFmpeg project, FFmpeg formats documentation: framehash muxer; filters documentation: scdet',
    },
    {
      key: 'wang-farid-2007',
      citation:
        'W. Wang, H. Farid, Exposing Digital Forgeries in Video by Detecting Duplication, Proc. 9th ACM Workshop on Multimedia and Security (2007) 35–42',
      doi: '10.1145/1288869.1288876',
    },
    { key: 'appleby-murmur3', citation: 'A. Appleby, MurmurHash3, a 128-bit non-cryptographic hash' },
  ],
  limits: ['what-the-decoder-shows', 'facts-only'],

  async accepts(media) {
    const probe = await media.probe();
    if (probe.status !== 'ok') return { applies: false, reason: 'not-readable' };
    return (await movingPictures(media)).length > 0
      ? { applies: true }
      : { applies: false, reason: 'no-moving-picture' };
  },

  needs: () => ({ packets: true, decode: true }),

  async run(media, params, context): Promise<MethodResult> {
    const all = await movingPictures(media);
    const examinations = all.slice(0, mostStreams).map((stream) => new VideoExamination(stream, params));
    const outcome = await context.decode(examinations.flatMap((examination) => examination.subscriptions()));
    const findings: FindingInput[] = [];
    for (const examination of examinations) {
      if (examination.list.count === 0) {
        findings.push(noFrames(examination.stream));
        continue;
      }
      const repeats = summariseRepeats(examination, params);
      const artefacts = await keepFrameArtefacts(context, examination, repeats, params);
      const shownPackets = await countShownPackets(media, examination.stream.index);
      findings.push(...frameFindings({ examination, repeats, artefacts, shownPackets }, params));
    }
    const [main] = examinations;
    if (main !== undefined && params.png.length > 0 && outcome.status === 'complete') {
      findings.push(...(await keepChosenFrames(context, main, params)));
    }
    findings.push(...leftOut(all), ...decoderMessages(outcome.messages));
    if (outcome.status === 'complete') return { status: 'completed', findings };
    return { status: 'not-completed', reason: outcome.reason, findings };
  },
});

/**
 * Streams of moving pictures, the main one first, covers left out. One whose size nobody could read is among them: that it
 * was not looked at must be said.
 */
async function movingPictures(media: ExhibitMedia): Promise<readonly ProbedStream[]> {
  const main = await media.mainVideo();
  const probe = await media.probe();
  if (probe.status !== 'ok' || isOnePicture(probe.value.formatName)) return [];
  const others = probe.value.streams.filter(
    (stream) => stream.type === 'video' && !stream.attachedPicture && stream.index !== main?.index,
  );
  return main === undefined ? others : [main, ...others];
}

/** ffprobe's names for a file that is one picture. */
function isOnePicture(formatName: string): boolean {
  return formatName === 'image2' || formatName.endsWith('_pipe');
}

async function countShownPackets(media: ExhibitMedia, stream: number): Promise<number | undefined> {
  const index = await media.packets();
  if (index.status !== 'ok') return undefined;
  const packets = index.value.streams.find((one) => one.stream === stream);
  // Bit 1: the container keeps the packet but does not show it.
  return packets?.flags.reduce((count, flags) => count + ((flags & 2) === 0 ? 1 : 0), 0);
}

function leftOut(streams: readonly ProbedStream[]): FindingInput[] {
  if (streams.length <= mostStreams) return [];
  return [
    {
      ...{ code: 'streams-left-out', outcome: 'information' },
      measures: { count: { value: streams.length - mostStreams, unit: '1' } },
      places: streams.slice(mostStreams).map(({ index }) => ({ stream: index })),
    },
  ];
}

/** FORENSIC: for damaged parts the decoder makes up pictures; the result has to say that it complained. */
function decoderMessages(messages: readonly string[]): FindingInput[] {
  const [first] = messages;
  if (first === undefined) return [];
  return [
    {
      ...{ code: 'decoder-messages', outcome: 'information', details: { message: first } },
      measures: { count: { value: messages.length, unit: '1' } },
      limits: ['decoder-conceals'],
    },
  ];
}
